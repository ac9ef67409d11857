/* attack_documents.c - see attack_documents.h. */
#include "attack_documents.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 256

/* ---- Reading XML ----------------------------------------------------------------------------- */

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The first such child behind `after`, or of all (NULL). */
static xmlNode *next_child(xmlNode *parent, xmlNode *after, const char *name)
{
    xmlNode *node = after == NULL ? parent->children : after->next;

    while (node != NULL && !is_element(node, name))
        node = node->next;
    return node;
}

static xmlNode *child(xmlNode *parent, const char *name)
{
    xmlNode *node = next_child(parent, NULL, name);

    ck_assert_msg(node != NULL, "%s has no %s", (const char *)parent->name, name);
    return node;
}

static const char *attribute(xmlNode *node, const char *name, char out[TEXT_MAX])
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);

    (void)snprintf(out, TEXT_MAX, "%s", value == NULL ? "" : (const char *)value);
    xmlFree(value);
    return out;
}

static int64_t integer(xmlNode *node, const char *name)
{
    char text[TEXT_MAX];

    return strtoll(attribute(node, name, text), NULL, 10);
}

static enum book book_of(xmlNode *node, const char *name)
{
    struct error err = ERROR_INIT;
    char text[TEXT_MAX];
    enum book book;

    ck_good(book_parse(attribute(node, name, text), &book, &err), &err);
    return book;
}

static enum account_role role_of(xmlNode *node)
{
    struct error err = ERROR_INIT;
    char text[TEXT_MAX];
    enum account_role role;

    ck_good(account_role_parse(attribute(node, "role", text), &role, &err), &err);
    return role;
}

/* ---- Taking ---------------------------------------------------------------------------------- */

struct published *published_take(const struct world *world, const char *period,
                                 const struct attack_spoiler *spoiler)
{
    struct published *published = calloc(1, sizeof *published);
    struct store *store = journal_store(world->journal);
    struct survey *survey = NULL;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(published);
    ck_good(period_parse(period, &published->period, &err), &err);
    published->head = (int64_t)journal_size(world->journal);
    ck_good(store_begin_read(store, &err), &err);
    ck_good(survey_take(world->ledger, &published->period, &survey, &err), &err);
    if (spoiler != NULL) spoiler->spoil(survey, spoiler->log);
    for (size_t i = 0; i < survey->place_count; i++) {
        struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);

        if (!survey->places[i].has_document) continue;
        ck_assert_uint_lt(published->count, PUBLISHED_MAX);
        ck_good(survey_render(survey, i, NULL, &xml, &err), &err);
        published->papers[published->count] =
            xmlReadMemory((const char *)xml.data, (int)xml.size, NULL, NULL, XML_PARSE_NONET);
        ck_assert_ptr_nonnull(published->papers[published->count]);
        (void)snprintf(published->divisions[published->count++], DIVISION_CODE_SIZE, "%s",
                       survey->places[i].division.code);
        buffer_done(&xml);
    }
    published->unsettled = calloc(survey->unsettled_count + 1, sizeof *published->unsettled);
    ck_assert_ptr_nonnull(published->unsettled);
    for (size_t i = 0; i < survey->unsettled_count; i++) {
        struct unsettled *line = &published->unsettled[published->unsettled_count++];

        line->key = survey->unsettled[i];
        (void)snprintf(line->division, sizeof line->division, "%s",
                       survey->places[line->key.place].division.code);
    }
    survey_free(survey);
    store_rollback(store);
    return published;
}

void published_free(struct published *published)
{
    for (size_t i = 0; i < published->count; i++)
        xmlFreeDoc(published->papers[i]);
    free(published->unsettled);
    free(published);
}

/* ---- Which lines are told -------------------------------------------------------------------- */

static xmlNode *paper_of(const struct published *published, const char *division)
{
    for (size_t i = 0; i < published->count; i++)
        if (strcmp(published->divisions[i], division) == 0)
            return xmlDocGetRootElement(published->papers[i]);
    return NULL;
}

static bool is_withheld(const struct published *published, const struct log_line *line)
{
    xmlNode *paper = paper_of(published, line->division), *withheld, *item = NULL;
    char text[TEXT_MAX];

    if (paper == NULL) return false;
    withheld = child(paper, "withheld");
    while ((item = next_child(withheld, item, "item")) != NULL)
        if (strcmp(attribute(item, "what", text), "line") == 0 &&
            book_of(item, "book") == line->book &&
            strcmp(attribute(item, "fund", text), line->fund) == 0)
            return true;
    return false;
}

