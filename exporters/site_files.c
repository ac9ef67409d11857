/*
 * site_files.c - what stands beside the snapshots: keys, schema, README.md, index.html.
 *
 * 1. keys/ follows from the journal and only grows: a certificate or publisher's key that was ever
 *    entered stays, because what it signed stays.
 * 2. README.md and index.html follow from the repository and the ledger alone: no time, no version.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "exporters/array.h"
#include "exporters/embedded.h"
#include "exporters/publication.h"
#include "exporters/xml_writer.h"

#define PEM_LINE_SIZE 64
#define PERIODS_MAX   10000

/* ---- Staging and listing --------------------------------------------------------------------- */

static bool stage(struct publication *publication, struct manifest *manifest, const char *path,
                  const uint8_t *data, size_t size, struct error *err)
{
    if (!repository_stage(publication->repository, path, data, size, err)) return false;
    return manifest == NULL || manifest_add(manifest, path, data, size, err);
}

/* ---- keys/ ----------------------------------------------------------------------------------- */

static bool stage_log_key(struct publication *publication, struct manifest *manifest,
                          struct error *err)
{
    char text[NOTE_VKEY_TEXT_SIZE + 1];
    size_t size = strlen(note_vkey_format(&publication->log_key, text));

    text[size++] = '\n';
    return stage(publication, manifest, "keys/log.vkey", (const uint8_t *)text, size, err);
}

struct certificate_writer {
    struct publication *publication;
    struct manifest *manifest;
    int number;
    struct buffer base64;
    struct buffer pem;
};

/* RFC 7468: base64 in lines of 64 between its two marks. */
static bool format_pem(struct certificate_writer *writer, const uint8_t *der, size_t size,
                       struct error *err)
{
    buffer_reset(&writer->base64);
    buffer_reset(&writer->pem);
    if (!base64_encode(der, size, &writer->base64, err)) return false;
    if (!buffer_append_text(&writer->pem, "-----BEGIN CERTIFICATE-----\n", err)) return false;
    for (size_t at = 0; at < writer->base64.size; at += PEM_LINE_SIZE) {
        size_t left = writer->base64.size - at;

        if (!buffer_append(&writer->pem, writer->base64.data + at,
                           left < PEM_LINE_SIZE ? left : PEM_LINE_SIZE, err) ||
            !buffer_append_byte(&writer->pem, '\n', err))
            return false;
    }
    return buffer_append_text(&writer->pem, "-----END CERTIFICATE-----\n", err);
}

/* Revoked ones stay: what they signed before may still count. */
static bool stage_certificate(void *context, const uint8_t *der, size_t size, bool is_revoked,
                              struct error *err)
{
    struct certificate_writer *writer = context;
    char path[32];

    (void)is_revoked;
    writer->number++;
    (void)snprintf(path, sizeof path, "keys/xml-%02d.crt", writer->number);
    return format_pem(writer, der, size, err) && stage(writer->publication, writer->manifest, path,
                                                       writer->pem.data, writer->pem.size, err);
}

/* The certificates that the journal pins, numbered in its order, which only grows. */
static bool stage_certificates(struct publication *publication, struct manifest *manifest,
                               struct error *err)
{
    struct certificate_writer writer = {.publication = publication,
                                        .manifest = manifest,
                                        .base64 = BUFFER_INIT(SITE_FILE_BYTES_MAX),
                                        .pem = BUFFER_INIT(SITE_FILE_BYTES_MAX)};
    bool ok = journal_walk_certificates(publication->journal, stage_certificate, &writer, err);

    buffer_done(&writer.pem);
    buffer_done(&writer.base64);
    return ok;
}

struct signers_writer {
    const char *origin;
    struct buffer text;
};

static bool add_signer(void *context, const char *user, const struct sign_public *key,
                       struct error *err)
{
    struct signers_writer *writer = context;

    return buffer_append_format(&writer->text, err, "%s@%s namespaces=\"git\" ", user,
                                writer->origin) &&
           sign_public_format_ssh(key, &writer->text, err) &&
           buffer_append_byte(&writer->text, '\n', err);
}

/* A line for every key that the journal ever gave a publisher. */
static bool stage_signers(struct publication *publication, struct manifest *manifest,
                          struct error *err)
{
    struct signers_writer writer = {journal_origin(publication->journal),
                                    BUFFER_INIT(SITE_FILE_BYTES_MAX)};
    bool ok = journal_walk_publisher_keys(publication->journal, add_signer, &writer, err) &&
              stage(publication, manifest, "keys/allowed_signers", writer.text.data,
                    writer.text.size, err);

    buffer_done(&writer.text);
    return ok;
}

bool site_stage_keys(struct publication *publication, struct manifest *manifest, struct error *err)
{
    return stage_log_key(publication, manifest, err) &&
           stage_certificates(publication, manifest, err) &&
           stage_signers(publication, manifest, err);
}

