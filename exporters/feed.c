/*
 * feed.c - feed.xml: an Atom entry for each publication, newest first, so that whoever wants to
 * know when something is published or corrected needs to ask for one small file only.
 *
 * 1. The entry of the publication at hand is written; the earlier ones are carried over from the
 * last commit, which a publisher signed, byte for byte.
 * 2. Times are those of publication.make in the journal, ids name its entry: no clock, no chance.
 * 3. The newest FEED_ENTRIES_MAX stand; `git log` has them all.
 *
 * Spec: RFC 4287; ids are tag URIs of RFC 4151.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "exporters/publication.h"
#include "exporters/xml_writer.h"

#define FEED             "feed.xml"
#define FEED_ENTRIES_MAX 100
#define ENTRY_BEGIN      "\n  <entry>"
#define FEED_END         "\n</feed>\n"
#define ID_SIZE          (NOTE_NAME_SIZE_MAX + 64)
#define TITLE_SIZE       512

/* ---- Ids ---------------------------------------------------------------------------------------
 */

/*
 * "tag:mingzhang,2021-03-01:611025000000" for the origin mingzhang/611025000000 of a ledger that
 * began on that day in China.
 */
static bool format_feed_id(struct publication *publication, char id[ID_SIZE], struct error *err)
{
    const char *origin = journal_origin(publication->journal);
    size_t authority = strcspn(origin, "/");
    char day[INSTANT_TEXT_SIZE];
    instant_t began;

    if (!entry_read_time(publication->journal, 0, &began, err)) return false;
    began.seconds += ZONE_CHINA_SECONDS;
    (void)instant_format(began, day);
    (void)snprintf(id, ID_SIZE, "tag:%.*s,%.10s:%s", (int)authority, origin, day,
                   origin + authority + (origin[authority] == '/'));
    return true;
}

/* ---- An entry ----------------------------------------------------------------------------------
 */

static const char *name_of(const struct issue *issue, size_t document)
{
    return issue->survey->places[issue->documents[document].place].division.name;
}

bool feed_summarize(const struct issue *issue, struct buffer *out, struct error *err)
{
    size_t corrected = 0, told = 0;

    for (size_t i = 0; i < issue->count; i++)
        if (issue->documents[i].is_changed && issue->documents[i].is_published) corrected++;
    if (issue->changed_count == 0)
        return buffer_append_text(
            out, "公开文件没有变，补上了网页。No document changed; pages were added.", err);
    if (!buffer_append_format(out, err, "新公开 %zu 份，更正 %zu 份：",
                              issue->changed_count - corrected, corrected))
        return false;
    for (size_t i = 0; i < issue->count && told < FEED_NAMES_MAX; i++) {
        if (!issue->documents[i].is_changed) continue;
        if (!buffer_append_format(out, err, "%s%s%s", told > 0 ? "、" : "", name_of(issue, i),
                                  issue->documents[i].is_published ? "（更正）" : ""))
            return false;
        told++;
    }
    return buffer_append_format(out, err, "%s。%zu new, %zu corrected.",
                                issue->changed_count > told ? " 等" : "",
                                issue->changed_count - corrected, corrected);
}

static void write_link(struct xml_writer *xml, const char *relation, const char *type,
                       const char *language, const char *period, const char *file)
{
    char path[REPOSITORY_PATH_SIZE];

    issue_path(period, file, "", path);
    xml_element_begin(xml, "link");
    xml_attribute(xml, "rel", relation);
    xml_attribute(xml, "type", type);
    xml_attribute_if_any(xml, "hreflang", language);
    xml_attribute(xml, "href", path);
    xml_element_end(xml);
}

static bool write_entry(struct publication *publication, const struct issue *issue,
                        const char *feed_id, const char *time, struct xml_writer *xml,
                        struct error *err)
{
    const char *period = issue->survey->period.name;
    struct buffer summary = BUFFER_INIT(FEED_SUMMARY_BYTES_MAX);
    char text[ID_SIZE + 32];
    bool ok = feed_summarize(issue, &summary, err);