/* Some lines of the log; what the documents print of several is the sum. */
struct selection {
    bool has[LOG_LINES_MAX];
};

/* Those of a division (or below it), of a book, of a fund (NULL: any), that are told or not. */
static void select_lines(const struct published *published, const struct log *log,
                         const char *division, bool below, int book, const char *fund, bool told,
                         struct selection *out)
{
    for (size_t i = 0; i < log->line_count; i++) {
        const struct log_line *line = &log->lines[i];
        bool is_same = strcmp(line->division, division) == 0;

        out->has[i] =
            (below ? !is_same && division_code_is_within(line->division, division) : is_same) &&
            (book == BOOK_COUNT || (int)line->book == book) &&
            (fund == NULL || strcmp(line->fund, fund) == 0) && is_withheld(published, line) != told;
    }
}

/* ---- Figures --------------------------------------------------------------------------------- */

/* The figures of the law, in one row: opening, terms, closing, roles. */
enum { FIGURE_OPENING, FIGURE_TERMS, FIGURE_CLOSING = FIGURE_TERMS + FLOW_TERM_COUNT };
enum { FIGURE_ROLES = FIGURE_CLOSING + 1, FIGURE_COUNT = FIGURE_ROLES + ACCOUNT_ROLE_COUNT };

static void add_standing(const struct log *log, size_t line, int32_t month, int64_t head,
                         struct attack_sum *sum)
{
    for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++)
        if (role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT)
            log_add_balance(log, line, (enum account_role)role, month, head, 1, sum);
}

static void add_line_figure(const struct published *published, const struct log *log, size_t line,
                            int figure, struct attack_sum *sum)
{
    int32_t first = published->period.first_month, last = published->period.last_month;

    if (figure == FIGURE_OPENING) add_standing(log, line, first - 1, published->head, sum);
    if (figure == FIGURE_CLOSING) add_standing(log, line, last, published->head, sum);
    if (figure >= FIGURE_TERMS && figure < FIGURE_CLOSING) {
        enum flow_term term = (enum flow_term)(figure - FIGURE_TERMS);

        log_add_flow(log, line, term, last, published->head, 1, sum);
        log_add_flow(log, line, term, first - 1, published->head, -1, sum);
    }
    if (figure >= FIGURE_ROLES)
        log_add_balance(log, line, (enum account_role)(figure - FIGURE_ROLES), last,
                        published->head, 1, sum);
}

static void add_figure(const struct published *published, const struct log *log,
                       const struct selection *lines, int figure, struct attack_sum *sum)
{
    for (size_t i = 0; i < log->line_count; i++)
        if (lines->has[i]) add_line_figure(published, log, i, figure, sum);
}

static bool is_figure_of_the_law(int figure)
{
    return figure != FIGURE_ROLES + ACCOUNT_SOURCE && figure != FIGURE_ROLES + ACCOUNT_SPENT;
}

struct telling {
    const struct published *published;
    const struct log *log;
    struct attack *attack;
    const char *division;
};

static void tell_equal(const struct telling *telling, struct attack_sum *sum, int64_t fen,
                       const char *what)
{
    sum->constant -= fen;
    ck_assert_msg(log_true_value(telling->log, sum) == 0,
                  "%s, %s, %s: the attacker is wrong by %lld", telling->published->period.name,
                  telling->division, what, (long long)log_true_value(telling->log, sum));
    attack_is_zero(telling->attack, sum);
}

static enum flow_term term_of(xmlNode *node)
{
    char text[TEXT_MAX];

    (void)attribute(node, "term", text);
    for (int i = 0; i < FLOW_TERM_COUNT; i++)
        if (strcmp(text, flow_term_name((enum flow_term)i)) == 0) return (enum flow_term)i;
    ck_abort_msg("no term %s", text);
    return FLOW_TERM_COUNT;
}

/* What the children of a line or total say; a term or role that isn't there is zero. */
static void read_law(xmlNode *law, int64_t out[FIGURE_COUNT])
{
    memset(out, 0, FIGURE_COUNT * sizeof *out);
    for (xmlNode *node = law->children; node != NULL; node = node->next) {
        if (is_element(node, "opening")) out[FIGURE_OPENING] = integer(node, "fen");
        if (is_element(node, "closing")) out[FIGURE_CLOSING] = integer(node, "fen");
        if (is_element(node, "in") || is_element(node, "out"))
            out[FIGURE_TERMS + (int)term_of(node)] += integer(node, "fen");
        if (is_element(node, "standing"))
            out[FIGURE_ROLES + (int)role_of(node)] += integer(node, "fen");
    }
}

