/*
 * lists.c - the funds of a period over all places; its places; everything by name.
 *
 * Names stand in the order of GB 2312, which is that of pinyin for the 3,755 characters in daily
 * use, so that no table of readings and no locale is needed; others follow. The letter of a
 * character is told by the first character of each letter in that order.
 */
#include "exporters/lists.h"

#include <assert.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/matters.h"
#include "exporters/past.h"
#include "exporters/project_pages.h"

#define NAME_KEY_SIZE      64 /* bytes of GB 18030 by which names are sorted */
#define LINK_BYTES         90 /* of markup about a name */
#define LIST_NAMES_MAX     (SURVEY_DIVISIONS_MAX + SURVEY_PROJECTS_MAX + SURVEY_FUNDS_MAX)
#define DAILY_FIRST        0xB0A1u /* 啊 */
#define DAILY_LAST         0xD7F9u /* 座 */
#define URL_BYTES_EACH     3       /* a byte of a code may become %XX */
#define FIRST_LETTER_OTHER '~'     /* sorts last */

struct name_entry {
    const char *what; /* "place", "project", "fund" */
    const char *code, *name;
    size_t place;   /* of a project */
    size_t project; /* or SURVEY_NONE */
    uint8_t key[NAME_KEY_SIZE];
    char letter;
    size_t page;
};

/* A fund's lines and projects, found together. */
struct fund_project {
    const char *fund;
    size_t project;
};

struct lists {
    const struct survey *survey;
    const struct project_page *pages;
    const struct survey_line **lines; /* by fund, place, book */
    struct fund_project *projects;    /* by fund, project */
    size_t project_count;
    const struct fund **funds; /* of which some document speaks, by code */
    size_t fund_count;
    struct name_entry *names;
    size_t name_count;
    size_t page_count;
};

/* ---- Sorting -----------------------------------------------------------------------------------
 */

static int order_lines(const void *left, const void *right)
{
    const struct survey_line *a = *(const struct survey_line *const *)left;
    const struct survey_line *b = *(const struct survey_line *const *)right;
    int order = strcmp(a->fund, b->fund);

    if (order != 0) return order;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return (int)a->book - (int)b->book;
}

static int order_fund_projects(const void *left, const void *right)
{
    const struct fund_project *a = left, *b = right;
    int order = strcmp(a->fund, b->fund);

    if (order != 0) return order;
    return a->project < b->project ? -1 : a->project > b->project;
}

static bool sort_lines(struct lists *lists, struct error *err)
{
    const struct survey *survey = lists->survey;

    lists->lines = calloc(survey->line_count + 1, sizeof *lists->lines);
    lists->projects = calloc(survey->plan_fund_count + 1, sizeof *lists->projects);
    lists->funds = calloc(survey->fund_count + 1, sizeof *lists->funds);
    if (lists->lines == NULL || lists->projects == NULL || lists->funds == NULL)
        return error_set(err, ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < survey->line_count; i++)
        lists->lines[i] = &survey->lines[i];
    for (size_t i = 0; i < survey->project_count; i++)
        for (size_t j = 0; j < survey->projects[i].fund_count; j++)
            lists->projects[lists->project_count++] = (struct fund_project){
                survey->plan_funds[survey->projects[i].first_fund + j].text, i};
    qsort(lists->lines, survey->line_count, sizeof *lists->lines, order_lines);
    qsort(lists->projects, lists->project_count, sizeof *lists->projects, order_fund_projects);
    return true;
}