/* ---- Periods --------------------------------------------------------------------------------- */

static bool add_period(void *context, const char *name, struct error *err)
{
    struct site_periods *list = context;
    struct error ignored = ERROR_INIT;
    struct period period;
    void *array = list->periods;

    /* A folder that is no period was put there by somebody else. */
    if (!period_parse(name, &period, &ignored)) return true;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->periods[i].name, name) == 0) return true;
    if (!array_grow(&array, list->count, sizeof *list->periods, PERIODS_MAX, "periods", err))
        return false;
    list->periods = array;
    list->periods[list->count++] = period;
    return true;
}

/* Newest first; of those that end together the longest first. */
static int order_periods(const void *left, const void *right)
{
    const struct period *a = left, *b = right;

    if (a->last_month != b->last_month) return a->last_month > b->last_month ? -1 : 1;
    if (a->first_month != b->first_month) return a->first_month < b->first_month ? -1 : 1;
    return strcmp(a->name, b->name);
}

bool site_list_periods(struct repository *repository, const char *coming, struct site_periods *out,
                       struct error *err)
{
    struct site_periods list = {NULL, 0};

    if (!repository_each(repository, "snapshots", add_period, &list, err) ||
        (coming != NULL && !add_period(&list, coming, err))) {
        free(list.periods);
        return false;
    }
    if (list.count > 0) qsort(list.periods, list.count, sizeof *list.periods, order_periods);
    *out = list;
    return true;
}

/* ---- index.html ------------------------------------------------------------------------------ */

bool site_find_root(struct publication *publication, struct division *out, struct error *err)
{
    struct journal *journal = publication->journal;

    if (division_find(journal, journal_root_division(journal), out, err)) return true;
    if (err->code != ERROR_NOT_FOUND) return false;
    error_clear(err);
    *out = (struct division){.provisional = false};
    (void)snprintf(out->name, sizeof out->name, "%s", journal_origin(journal));
    return true;
}

bool site_make_index(const struct page_maker *maker, const struct site *site,
                     const struct site_periods *list, struct buffer *out, struct error *err)
{
    const struct page_choice chinese = {.language = "zh"}; /* it speaks both */
    struct buffer bytes = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    struct xml_writer xml;
    bool ok;

    xml_writer_init(&xml, &bytes);
    xml_element_begin(&xml, "repository");
    xml_attribute(&xml, "xmlns", "urn:mingzhang:disclosure:1");
    xml_attribute(&xml, "name", site->name);
    xml_attribute(&xml, "origin", site->origin);
    xml_attribute(&xml, "log_key", site->log_key);
    for (size_t i = 0; i < list->count; i++) {
        xml_element_begin(&xml, "period");
        xml_attribute(&xml, "name", list->periods[i].name);
        xml_attribute(&xml, "root", site->root);
        xml_element_end(&xml);
    }
    xml_element_end(&xml);
    ok = xml_writer_finish(&xml, err) && page_make(maker, &bytes, "index.html", &chinese, out, err);
    buffer_done(&bytes);
    return ok;
}

void site_index_name(const struct buffer *index, char name[TEXT_SIZE])
{
    static const char begin[] = "<title>", end[] = " 明账</title>";
    const char *from = strstr(buffer_text(index), begin);
    const char *to = from == NULL ? NULL : strstr(from, end);

    name[0] = '\0';
    if (to == NULL || to - from >= TEXT_SIZE) return;
    from += sizeof begin - 1;
    xml_unescape(from, (size_t)(to - from), name);
}

/* ---- README.md ------------------------------------------------------------------------------- */

static const char readme_head[] =
    "# 明账公开库 · Mingzhang publication\n"
    "\n"
    "账本 / ledger: `%s`\n"
    "\n"
    "这里公布资金从哪里来、用到哪里去。每份公开文件都有签名，每次公布都写入一本只能追加的账，\n"
    "任何人都可以用通用工具核对，不需要账本一方的任何软件。从 `index.html` 看起。\n"
    "\n"
    "This repository tells where the money came from and where it went. Every document is signed, "
    "and\n"
    "every publication is entered in an append-only log, so that anybody can check it with "
    "standard\n"
    "tools. Begin with `index.html`.\n"
    "\n"
    "## 怎样核对 · How to check\n"
    "\n"
    "在克隆的目录里 / in a clone:\n"
    "\n"
    "```\n"
    "xmlsec1 --verify --enabled-key-data x509 --trusted-pem keys/xml-01.crt snapshots/%s/%s.xml\n"
    "xmllint --noout --schema schema/disclosure.xsd snapshots/%s/%s.xml\n"
    "git -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD\n"
    "```\n"
    "\n";