static void tell_law(const struct telling *telling, xmlNode *law, const struct selection *lines,
                     const char *what)
{
    int64_t figures[FIGURE_COUNT];

    read_law(law, figures);
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        static struct attack_sum sum;

        if (!is_figure_of_the_law(figure)) continue;
        memset(&sum, 0, sizeof sum);
        add_figure(telling->published, telling->log, lines, figure, &sum);
        tell_equal(telling, &sum, figures[figure], what);
    }
}

/* ---- The parts of a document ----------------------------------------------------------------- */

static void tell_books(const struct telling *telling, xmlNode *paper)
{
    xmlNode *books = child(paper, "books"), *book = NULL;
    struct selection lines;
    char fund[TEXT_MAX];

    while ((book = next_child(books, book, "book")) != NULL) {
        xmlNode *line = NULL;

        while ((line = next_child(book, line, "line")) != NULL) {
            memset(&lines, 0, sizeof lines);
            lines.has[log_find_line(telling->log, telling->division, book_of(book, "name"),
                                    attribute(line, "fund", fund))] = true;
            tell_law(telling, line, &lines, "line");
        }
        select_lines(telling->published, telling->log, telling->division, false,
                     (int)book_of(book, "name"), NULL, true, &lines);
        tell_law(telling, child(book, "total"), &lines, "total");
    }
}

static const struct {
    const char *name;
    int figures[5]; /* ends with -1 */
} summary_sums[] = {
    {"opening", {FIGURE_OPENING, -1}},
    {"received",
     {FIGURE_TERMS + FLOW_APPROPRIATED, FIGURE_TERMS + FLOW_RECEIVED_FROM_ABOVE,
      FIGURE_TERMS + FLOW_RECOVERED_FROM_BELOW, FIGURE_TERMS + FLOW_OTHER_RECEIPTS, -1}},
    {"spent", {FIGURE_TERMS + FLOW_SPENT, -1}},
    {"passed_on",
     {FIGURE_TERMS + FLOW_PASSED_DOWN, FIGURE_TERMS + FLOW_RETURNED_UP,
      FIGURE_TERMS + FLOW_REMITTED, -1}},
    {"closing", {FIGURE_CLOSING, -1}}};

static void tell_summary(const struct telling *telling, xmlNode *paper)
{
    struct selection lines;

    select_lines(telling->published, telling->log, telling->division, false, BOOK_COUNT, NULL, true,
                 &lines);
    for (size_t i = 0; i < ARRAY_COUNT(summary_sums); i++) {
        static struct attack_sum sum;

        memset(&sum, 0, sizeof sum);
        for (size_t j = 0; summary_sums[i].figures[j] >= 0; j++)
            add_figure(telling->published, telling->log, &lines, summary_sums[i].figures[j], &sum);
        tell_equal(telling, &sum,
                   integer(child(child(paper, "summary"), summary_sums[i].name), "fen"),
                   summary_sums[i].name);
    }
}

static bool is_settled(const struct published *published, const struct log_line *line,
                       int32_t month)
{
    for (size_t i = 0; i < published->unsettled_count; i++) {
        const struct unsettled *other = &published->unsettled[i];

        if (other->key.month == month && other->key.book == line->book &&
            strcmp(other->key.fund, line->fund) == 0 &&
            strcmp(other->division, line->division) == 0)
            return false;
    }
    return true;
}