    if (ok) {
        xml_element_begin(xml, "entry");
        (void)snprintf(text, sizeof text, "%s/entry/%" PRIu64, feed_id, publication->last_made);
        xml_element_text(xml, "id", text);
        (void)snprintf(text, sizeof text, "%s %s", period,
                       issue->was_published ? "更正 · corrected" : "公开 · published");
        xml_element_text(xml, "title", text);
        xml_element_text(xml, "updated", time);
        write_link(xml, "alternate", "text/html", "zh", period, "index.html");
        write_link(xml, "alternate", "text/html", "en", period, "index.en.html");
        write_link(xml, "related", "application/json", "", period, "datapackage.json");
        write_link(xml, "related", "application/xml", "", period, "manifest.xml");
        xml_element_text(xml, "summary", buffer_text(&summary));
        xml_element_end(xml);
    }
    buffer_done(&summary);
    return ok;
}

/* ---- The feed ----------------------------------------------------------------------------------
 */

static bool write_feed(struct publication *publication, const struct issue *issue,
                       struct buffer *out, struct error *err)
{
    char id[ID_SIZE], title[TITLE_SIZE], time[INSTANT_TEXT_SIZE];
    struct xml_writer xml;
    struct division root;
    instant_t made;

    if (!entry_read_time(publication->journal, publication->last_made, &made, err) ||
        !format_feed_id(publication, id, err) || !site_find_root(publication, &root, err))
        return false;
    (void)instant_format(made, time);
    xml_writer_init(&xml, out);
    xml_element_begin(&xml, "feed");
    xml_attribute(&xml, "xmlns", "http://www.w3.org/2005/Atom");
    xml_attribute(&xml, "xml:lang", "zh-CN");
    xml_element_text(&xml, "id", id);
    (void)snprintf(title, sizeof title, "%.200s 明账 · Mingzhang", root.name);
    xml_element_text(&xml, "title", title);
    xml_element_text(&xml, "updated", time);
    xml_element_begin(&xml, "author");
    xml_element_text(&xml, "name", root.name);
    xml_element_end(&xml);
    xml_element_begin(&xml, "link");
    xml_attribute(&xml, "rel", "self");
    xml_attribute(&xml, "type", "application/atom+xml");
    xml_attribute(&xml, "href", FEED);
    xml_element_end(&xml);
    xml_element_begin(&xml, "link");
    xml_attribute(&xml, "rel", "alternate");
    xml_attribute(&xml, "type", "text/html");
    xml_attribute(&xml, "href", "index.html");
    xml_element_end(&xml);
    if (!write_entry(publication, issue, id, time, &xml, err)) return false;
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}

/* Put what the published feed has from its first entry on behind the new one. */
static bool carry_over(const struct buffer *published, struct buffer *feed, struct error *err)
{
    const char *first = strstr(buffer_text(published), ENTRY_BEGIN), *end;
    const size_t end_size = sizeof FEED_END - 1;

    if (first == NULL) return true;
    end = first;
    for (size_t i = 1; i < FEED_ENTRIES_MAX && end != NULL; i++)
        end = strstr(end + 1, ENTRY_BEGIN);
    if (end == NULL) end = strstr(first, FEED_END);
    if (end == NULL) return error_set(err, ERROR_VERIFY, "the published %s has no end", FEED);
    assert(feed->size > end_size &&
           memcmp(feed->data + feed->size - end_size, FEED_END, end_size) == 0);
    feed->size -= end_size;
    return buffer_append(feed, (const uint8_t *)first, (size_t)(end - first), err) &&
           buffer_append_text(feed, FEED_END, err);
}

bool feed_stage(struct publication *publication, const struct issue *issue,
                struct manifest *manifest, struct error *err)
{
    struct buffer published = BUFFER_INIT(SITE_FILE_BYTES_MAX),
                  feed = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    bool found = false;
    bool ok = false;

    assert(publication->last_made > 0);
    if (!repository_read(publication->repository, FEED, &published, &found, err)) goto out;
    if (!write_feed(publication, issue, &feed, err)) goto out;
    if (found && !carry_over(&published, &feed, err)) goto out;
    ok = repository_stage(publication->repository, FEED, feed.data, feed.size, err) &&
         manifest_add(manifest, FEED, feed.data, feed.size, err);
out:
    buffer_done(&feed);
    buffer_done(&published);
    return ok;
}