static const char readme_tail[] =
    "`keys/` 里有几张证书就写几个 `--trusted-pem`。不要省去 `--enabled-key-data x509`：没有它，\n"
    "xmlsec1 会接受伪造者自己放进文件里的公钥。\n"
    "\n"
    "Give one `--trusted-pem` for each certificate in `keys/`. Never leave out `--enabled-key-data "
    "x509`:\n"
    "without it xmlsec1 accepts a key that a forger put into the document.\n"
    "\n"
    "公钥不能自己证明自己。请把下面的指纹与公告栏上的比较：\n"
    "\n"
    "A clone can't vouch for its own keys: compare this fingerprint of the log's key with the one "
    "on the\n"
    "notice board.\n"
    "\n"
    "```\n"
    "%s\n"
    "```\n"
    "\n"
    "## 内容 · What is here\n"
    "\n"
    "| | |\n"
    "| --- | --- |\n"
    "| `snapshots/PERIOD/DIVISION.xml` | 一个单位一期的签名公开文件 / a signed disclosure |\n"
    "| `snapshots/PERIOD/DIVISION.html`, `.en.html` | 同一内容，供阅读 / the same for reading |\n"
    "| `snapshots/PERIOD/index.html`, `names.html` | 按地方、按名字找 / find by place, by name |\n"
    "| `snapshots/PERIOD/projects/`, `funds/` | 每个项目、每笔资金一页 / a page a project, a fund "
    "|\n"
    "| `snapshots/PERIOD/manifest.xml` | 签名的清单：本期每个文件的 SHA-256 / signed list of files "
    "|\n"
    "| `snapshots/PERIOD/datapackage.json`, `data/` | 同一内容的表格 (CSV, Frictionless) / the "
    "same as "
    "tables |\n"
    "| `feed.xml` | 历次公布 (Atom) / what was published when |\n"
    "| `checkpoint` | 最新的签名检查点 (C2SP tlog-checkpoint) / latest signed checkpoint |\n"
    "| `tile/`, `tile/entries/` | 整本账 (C2SP tlog-tiles) / the whole log |\n"
    "| `keys/`, `schema/` | 公钥、证书、格式 / keys, certificates, schema |\n"
    "\n"
    "个人和农户的记录不在这里，只有合计。没有公布什么、为什么，每份文件都写明。\n"
    "\n"
    "No row about a person or household is here, only sums; every document says what it withholds "
    "and\n"
    "why.\n";

const char *const site_readme_texts[2] = {readme_head, readme_tail};

bool site_make_readme(const struct site *site, const struct site_periods *list, struct buffer *out,
                      struct error *err)
{
    const char *period = list->count > 0 ? list->periods[0].name : "PERIOD";

    return buffer_append_format(out, err, readme_head, site->origin, period, site->root, period,
                                site->root) &&
           buffer_append_format(out, err, readme_tail, site->log_key);
}

/* ---- Pages ----------------------------------------------------------------------------------- */

static bool is_there(struct publication *publication, const char *path, bool *out,
                     struct error *err)
{
    struct buffer bytes = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    bool ok = repository_read(publication->repository, path, &bytes, out, err);

    buffer_done(&bytes);
    return ok;
}

bool site_stage_pages(struct publication *publication, const struct issue *issue,
                      struct manifest *manifest, struct error *err)
{
    struct buffer index = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    struct buffer readme = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    char fingerprint[SIGN_FINGERPRINT_SIZE];
    struct site site = {.origin = journal_origin(publication->journal),
                        .root = journal_root_division(publication->journal),
                        .log_key = sign_public_fingerprint(&publication->log_key.key, fingerprint)};
    struct site_periods list = {NULL, 0};
    struct division root;
    bool there = false;
    bool ok = false;

    if (issue == NULL && !is_there(publication, "index.html", &there, err)) goto out;
    if (there) {
        ok = true;
        goto out;
    }
    if (!site_find_root(publication, &root, err)) goto out;
    site.name = root.name;
    if (!site_list_periods(publication->repository,
                           issue == NULL ? NULL : issue->survey->period.name, &list, err))
        goto out;
    if (!publication_open_press(publication, err)) goto out;
    if (!site_make_index(publication->page_maker, &site, &list, &index, err)) goto out;
    if (!site_make_readme(&site, &list, &readme, err)) goto out;
    if (issue != NULL && !feed_stage(publication, issue, manifest, err)) goto out;
    ok =
        stage(publication, manifest, "index.html", index.data, index.size, err) &&
        stage(publication, manifest, "README.md", readme.data, readme.size, err) &&
        stage(publication, manifest, "schema/disclosure.xsd", embedded_xsd, embedded_xsd_size, err);
out:
    free(list.periods);
    buffer_done(&readme);
    buffer_done(&index);
    return ok;
}