/* Figures of the past are over the lines that are settled then and now. */
static void tell_past(const struct telling *telling, xmlNode *node, const struct period *span,
                      const char *element)
{
    const struct period *now = &telling->published->period;
    const int32_t ends[] = {span->first_month - 1, span->last_month, now->first_month - 1,
                            now->last_month};
    struct published past = *telling->published;
    struct telling then = *telling;
    struct selection lines;

    past.period = *span;
    then.published = &past;
    select_lines(telling->published, telling->log, telling->division, false, BOOK_COUNT, NULL, true,
                 &lines);
    for (size_t i = 0; i < telling->log->line_count; i++)
        for (size_t j = 0; j < ARRAY_COUNT(ends); j++)
            lines.has[i] =
                lines.has[i] && is_settled(telling->published, &telling->log->lines[i], ends[j]);
    for (size_t i = 0; i < ARRAY_COUNT(summary_sums); i++) {
        static struct attack_sum sum;
        xmlNode *figure = next_child(node, NULL, element);
        char name[TEXT_MAX];

        if (strcmp(element, "change") != 0) figure = next_child(node, NULL, summary_sums[i].name);
        while (strcmp(element, "change") == 0 && figure != NULL &&
               strcmp(attribute(figure, "figure", name), summary_sums[i].name) != 0)
            figure = next_child(node, figure, element);
        if (figure == NULL) continue;
        memset(&sum, 0, sizeof sum);
        for (size_t j = 0; summary_sums[i].figures[j] >= 0; j++)
            add_figure(&past, telling->log, &lines, summary_sums[i].figures[j], &sum);
        if (strcmp(element, "change") == 0) figure = child(figure, "before");
        tell_equal(&then, &sum, integer(figure, "fen"), element);
    }
}

static void tell_changes_and_years(const struct telling *telling, xmlNode *paper)
{
    const struct period *now = &telling->published->period;
    int32_t length = now->last_month - now->first_month + 1;
    struct period span = {"before", now->first_month - length, now->first_month - 1};
    xmlNode *years = child(paper, "years"), *year = NULL;

    tell_past(telling, child(paper, "changes"), &span, "change");
    while ((year = next_child(years, year, "year")) != NULL) {
        span.first_month = (int32_t)integer(year, "name") * 12;
        span.last_month = span.first_month + 11;
        if (span.last_month > now->last_month) span.last_month = now->last_month;
        tell_past(telling, year, &span, "year");
    }
}

/* What came from and went to each other division, summed up by term. */
static void tell_funds(const struct telling *telling, xmlNode *paper)
{
    xmlNode *funds = child(paper, "funds"), *fund = NULL;
    struct selection lines;
    char code[TEXT_MAX];

    while ((fund = next_child(funds, fund, "fund")) != NULL) {
        int64_t figures[FIGURE_COUNT];

        read_law(fund, figures);
        select_lines(telling->published, telling->log, telling->division, false, BOOK_COUNT,
                     attribute(fund, "code", code), true, &lines);
        for (int term = 0; term < FLOW_TERM_COUNT; term++) {
            static struct attack_sum sum;

            if (figures[FIGURE_TERMS + term] == 0) continue; /* left out, or of no division */
            memset(&sum, 0, sizeof sum);
            add_figure(telling->published, telling->log, &lines, FIGURE_TERMS + term, &sum);
            tell_equal(telling, &sum, figures[FIGURE_TERMS + term], "fund");
        }
    }
}

/* A total that leaves nothing out is one of all lines, else one of those that are told. */
static void tell_below(const struct telling *telling, xmlNode *paper)
{
    xmlNode *below = next_child(paper, NULL, "below"), *book = NULL;
    struct selection lines, left_out;

    if (below == NULL) return;
    while ((book = next_child(below, book, "book")) != NULL) {
        int64_t withheld = integer(book, "withheld_lines");

        select_lines(telling->published, telling->log, telling->division, true,
                     (int)book_of(book, "name"), NULL, true, &lines);
        select_lines(telling->published, telling->log, telling->division, true,
                     (int)book_of(book, "name"), NULL, false, &left_out);
        for (size_t i = 0; i < LOG_LINES_MAX && withheld > 0; i++)
            withheld -= left_out.has[i];
        for (size_t i = 0; i < LOG_LINES_MAX && integer(book, "withheld_lines") == 0; i++)
            lines.has[i] = lines.has[i] || left_out.has[i];
        if (withheld != 0) continue; /* not known which lines it holds */
        tell_law(telling, book, &lines, "below");
    }
}

/* The worlds' projects have one plan line. */
static void tell_paid_in_period(const struct telling *telling, xmlNode *project, const char *code)
{
    const struct published *published = telling->published;
    xmlNode *paid = next_child(project, NULL, "paid_in_period");
    static struct attack_sum sum;

    if (paid == NULL) return;
    memset(&sum, 0, sizeof sum);
    log_add_paid(telling->log, code, 1, published->period.last_month, published->head, 1, &sum);
    log_add_paid(telling->log, code, 1, published->period.first_month - 1, published->head, -1,
                 &sum);
    tell_equal(telling, &sum, integer(paid, "fen"), code);
}

