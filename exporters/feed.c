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
#include <stdlib.h>
#include <string.h>

#include "exporters/rederive.h"
#include "exporters/xml_writer.h"

#define FEED             "feed.xml"
#define FEED_ENTRIES_MAX 100
#define ENTRY_BEGIN      "\n  <entry>"
#define FEED_END         "\n</feed>\n"
#define TITLE_END        " 明账 · Mingzhang"
#define CORRECTED        "更正 · corrected"
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

struct feed_entry {
    uint64_t seq; /* of publication.make */
    char period[PERIOD_NAME_SIZE];
    bool is_correction;
    instant_t time;
    const char *summary;
};

static void write_entry(const struct feed_entry *entry, const char *feed_id, struct xml_writer *xml)
{
    char text[ID_SIZE + 32], time[INSTANT_TEXT_SIZE];

    xml_element_begin(xml, "entry");
    (void)snprintf(text, sizeof text, "%s/entry/%" PRIu64, feed_id, entry->seq);
    xml_element_text(xml, "id", text);
    (void)snprintf(text, sizeof text, "%s %s", entry->period,
                   entry->is_correction ? CORRECTED : "公开 · published");
    xml_element_text(xml, "title", text);
    (void)instant_format(entry->time, time);
    xml_element_text(xml, "updated", time);
    write_link(xml, "alternate", "text/html", "zh", entry->period, "index.html");
    write_link(xml, "alternate", "text/html", "en", entry->period, "index.en.html");
    write_link(xml, "related", "application/json", "", entry->period, "datapackage.json");
    write_link(xml, "related", "application/xml", "", entry->period, "manifest.xml");
    xml_element_text(xml, "summary", entry->summary);
    xml_element_end(xml);
}

/* ---- The feed ----------------------------------------------------------------------------------
 */

static bool write_feed(struct publication *publication, const char *name,
                       const struct feed_entry *entries, size_t count, struct buffer *out,
                       struct error *err)
{
    char id[ID_SIZE], title[TITLE_SIZE], time[INSTANT_TEXT_SIZE];
    struct xml_writer xml;

    assert(count > 0);
    if (!format_feed_id(publication, id, err)) return false;
    (void)instant_format(entries[0].time, time);
    xml_writer_init(&xml, out);
    xml_element_begin(&xml, "feed");
    xml_attribute(&xml, "xmlns", "http://www.w3.org/2005/Atom");
    xml_attribute(&xml, "xml:lang", "zh-CN");
    xml_element_text(&xml, "id", id);
    (void)snprintf(title, sizeof title, "%.200s" TITLE_END, name);
    xml_element_text(&xml, "title", title);
    xml_element_text(&xml, "updated", time);
    xml_element_begin(&xml, "author");
    xml_element_text(&xml, "name", name);
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
    for (size_t i = 0; i < count; i++)
        write_entry(&entries[i], id, &xml);
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
                  feed = BUFFER_INIT(SITE_FILE_BYTES_MAX),
                  summary = BUFFER_INIT(FEED_SUMMARY_BYTES_MAX);
    struct feed_entry entry = {.seq = publication->last_made,
                               .is_correction = issue->was_published};
    struct division root;
    bool found = false;
    bool ok = false;

    assert(publication->last_made > 0);
    memcpy(entry.period, issue->survey->period.name, sizeof entry.period);
    if (!entry_read_time(publication->journal, entry.seq, &entry.time, err)) goto out;
    if (!feed_summarize(issue, &summary, err)) goto out;
    entry.summary = buffer_text(&summary);
    if (!site_find_root(publication, &root, err)) goto out;
    if (!repository_read(publication->repository, FEED, &published, &found, err)) goto out;
    if (!write_feed(publication, root.name, &entry, 1, &feed, err)) goto out;
    if (found && !carry_over(&published, &feed, err)) goto out;
    ok = repository_stage(publication->repository, FEED, feed.data, feed.size, err) &&
         manifest_add(manifest, FEED, feed.data, feed.size, err);
out:
    buffer_done(&summary);
    buffer_done(&feed);
    buffer_done(&published);
    return ok;
}

/* ---- Making it again ---------------------------------------------------------------------------
 */

/* Where texts go. */
struct room {
    char *at;
    size_t left;
};

/* The text between two marks, plain; NULL when it isn't there. */
static const char *read_text(const char *at, const char *begin, const char *end, struct room *room)
{
    const char *from = strstr(at, begin), *to;
    char *text = room->at;

    to = from == NULL ? NULL : strstr(from += strlen(begin), end);
    if (to == NULL || (size_t)(to - from) >= room->left) return NULL;
    xml_unescape(from, (size_t)(to - from), text);
    room->at += strlen(text) + 1;
    room->left -= strlen(text) + 1;
    return text;
}

static const struct made *find_make(const struct made *makes, size_t count, uint64_t seq)
{
    for (size_t i = count; i > 0; i--)
        if (makes[i - 1].seq == seq) return &makes[i - 1];
    return NULL;
}