static size_t first_line(const struct lists *lists, const char *fund)
{
    size_t low = 0, high = lists->survey->line_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(lists->lines[middle]->fund, fund) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t first_project(const struct lists *lists, const char *fund)
{
    size_t low = 0, high = lists->project_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(lists->projects[middle].fund, fund) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool line_is_of(const struct lists *lists, size_t at, const char *fund)
{
    return at < lists->survey->line_count && strcmp(lists->lines[at]->fund, fund) == 0;
}

static bool project_is_of(const struct lists *lists, size_t at, const char *fund)
{
    return at < lists->project_count && strcmp(lists->projects[at].fund, fund) == 0;
}

static void choose_funds(struct lists *lists)
{
    const struct survey *survey = lists->survey;

    for (size_t i = 0; i < survey->fund_count; i++) {
        const char *code = survey->funds[i].code;

        if (line_is_of(lists, first_line(lists, code), code) ||
            project_is_of(lists, first_project(lists, code), code))
            lists->funds[lists->fund_count++] = &survey->funds[i];
    }
}

/* ---- Names in the order of pinyin --------------------------------------------------------------
 */

static char letter_of(const uint8_t key[NAME_KEY_SIZE])
{
    /* The first character of each letter: 啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝. */
    static const struct {
        unsigned first;
        char letter;
    } letters[] = {{0xB0A1, 'A'}, {0xB0C5, 'B'}, {0xB2C1, 'C'}, {0xB4EE, 'D'}, {0xB6EA, 'E'},
                   {0xB7A2, 'F'}, {0xB8C1, 'G'}, {0xB9FE, 'H'}, {0xBBF7, 'J'}, {0xBFA6, 'K'},
                   {0xC0AC, 'L'}, {0xC2E8, 'M'}, {0xC4C3, 'N'}, {0xC5B6, 'O'}, {0xC5BE, 'P'},
                   {0xC6DA, 'Q'}, {0xC8BB, 'R'}, {0xC8F6, 'S'}, {0xCBFA, 'T'}, {0xCDDA, 'W'},
                   {0xCEF4, 'X'}, {0xD1B9, 'Y'}, {0xD4D1, 'Z'}};
    unsigned code = (unsigned)key[0] << 8 | key[1];
    char letter = FIRST_LETTER_OTHER;

    if (key[0] >= 'A' && key[0] <= 'Z') return (char)key[0];
    if (key[0] >= 'a' && key[0] <= 'z') return (char)(key[0] - 'a' + 'A');
    if (code < DAILY_FIRST || code > DAILY_LAST) return FIRST_LETTER_OTHER;
    for (size_t i = 0; i < ARRAY_COUNT(letters) && letters[i].first <= code; i++)
        letter = letters[i].letter;
    return letter;
}

/* What doesn't fit is cut: names alike so far stand by their codes. */
static void make_key(iconv_t converter, struct name_entry *entry)
{
    char name[TEXT_SIZE];
    char *in = name, *out = (char *)entry->key;
    size_t in_left = strlen(entry->name), out_left = sizeof entry->key;

    assert(in_left < sizeof name);
    memcpy(name, entry->name, in_left + 1);
    (void)iconv(converter, NULL, NULL, NULL, NULL);
    (void)iconv(converter, &in, &in_left, &out, &out_left);
    entry->letter = letter_of(entry->key);
}

static int order_names(const void *left, const void *right)
{
    const struct name_entry *a = left, *b = right;
    int order = (int)a->letter - (int)b->letter;

    if (order == 0) order = memcmp(a->key, b->key, sizeof a->key);
    if (order == 0) order = strcmp(a->what, b->what);
    return order != 0 ? order : strcmp(a->code, b->code);
}

static struct name_entry *add_name(struct lists *lists, const char *what, const char *code,
                                   const char *name, struct error *err)
{
    struct name_entry *entry;
    void *array = lists->names;

    if (!array_grow(&array, lists->name_count, sizeof *lists->names, LIST_NAMES_MAX, "names", err))
        return NULL;
    lists->names = array;
    entry = &lists->names[lists->name_count++];
    *entry = (struct name_entry){
        .what = what, .code = code, .name = name, .place = SURVEY_NONE, .project = SURVEY_NONE};
    return entry;
}

static bool gather_names(struct lists *lists, struct error *err)
{
    const struct survey *survey = lists->survey;

    for (size_t i = 0; i < survey->place_count; i++) {
        const struct division *division = &survey->places[i].division;

        if (!survey->places[i].has_document) continue;
        if (add_name(lists, "place", division->code, division->name, err) == NULL) return false;
    }
    for (size_t i = 0; i < survey->project_count; i++) {
        struct name_entry *entry =
            add_name(lists, "project", survey->projects[i].code, survey->projects[i].name, err);

        if (entry == NULL) return false;
        entry->place = survey->projects[i].place;
        entry->project = i;
    }
    for (size_t i = 0; i < lists->fund_count; i++)
        if (add_name(lists, "fund", lists->funds[i]->code, lists->funds[i]->name, err) == NULL)
            return false;
    return true;
}

static size_t link_size(const struct lists *lists, const struct name_entry *entry)
{
    size_t size = LINK_BYTES + strlen(entry->name) + URL_BYTES_EACH * strlen(entry->code);

    if (entry->place != SURVEY_NONE)
        size += strlen(lists->survey->places[entry->place].division.name);
    return size;
}

static bool sort_names(struct lists *lists, struct error *err)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    size_t filled = 0;

    if (converter == (iconv_t)-1)
        return error_set(err, ERROR_STATE,
                         "iconv doesn't know GB18030; install the C library's "
                         "conversions");
    for (size_t i = 0; i < lists->name_count; i++)
        make_key(converter, &lists->names[i]);
    (void)iconv_close(converter);
    if (lists->name_count > 0)
        qsort(lists->names, lists->name_count, sizeof *lists->names, order_names);
    lists->page_count = 1;
    for (size_t i = 0; i < lists->name_count; i++) {
        size_t size = link_size(lists, &lists->names[i]);

        if (filled > 0 && filled + size > LIST_NAMES_BYTES) {
            lists->page_count++;
            filled = 0;
        }
        filled += size;
        lists->names[i].page = lists->page_count - 1;
    }
    return true;
}

/* ---- Opening -----------------------------------------------------------------------------------
 */

bool lists_open(const struct survey *survey, const struct project_page *pages, struct lists **out,
                struct error *err)
{
    struct lists *lists = calloc(1, sizeof *lists);
    bool ok = false;

    if (lists == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    lists->survey = survey;
    lists->pages = pages;
    if (!sort_lines(lists, err)) goto out;
    choose_funds(lists);
    if (!gather_names(lists, err)) goto out;
    if (!sort_names(lists, err)) goto out;
    *out = lists;
    lists = NULL;
    ok = true;
out:
    lists_close(lists);
    return ok;
}

void lists_close(struct lists *lists)
{
    if (lists == NULL) return;
    free(lists->lines);
    free(lists->projects);
    free(lists->funds);
    free(lists->names);
    free(lists);
}

size_t lists_fund_count(const struct lists *lists)
{
    return lists->fund_count;
}

const char *lists_fund_code(const struct lists *lists, size_t index)
{
    assert(index < lists->fund_count);
    return lists->funds[index]->code;
}

size_t lists_name_page_count(const struct lists *lists)
{
    return lists->page_count;
}

/* ---- Writing -----------------------------------------------------------------------------------
 */

void lists_write_root(const struct lists *lists, const char *name, struct xml_writer *xml)
{
    const struct survey *survey = lists->survey;
    const char *root = journal_root_division(survey->journal);
    size_t place = survey_find_place(survey, root);
    char day[DATE_TEXT_SIZE];

    xml_element_begin(xml, name);
    xml_attribute(xml, "xmlns", "urn:mingzhang:disclosure:1");
    xml_attribute(xml, "origin", journal_origin(survey->journal));
    xml_attribute(xml, "log_key", survey->log_key);
    xml_attribute(xml, "period", survey->period.name);
    xml_attribute(xml, "last", date_format(month_last_day(survey->period.last_month), day));
    xml_attribute(xml, "root", root);
    if (place != SURVEY_NONE) xml_attribute(xml, "root_name", survey->places[place].division.name);
}

static void write_place(const struct survey_place *place, struct xml_writer *xml)
{
    xml_element_begin(xml, "place");
    xml_attribute(xml, "code", place->division.code);
    xml_attribute(xml, "name", place->division.name);
    xml_attribute(xml, "level", division_level_name(place->level));
    xml_attribute_integer(xml, "depth", place->depth);
}

/* ---- A fund ------------------------------------------------------------------------------------
 */

/* What the printed lines of the fund in one place, or in all, come to. */
struct fund_sum {
    struct survey_past past;
    money_t opening, granted, remitted;
    size_t withheld;
};

static bool add_to_sum(struct fund_sum *sum, const struct survey_line *line, struct error *err)
{
    const struct law *law = &line->law;

    if (line->is_withheld) {
        sum->withheld++;
        return true;
    }
    return past_add(&sum->past, law->flows, law->closing, err) &&
           money_add(sum->opening, law->opening, &sum->opening, err) &&
           money_add(sum->granted, law->flows[FLOW_APPROPRIATED], &sum->granted, err) &&
           money_add(sum->granted, law->flows[FLOW_OTHER_RECEIPTS], &sum->granted, err) &&
           money_add(sum->remitted, law->flows[FLOW_REMITTED], &sum->remitted, err);
}

static bool write_total(const struct lists *lists, size_t first, size_t count,
                        struct xml_writer *xml, struct error *err)
{
    struct fund_sum sum = {.withheld = 0};
    money_t difference;

    for (size_t i = first; i < first + count; i++)
        if (!add_to_sum(&sum, lists->lines[i], err)) return false;
    if (!money_subtract(sum.past.figures[PAST_CLOSING], sum.opening, &difference, err))
        return false;
    xml_element_begin(xml, "sum");
    xml_attribute_integer(xml, "withheld_lines", (int64_t)sum.withheld);
    xml_element_amount(xml, "opening", sum.opening);
    xml_element_amount(xml, "received", sum.granted);
    xml_element_amount(xml, "spent", sum.past.figures[PAST_SPENT]);
    xml_element_amount(xml, "passed_on", sum.remitted);
    xml_element_amount(xml, "closing", sum.past.figures[PAST_CLOSING]);
    xml_element_amount(xml, "difference", difference);
    xml_element_end(xml);
    return true;
}

static bool write_fund_place(const struct survey_place *place, const struct fund_sum *sum,
                             struct xml_writer *xml)
{
    static const char *const names[PAST_FIGURE_COUNT] = {"received", "spent", "passed_on",
                                                         "closing"};

    write_place(place, xml);
    xml_attribute_integer(xml, "withheld_lines", (int64_t)sum->withheld);
    xml_element_amount(xml, "opening", sum->opening);
    for (int i = 0; i < PAST_FIGURE_COUNT; i++)
        xml_element_amount(xml, names[i], sum->past.figures[i]);
    xml_element_end(xml);
    return true;
}

static size_t count_places(const struct lists *lists, size_t first, size_t count)
{
    size_t places = 0;

    for (size_t i = first; i < first + count; i++)
        if (i == first || lists->lines[i]->place != lists->lines[i - 1]->place) places++;
    return places;
}

static bool write_fund_places(const struct lists *lists, size_t first, size_t count,
                              struct xml_writer *xml, struct error *err)
{
    const bool folds = count_places(lists, first, count) > LIST_PLACES_MAX;
    size_t folded = 0;

    for (size_t i = first; i < first + count;) {
        const size_t index = lists->lines[i]->place;
        const struct survey_place *place = &lists->survey->places[index];
        struct fund_sum sum = {.withheld = 0};

        for (; i < first + count && lists->lines[i]->place == index; i++)
            if (!add_to_sum(&sum, lists->lines[i], err)) return false;
        if (folds && place->level == DIVISION_VILLAGE)
            folded++;
        else if (!write_fund_place(place, &sum, xml))
            return false;
    }
    if (folded == 0) return true;
    xml_element_begin(xml, "folded");
    xml_attribute_integer(xml, "places", (int64_t)folded);
    xml_element_end(xml);
    return true;
}

/* Where its page stands, if that is another period. */
static void write_page(const struct lists *lists, size_t project, struct xml_writer *xml)
{
    const char *period = lists->pages[project].period;

    if (strcmp(period, lists->survey->period.name) != 0) xml_attribute(xml, "page", period);
}

static void write_fund_projects(const struct lists *lists, const char *fund, struct xml_writer *xml)
{
    const struct survey *survey = lists->survey;
    const char *last = "";

    for (size_t i = first_project(lists, fund); project_is_of(lists, i, fund); i++) {
        const struct survey_project *project = &survey->projects[lists->projects[i].project];

        if (strcmp(last, project->code) == 0) continue; /* two plan lines of one fund */
        last = project->code;
        xml_element_begin(xml, "project");
        xml_attribute(xml, "code", project->code);
        xml_attribute(xml, "name", project->name);
        xml_attribute(xml, "place", survey->places[project->place].division.code);
        xml_attribute(xml, "place_name", survey->places[project->place].division.name);
        write_page(lists, lists->projects[i].project, xml);
        xml_element_end(xml);
    }
}

/* Where to complain about what the root allocates, as its document says it. */
static bool write_channels(const struct lists *lists, struct xml_writer *xml, struct error *err)
{
    const struct survey *survey = lists->survey;
    const struct matters *matters = survey->matters;
    struct record *record = calloc(1, sizeof *record);
    bool ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    xml_element_begin(xml, "matters");
    xml_element_begin(xml, "matter");
    xml_attribute(xml, "code", "complaints");
    for (size_t i = matters->first_of[DISCLOSURE_CHANNEL];
         i < matters->first_of[DISCLOSURE_CHANNEL + 1]; i++) {
        const struct matter_row *row = &matters->rows[i];

        if (row->ended_by != MATTER_NO_ROW) continue;
        if (strcmp(row->division, journal_root_division(survey->journal)) != 0) continue;
        if (!record_read(survey->journal, disclosure_kinds[row->kind], row->seq, record, err))
            goto out;
        xml_element_begin(xml, "channel");
        xml_attribute(xml, "name", record->values[CHANNEL_NAME].text);
        xml_attribute_if_any(xml, "address", record->values[CHANNEL_ADDRESS].text);
        xml_attribute_if_any(xml, "hours", record->values[CHANNEL_HOURS].text);
        xml_attribute(xml, "office_phone", record->values[CHANNEL_PHONE].text);
        xml_element_end(xml);
    }
    xml_element_end(xml);
    xml_element_end(xml);
    ok = true;
out:
    free(record);
    return ok;
}

bool lists_write_fund(const struct lists *lists, size_t index, struct buffer *out,
                      struct error *err)
{
    const struct fund *fund = lists->funds[index];
    const size_t first = first_line(lists, fund->code);
    struct xml_writer xml;
    size_t count = 0;

    assert(index < lists->fund_count);
    while (line_is_of(lists, first + count, fund->code))
        count++;
    xml_writer_init(&xml, out);
    lists_write_root(lists, "fund_sheet", &xml);
    xml_element_begin(&xml, "fund");
    survey_write_fund(fund, &xml);
    if (!money_is_zero(fund->amount)) xml_element_amount(&xml, "ceiling", fund->amount);
    xml_element_end(&xml);
    if (!write_total(lists, first, count, &xml, err)) return false;
    if (!story_write_fund(lists->survey, lists->lines + first, count, &xml, err)) return false;
    if (!write_fund_places(lists, first, count, &xml, err)) return false;
    write_fund_projects(lists, fund->code, &xml);
    if (!write_channels(lists, &xml, err)) return false;
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}

/* ---- The index ---------------------------------------------------------------------------------
 */

static void write_tree(const struct lists *lists, size_t parent, bool folds, struct xml_writer *xml)
{
    const struct survey *survey = lists->survey;

    for (size_t i = 0; i < survey->place_count; i++) {
        const struct survey_place *place = &survey->places[i];

        if (!place->has_document || place->parent != parent) continue;
        if (folds && place->level == DIVISION_VILLAGE) continue;
        write_place(place, xml);
        xml_attribute_integer(xml, "below", (int64_t)place->below_count);
        write_tree(lists, i, folds, xml);
        xml_element_end(xml);
    }
}

bool lists_write_places(const struct lists *lists, struct buffer *out, struct error *err)
{
    const struct survey *survey = lists->survey;
    struct xml_writer xml;
    size_t count = 0;

    for (size_t i = 0; i < survey->place_count; i++)
        count += survey->places[i].has_document;
    xml_writer_init(&xml, out);
    lists_write_root(lists, "place_index", &xml);
    write_tree(lists, SURVEY_NONE, count > LIST_TREE_MAX, &xml);
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}

static void write_letters(const struct lists *lists, struct xml_writer *xml)
{
    for (size_t i = 0; i < lists->name_count; i++) {
        const char letter[] = {lists->names[i].letter, '\0'};

        if (i > 0 && lists->names[i - 1].letter == letter[0]) continue;
        xml_element_begin(xml, "letter");
        xml_attribute(xml, "name", letter);
        xml_attribute_integer(xml, "page", (int64_t)lists->names[i].page + 1);
        xml_element_end(xml);
    }
}

static void write_name(const struct lists *lists, const struct name_entry *entry,
                       struct xml_writer *xml)
{
    const char letter[] = {entry->letter, '\0'};

    xml_element_begin(xml, "entry");
    xml_attribute(xml, "letter", letter);
    xml_attribute(xml, "what", entry->what);
    xml_attribute(xml, "code", entry->code);
    xml_attribute(xml, "name", entry->name);
    if (entry->place != SURVEY_NONE)
        xml_attribute(xml, "place_name", lists->survey->places[entry->place].division.name);
    if (entry->project != SURVEY_NONE) write_page(lists, entry->project, xml);
    xml_element_end(xml);
}

bool lists_write_names(const struct lists *lists, size_t page, struct buffer *out,
                       struct error *err)
{
    struct xml_writer xml;

    assert(page < lists->page_count);
    xml_writer_init(&xml, out);
    lists_write_root(lists, "name_index", &xml);
    xml_attribute_integer(&xml, "page", (int64_t)page + 1);
    write_letters(lists, &xml);
    for (size_t i = 0; i < lists->name_count; i++)
        if (lists->names[i].page == page) write_name(lists, &lists->names[i], &xml);
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}