static void tell_projects(const struct telling *telling, xmlNode *paper)
{
    xmlNode *projects = child(paper, "projects"), *project = NULL;

    while ((project = next_child(projects, project, "project")) != NULL) {
        xmlNode *plan = NULL;
        char code[TEXT_MAX];

        (void)attribute(project, "code", code);
        while ((plan = next_child(project, plan, "plan")) != NULL) {
            static struct attack_sum sum, left;
            xmlNode *paid = next_child(plan, NULL, "paid");

            memset(&sum, 0, sizeof sum);
            memset(&left, 0, sizeof left);
            log_add_paid(telling->log, code, (int32_t)integer(plan, "line"),
                         telling->published->period.last_month, telling->published->head, 1, &sum);
            log_add_paid(telling->log, code, (int32_t)integer(plan, "line"),
                         telling->published->period.last_month, telling->published->head, -1,
                         &left);
            attack_is_not_negative(telling->attack, &sum);
            left.constant += integer(child(plan, "planned"), "fen");
            attack_is_not_negative(telling->attack, &left);
            if (paid != NULL) tell_equal(telling, &sum, integer(paid, "fen"), code);
        }
        tell_paid_in_period(telling, project, code);
    }
}

/* Stuck money is some of what stands there; the other lists tell all of it. */
static void tell_attention(const struct telling *telling, xmlNode *paper)
{
    static const char *const lists[] = {"unspent", "stuck", "expired"};
    char fund[TEXT_MAX];

    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        xmlNode *list = child(child(paper, "attention"), lists[i]), *item = NULL;

        while ((item = next_child(list, item, "item")) != NULL) {
            static struct attack_sum sum;
            size_t line = log_find_line(telling->log, telling->division, book_of(item, "book"),
                                        attribute(item, "fund", fund));

            memset(&sum, 0, sizeof sum);
            log_add_balance(telling->log, line, role_of(item),
                            telling->published->period.last_month, telling->published->head, 1,
                            &sum);
            if (strcmp(lists[i], "stuck") != 0) {
                tell_equal(telling, &sum, integer(item, "fen"), lists[i]);
                continue;
            }
            sum.constant -= integer(item, "fen");
            ck_assert_int_ge(log_true_value(telling->log, &sum), 0);
            attack_is_not_negative(telling->attack, &sum);
        }
    }
}

/* What a division spent under a project, of the lines that it tells; in one book or in all. */
static void add_spent(const struct telling *telling, const char *project, int book,
                      struct attack_sum *sum)
{
    struct selection lines;

    select_lines(telling->published, telling->log, telling->division, false, book, NULL, true,
                 &lines);
    for (size_t i = 0; i < telling->log->line_count; i++)
        if (lines.has[i])
            log_add_spent(telling->log, i, project, &telling->published->period,
                          telling->published->head, sum);
}

static bool has_less_than_nothing(const struct telling *telling, const char *project)
{
    for (int book = 0; book < BOOK_COUNT; book++) {
        static struct attack_sum sum;

        memset(&sum, 0, sizeof sum);
        add_spent(telling, project, book, &sum);
        if (log_true_value(telling->log, &sum) < 0) return true;
    }
    return false;
}

static bool is_named(xmlNode *flow, const char *project)
{
    xmlNode *to = NULL;
    char text[TEXT_MAX];

    while ((to = next_child(flow, to, "to")) != NULL)
        if (strcmp(attribute(to, "project", text), project) == 0) return true;
    return false;
}

/* All projects whose paid figure some document tells, those aside that have a name in the picture.
 */
static void add_other_projects(const struct telling *telling, xmlNode *flow, struct attack_sum *sum)
{
    for (size_t i = 0; i < telling->published->count; i++) {
        xmlNode *projects = child(xmlDocGetRootElement(telling->published->papers[i]), "projects");
        xmlNode *project = NULL;

        while ((project = next_child(projects, project, "project")) != NULL) {
            char code[TEXT_MAX];

            (void)attribute(project, "code", code);
            if (next_child(project, NULL, "paid") != NULL && !is_named(flow, code) &&
                !has_less_than_nothing(telling, code))
                add_spent(telling, code, BOOK_COUNT, sum);
        }
    }
}