/* What an entry must be, by the publication that it names; its words are its own. */
static bool read_entry(const char *at, const struct made *makes, size_t count,
                       struct feed_entry *out, struct room *texts, struct error *err)
{
    const char *seq = read_text(at, "/entry/", "</id>", texts);
    const struct made *make = seq == NULL ? NULL : find_make(makes, count, strtoull(seq, NULL, 10));
    const char *title = read_text(at, "<title>", "</title>", texts);

    out->summary = read_text(at, "<summary>", "</summary>", texts);
    if (make == NULL || title == NULL || out->summary == NULL)
        return error_set(err, ERROR_VERIFY, "%s tells of a publication that the log doesn't", FEED);
    out->seq = make->seq;
    out->time = make->time;
    memcpy(out->period, make->period, sizeof out->period);
    out->is_correction = strstr(title, CORRECTED) != NULL;
    return true;
}

/* The newest comes first, none comes twice; of those of one period all but the first published one
   are corrections. */
static bool check_order(const struct feed_entry *entries, size_t count, const struct made *makes,
                        size_t make_count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        bool was_before = false, was_told = false;

        for (size_t j = 0; j < make_count && makes[j].seq < entries[i].seq; j++)
            was_before = was_before || strcmp(makes[j].period, entries[i].period) == 0;
        for (size_t j = i + 1; j < count; j++)
            was_told = was_told || strcmp(entries[j].period, entries[i].period) == 0;
        if ((i > 0 && entries[i].seq >= entries[i - 1].seq) ||
            (was_told && !entries[i].is_correction) || (!was_before && entries[i].is_correction))
            return error_set(err, ERROR_VERIFY,
                             "%s tells of entry %" PRIu64 " otherwise than the log", FEED,
                             entries[i].seq);
    }
    return true;
}

/* The last publication of each period is told of, as far back as the feed goes. */
static bool check_told(const struct feed_entry *entries, size_t count, const struct made *makes,
                       size_t make_count, struct error *err)
{
    const uint64_t oldest = count == FEED_ENTRIES_MAX ? entries[count - 1].seq : 0;

    for (size_t i = 0; i < make_count; i++) {
        bool is_told = makes[i].seq < oldest;

        for (size_t j = i + 1; j < make_count && !is_told; j++)
            is_told = strcmp(makes[j].period, makes[i].period) == 0;
        for (size_t j = 0; j < count && !is_told; j++)
            is_told = entries[j].seq == makes[i].seq;
        if (!is_told)
            return error_set(err, ERROR_VERIFY,
                             "%s doesn't tell of %s, published by entry %" PRIu64, FEED,
                             makes[i].period, makes[i].seq);
    }
    return true;
}

static bool compare_feed(struct publication *publication, const char *name,
                         const struct buffer *published, const struct made *makes,
                         size_t make_count, struct error *err)
{
    struct feed_entry entries[FEED_ENTRIES_MAX];
    struct buffer feed = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    char *texts = malloc(published->size + 1); /* each is told once */
    struct room room = {texts, published->size + 1};
    const char *at = buffer_text(published);
    size_t count = 0;
    bool ok = false;

    if (texts == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    for (; (at = strstr(at, ENTRY_BEGIN)) != NULL && count < FEED_ENTRIES_MAX; at++)
        if (!read_entry(at, makes, make_count, &entries[count++], &room, err)) goto out;
    if (count == 0) {
        (void)error_set(err, ERROR_VERIFY, "%s isn't what this program writes", FEED);
        goto out;
    }
    if (!check_order(entries, count, makes, make_count, err)) goto out;
    if (!check_told(entries, count, makes, make_count, err)) goto out;
    if (!write_feed(publication, name, entries, count, &feed, err)) goto out;
    ok = (feed.size == published->size && memcmp(feed.data, published->data, feed.size) == 0) ||
         error_set(err, ERROR_VERIFY, "%s says more than the publications that it tells of", FEED);
out:
    free(texts);
    buffer_done(&feed);
    return ok;
}

bool feed_check(struct publication *publication, const struct made *makes, size_t count,
                struct error *err)
{
    struct buffer published = BUFFER_INIT(SITE_FILE_BYTES_MAX),
                  index = BUFFER_INIT(SITE_FILE_BYTES_MAX);
    char name[TEXT_SIZE];
    bool found = false;
    bool ok = false;

    if (count == 0) return true;
    /* Both are written together, and recheck.c judges whose name is on index.html. */
    if (!repository_read(publication->repository, "index.html", &index, &found, err)) goto out;
    site_index_name(&index, name);
    if (!repository_read(publication->repository, FEED, &published, &found, err)) goto out;
    ok = found ? compare_feed(publication, name, &published, makes, count, err)
               : error_set(err, ERROR_VERIFY, "%s is missing", FEED);
out:
    buffer_done(&index);
    buffer_done(&published);
    return ok;
}