static void tell_used(const struct telling *telling, xmlNode *flow, const char *number,
                      const char *project)
{
    xmlNode *used = NULL;
    char text[TEXT_MAX];

    while ((used = next_child(flow, used, "used")) != NULL) {
        static struct attack_sum sum;

        if (strcmp(attribute(used, "to", text), number) != 0) continue;
        memset(&sum, 0, sizeof sum);
        add_spent(telling, project, (int)book_of(used, "book"), &sum);
        tell_equal(telling, &sum, integer(used, "fen"), project);
    }
}

/* Each project that the picture names, and the others together. What is left of `spent` follows. */
static void tell_flow(const struct telling *telling, xmlNode *paper)
{
    xmlNode *flow = child(paper, "flow"), *to = NULL;

    while ((to = next_child(flow, to, "to")) != NULL) {
        char what[TEXT_MAX], project[TEXT_MAX], number[TEXT_MAX];
        static struct attack_sum sum;

        (void)attribute(to, "what", what);
        memset(&sum, 0, sizeof sum);
        if (strcmp(what, "project") == 0) {
            add_spent(telling, attribute(to, "project", project), BOOK_COUNT, &sum);
            tell_equal(telling, &sum, integer(to, "fen"), project);
            tell_used(telling, flow, attribute(to, "number", number), project);
        }
        if (strcmp(what, "other_projects") == 0) {
            add_other_projects(telling, flow, &sum);
            tell_equal(telling, &sum, integer(to, "fen"), what);
        }
    }
}

void published_tell(const struct published *published, const struct log *log, struct attack *attack)
{
    for (size_t i = 0; i < published->count; i++) {
        const struct telling telling = {published, log, attack, published->divisions[i]};
        xmlNode *paper = xmlDocGetRootElement(published->papers[i]);

        tell_books(&telling, paper);
        tell_summary(&telling, paper);
        tell_changes_and_years(&telling, paper);
        tell_funds(&telling, paper);
        tell_below(&telling, paper);
        tell_projects(&telling, paper);
        tell_flow(&telling, paper);
        tell_attention(&telling, paper);
    }
}

/* ---- What is withheld ------------------------------------------------------------------------ */

struct withheld_visit {
    const struct published *published;
    const struct log *log;
    void (*visit)(void *context, const struct published *published, const char *what,
                  const struct attack_sum *sum);
    void *context;
};

static void visit_lines(const struct withheld_visit *visit, const struct selection *lines,
                        const char *what)
{
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        static struct attack_sum sum;

        if (!is_figure_of_the_law(figure)) continue;
        memset(&sum, 0, sizeof sum);
        add_figure(visit->published, visit->log, lines, figure, &sum);
        visit->visit(visit->context, visit->published, what, &sum);
    }
}

static void visit_project(const struct withheld_visit *visit, const char *project)
{
    static struct attack_sum sum;

    memset(&sum, 0, sizeof sum);
    log_add_paid(visit->log, project, 1, visit->published->period.last_month,
                 visit->published->head, 1, &sum);
    visit->visit(visit->context, visit->published, project, &sum);
}

static void visit_paper(const struct withheld_visit *visit, const char *division, xmlNode *paper)
{
    xmlNode *withheld = child(paper, "withheld"), *item = NULL;
    struct selection lines;
    char what[TEXT_MAX], fund[TEXT_MAX], project[TEXT_MAX];

    while ((item = next_child(withheld, item, "item")) != NULL) {
        (void)attribute(item, "what", what);
        (void)attribute(item, "fund", fund);
        if (strcmp(what, "line") == 0) {
            select_lines(visit->published, visit->log, division, false, (int)book_of(item, "book"),
                         fund, false, &lines);
            visit_lines(visit, &lines, division);
        }
        if (strcmp(what, "project_paid") == 0)
            visit_project(visit, attribute(item, "project", project));
        if (strcmp(what, "below_total") == 0) {
            select_lines(visit->published, visit->log, division, true, (int)book_of(item, "book"),
                         NULL, false, &lines);
            visit_lines(visit, &lines, what);
        }
    }
}

void published_each_withheld(const struct published *published, const struct log *log,
                             void (*visit)(void *context, const struct published *published,
                                           const char *what, const struct attack_sum *sum),
                             void *context)
{
    const struct withheld_visit visitor = {published, log, visit, context};

    for (size_t i = 0; i < published->count; i++)
        visit_paper(&visitor, published->divisions[i], xmlDocGetRootElement(published->papers[i]));
}
