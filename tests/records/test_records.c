/*
 * test_records.c - kinds made of lists of fields, with personal ones under a seal: live, replayed,
 * erased and lost. The kinds are made up: seats, who holds them, and whose turn it was.
 */
#include <stdio.h>
#include <stdlib.h>

#include "importers/import.h"
#include "ledger/records/records.h"
#include "tests/funds/fixture.h"

#define BODY_SIZE 4096
#define ID_NUMBER "11010519491231002X"
#define MOBILE    "13800138000"

// clang-format off
static const char *const kind_words[] = {"patrol", "repair", NULL};
static const char *const bank_words[] = {"county", "rural", NULL};

#define TRIAL_SEAT_FIELDS(X, D, S)                                                                 \
    X(SEAT_DIVISION, division, DIVISION, NULL, "where")                                            \
    X(SEAT_CODE,     seat,     CODE,     NULL, "its code")
#define TRIAL_POST_FIELDS(X, D, S)                                                                 \
    X(POST_CODE,     code,     CODE,     NULL, "its code")                                         \
    X(POST_DATE,     date,     DATE,     NULL, "first day")                                        \
    D(POST_IS_GONE,  trial_post)                                                                   \
    X(POST_KIND,     kind,     WORD,     kind_words, "patrol or repair")                           \
    X(POST_SEAT,     seat,     CODE,     NULL, "which seat")                                       \
    S(POST_ACCOUNT,  account,  CODE,     NULL, "code of the account")                              \
    S(POST_BANK,     bank,     WORD,     bank_words, "which bank pays")                            \
    S(POST_DIVISION, division, DIVISION, NULL, "where the holder lives")                           \
    S(POST_FILE,     file,     HASH,     NULL, "SHA-256 of the form")                              \
    S(POST_HOLDER,   holder,   TEXT,     NULL, "name and ID number")                               \
    S(POST_LATITUDE, latitude_microdegrees, INTEGER, NULL, "of the house")                         \
    S(POST_MONTH,    month,    MONTH,    NULL, "paid from")                                        \
    S(POST_PAY,      pay,      AMOUNT,   NULL, "fen a month")                                      \
    S(POST_PHONE,    phone,    PHONE,    NULL, "mobile")                                           \
    S(POST_POOR,     poor,     BOOLEAN,  NULL, "of a poor household")
#define TRIAL_TURN_FIELDS(X, D, S)                                                                 \
    X(TURN_DATE,     date,     DATE,     NULL, "the day")                                          \
    D(TURN_IS_GONE,  trial_turn)                                                                   \
    X(TURN_SEAT,     seat,     CODE,     NULL, "which seat")                                       \
    S(TURN_NAME,     name,     TEXT,     NULL, "who came")
#define TRIAL_KINDS(K)                                                                             \
    K(TRIAL, SEAT, "seat.open", trial_seat, "seats")                                               \
    K(TRIAL, POST, "post.hold", trial_post, "holders")                                             \
    K(TRIAL, TURN, "turn.take", trial_turn, "turns")
RECORD_DECLARE(TRIAL, trial)
TRIAL_KINDS(RECORD_TABLES)

static RECORD_CHECK(check_post);
static RECORD_CHECK(check_turn);

const struct record_kind trial_seat = {
    RECORD_KIND(TRIAL, SEAT, trial_seat, SEAT_CODE, SEAT_DIVISION, RECORD_NONE),
    .noun = "seat", .phrase = "opens seat", .named = SEAT_CODE};
const struct record_kind trial_post = {
    RECORD_KIND(TRIAL, POST, trial_post, POST_CODE, POST_DIVISION, POST_DATE),
    .noun = "post", .phrase = "fills post", .named = POST_CODE, .check = check_post};
const struct record_kind trial_turn = {
    RECORD_KIND(TRIAL, TURN, trial_turn, RECORD_NONE, RECORD_NONE, TURN_DATE),
    .phrase = "takes a turn on", .named = TURN_DATE, .check = check_turn,
    .subject_count = 2, .subject = {TURN_SEAT, TURN_DATE}};
const struct record_kind *const trial_kinds[] = {TRIAL_KINDS(RECORD_KIND_POINTER)};
static const struct entry_kind *const entry_kinds[] = {TRIAL_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const tables[] = {TRIAL_KINDS(RECORD_TABLE_POINTER) NULL};
// clang-format on

static const struct journal_module trial_module = {
    .kinds = entry_kinds, .tables = tables, .table_count = ARRAY_COUNT(tables) - 1};
static const struct journal_module *const modules[] = {&journal_module, &funds_module,
                                                       &disclosure_module, &trial_module, NULL};

// clang-format off
static const struct record_word words[] = {
    {"巡护", "patrol"}, {"维修", "repair"}, {"县联社", "county"}, {"农商行", "rural"}, {NULL, NULL}};
static const struct column post_list[] = {
    {"编号|code", COLUMN_REQUIRED, "G1"},
    {"席位|seat", COLUMN_REQUIRED, "Z1"},
    {"类型|kind", COLUMN_REQUIRED, "巡护"},
    {"日期|date", COLUMN_REQUIRED, "2023-03-01"},
    {"姓名|holder", COLUMN_REQUIRED, "张三"},
    {"电话|phone", 0, MOBILE},
    {"户籍|division", COLUMN_REQUIRED, "611025100201"},
    {"月补贴|pay", COLUMN_REQUIRED | COLUMN_MONEY, "600"},
    {"起始月份|month", COLUMN_REQUIRED, "2023-03"},
    {"银行|bank", COLUMN_REQUIRED, "农商行"},
    {"脱贫户|poor", 0, "是"},
    {"表格|file", COLUMN_REQUIRED, ""},
    {"纬度|latitude", 0, "33.423456"},
    {"账号代码|account", COLUMN_REQUIRED, "A1"},
};
static const size_t post_fields[] = {POST_CODE, POST_SEAT, POST_KIND, POST_DATE, POST_HOLDER, POST_PHONE,
    POST_DIVISION, POST_PAY, POST_MONTH, POST_BANK, POST_POOR, POST_FILE, POST_LATITUDE, POST_ACCOUNT};
#define TRIAL_SHEETS(S) S("post-holders", post, 3, trial_post)
TRIAL_SHEETS(RECORD_SHEET_DECLARE)
TRIAL_SHEETS(RECORD_SHEET_DEFINE)
// clang-format on

static RECORD_CHECK(check_post)
{
    (void)division_out;
    if (!record_require(journal, &trial_seat, record->values[POST_SEAT].text, err)) return false;
    return record_is_gone(&trial_post, record) || record->values[POST_HOLDER].text[0] != '\0' ||
           error_set(err, ERROR_INPUT, "nobody holds it");
}

static RECORD_CHECK(check_turn)
{
    struct record *seat = NULL;

    if (!record_fetch(journal, &trial_seat, record->values[TURN_SEAT].text, &seat, err))
        return false;
    memcpy(division_out, seat->values[SEAT_DIVISION].text, DIVISION_CODE_SIZE);
    free(seat);
    return true;
}

/* ---- The county, its journal with the trial's kinds ------------------------------------------ */

static struct fixture county, world;

static struct journal *new_journal(void)
{
    struct journal_options options = {modules, county.options.clock, county.options.random};
    struct journal *journal = NULL;
    struct store *store = NULL;
    struct error err = ERROR_INIT;

    ck_assert_ok(store_open_temporary(county.directory, &store, &err), err);
    ck_assert_ok(journal_create(store, &options, &journal, &err), err);
    return journal;
}

static void set_up(void)
{
    struct error err = ERROR_INIT;

    fixture_county(&county);
    world = county;
    world.journal = new_journal();
    ck_assert_ok(journal_replay(county.journal, world.journal, NULL, NULL, &err), err);
}

static void tear_down(void)
{
    journal_close(world.journal);
    fixture_done(&county);
}

static void assert_same_when_replayed(struct journal *journal)
{
    struct journal *replayed = new_journal();
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_replay(journal, replayed, NULL, NULL, &err), err);
    for (size_t i = 0; tables[i] != NULL; i++) {
        struct store_table_difference difference;
        bool equal = false;

        ck_assert_ok(store_compare_table(journal_store(journal), journal_store(replayed), tables[i],
                                         &equal, &difference, &err),
                     err);
        ck_assert_msg(equal, "table %s, row %s, column %s: %s, replayed %s", difference.table,
                      difference.key, difference.column, difference.left, difference.right);
    }
    journal_close(replayed);
}

static void set(struct record *record, size_t field, const char *text)
{
    (void)snprintf(record->values[field].text, sizeof record->values[field].text, "%s", text);
}

static struct record *new_record(const struct record_kind *kind)
{
    struct record *record = malloc(sizeof *record);

    ck_assert_ptr_nonnull(record);
    record_clear(kind, record);
    return record;
}

static struct record *new_post(const char *code)
{
    struct record *post = new_record(&trial_post);

    set(post, POST_CODE, code);
    set(post, POST_DATE, "2023-03-01");
    set(post, POST_KIND, "patrol");
    set(post, POST_SEAT, "Z1");
    set(post, POST_ACCOUNT, "A1");
    set(post, POST_BANK, "rural");
    set(post, POST_DIVISION, VILLAGE_1);
    set(post, POST_FILE, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    set(post, POST_HOLDER, "张三 " ID_NUMBER);
    set(post, POST_MONTH, "2023-03");
    post->values[POST_PAY].number = 60000;
    set(post, POST_PHONE, MOBILE);
    post->values[POST_POOR].number = 1;
    return post;
}

/* One row by `user`; the record is freed. */
static bool try_add(const char *user, const struct record_kind *kind, struct record *record,
                    struct error *err)
{
    struct signatory by = fixture_as(user);
    struct register_batch *batch = NULL;
    char what[32];
    hash_t content;
    bool repeated, ok;

    (void)snprintf(what, sizeof what, "rows-%u", fixture_number());
    content = hash_sha256((const uint8_t *)what, strlen(what));
    fixture_begin(&world);
    ok = register_begin(world.journal, &by, "rows", what, &content, &batch, &repeated, err) &&
         record_add(world.journal, batch, kind, record, err) && register_finish(batch, 1, err);
    if (!ok) register_free(batch);
    free(record);
    return fixture_end(&world, ok, err);
}

/* The entry of the row. */
static uint64_t add(const struct record_kind *kind, struct record *record)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_add("li", kind, record, &err), err);
    return journal_size(world.journal) - 2;
}

static uint64_t add_seat(void)
{
    struct record *seat = new_record(&trial_seat);

    set(seat, SEAT_CODE, "Z1");
    set(seat, SEAT_DIVISION, VILLAGE_1);
    return add(&trial_seat, seat);
}

static uint64_t add_turn(const char *date)
{
    struct record *turn = new_record(&trial_turn);

    set(turn, TURN_SEAT, "Z1");
    set(turn, TURN_DATE, date);
    set(turn, TURN_NAME, "李四");
    return add(&trial_turn, turn);
}

static void read_entry(uint64_t seq, char out[BODY_SIZE])
{
    struct buffer bytes = BUFFER_INIT(BODY_SIZE);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_read(world.journal, seq, &bytes, &err), err);
    (void)snprintf(out, BODY_SIZE, "%s", buffer_text(&bytes));
    buffer_done(&bytes);
}

static void assert_post(struct journal *journal, uint64_t seq, bool is_gone)
{
    struct record *post = new_record(&trial_post);
    struct error err = ERROR_INIT;

    ck_assert_ok(record_read(journal, &trial_post, seq, post, &err), err);
    ck_assert_str_eq(post->values[POST_CODE].text, "G1");
    ck_assert_str_eq(post->values[POST_KIND].text, "patrol");
    ck_assert_int_eq(record_is_gone(&trial_post, post), is_gone);
    ck_assert_str_eq(post->values[POST_HOLDER].text, is_gone ? "" : "张三 " ID_NUMBER);
    ck_assert_str_eq(post->values[POST_DIVISION].text, is_gone ? "" : VILLAGE_1);
    ck_assert_str_eq(post->values[POST_MONTH].text, is_gone ? "" : "2023-03");
    ck_assert_str_eq(post->values[POST_PHONE].text, is_gone ? "" : MOBILE);
    ck_assert_int_eq(post->values[POST_PAY].number, is_gone ? 0 : 60000);
    ck_assert_int_eq(post->values[POST_POOR].number, is_gone ? 0 : 1);
    free(post);
}

/* ---- Tests ----------------------------------------------------------------------------------- */

START_TEST(what_is_about_a_person_is_kept_and_does_not_stand_in_the_entry)
{
    struct buffer told = BUFFER_INIT(BODY_SIZE);
    struct error err = ERROR_INIT;
    char entry[BODY_SIZE];
    uint64_t seq;

    add_seat();
    seq = add(&trial_post, new_post("G1"));
    assert_post(world.journal, seq, false);
    read_entry(seq, entry);
    ck_assert_ptr_nonnull(strstr(entry, "\"date\":\"2023-03-01\",\"detail\":{\"sealed\":\""));
    ck_assert_ptr_nonnull(strstr(entry, "\"},\"kind\":\"patrol\",\"seat\":\"Z1\"}"));
    ck_assert_ptr_null(strstr(entry, "张三"));
    ck_assert_ptr_null(strstr(entry, VILLAGE_1));
    ck_assert_ok(journal_describe(world.journal, seq, &told, &err), err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&told), "fills post G1"));
    buffer_done(&told);
    assert_same_when_replayed(world.journal);
}
END_TEST

START_TEST(row_that_says_in_clear_the_name_which_it_seals_is_refused)
{
    struct record *turn = new_record(&trial_turn), *post = new_post("G-张三");
    struct error err = ERROR_INIT;

    add_seat();
    set(turn, TURN_SEAT, "李四的席位");
    set(turn, TURN_DATE, "2023-03-02");
    set(turn, TURN_NAME, "李四");
    ck_assert(!try_add("li", &trial_turn, turn, &err));
    ck_assert_error(err, ERROR_INPUT, "seat is public and holds a name that is sealed");
    error_clear(&err);
    set(post, POST_HOLDER, "张三");
    ck_assert(!try_add("li", &trial_post, post, &err));
    ck_assert_error(err, ERROR_INPUT, "code is public and holds a name that is sealed");
    error_clear(&err);
    /* A single character, or a letter or two, may stand anywhere. */
    post = new_post("G1");
    set(post, POST_HOLDER, "G1");
    add(&trial_post, post);
}
END_TEST

START_TEST(rows_are_found_by_what_is_sealed_too)
{
    struct record *found = new_record(&trial_post);
    struct error err = ERROR_INIT;
    bool is_there;
    int64_t count;

    add_seat();
    add(&trial_post, new_post("G1"));
    ck_assert_ok(
        record_find(world.journal, &trial_post, POST_PHONE, MOBILE, found, &is_there, &err), err);
    ck_assert(is_there);
    ck_assert_ok(record_count(world.journal, &trial_post, POST_DIVISION, VILLAGE_2, &count, &err),
                 err);
    ck_assert_int_eq(count, 0);
    free(found);
}
END_TEST

START_TEST(an_erased_row_stays_without_the_person)
{
    struct error err = ERROR_INIT;
    uint64_t post, turn;
    char body[BODY_SIZE];

    add_seat();
    post = add(&trial_post, new_post("G1"));
    turn = add_turn("2023-03-02");
    for (int i = 0; i < 2; i++) {
        (void)snprintf(body, sizeof body,
                       "{\"ground\":\"%s\",\"reason\":\"保存期满\",\"seals\":[{\"first\":%d,"
                       "\"last\":%d,\"purpose\":\"post.hold/detail\"},{\"first\":%d,\"last\":%d,"
                       "\"purpose\":\"turn.take/detail\"}]}",
                       i == 0 ? "retention_over" : "ordered", (int)post, (int)post, (int)turn,
                       (int)turn);
        if (i != 0) break;
        ck_assert(!fixture_try_agree(&world, "seal.erase", body, &err));
        ck_assert_error(err, ERROR_STATE, "nothing tells that the purpose of a post.hold is over");
        error_clear(&err);
    }
    fixture_agree(&world, "seal.erase", body);
    assert_post(world.journal, post, true);
    assert_same_when_replayed(world.journal);
    ck_assert(!fixture_try_agree(&world, "seal.erase", body, &err));
    ck_assert_error(err, ERROR_STATE, "has no sealed value post.hold/detail");
    error_clear(&err);

    /* Its code is still its own, and another row goes on. */
    ck_assert(!try_add("li", &trial_post, new_post("G1"), &err));
    ck_assert_error(err, ERROR_CONFLICT, "post.hold: G1 is in the ledger already");
    add(&trial_post, new_post("G2"));
    assert_same_when_replayed(world.journal);
}
END_TEST

static bool read_published(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

START_TEST(a_row_whose_sealed_value_is_lost_stays_without_it)
{
    struct published_log log = {.read = read_published};
    struct fixture lost;
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];
    uint64_t post, turn;

    add_seat();
    post = add(&trial_post, new_post("G1"));
    turn = add_turn("2023-03-02");
    log.size = journal_size(world.journal);
    log.context = world.journal;
    lost = world;
    lost.journal = new_journal();
    ck_assert_ok(journal_replay_until(world.journal, lost.journal, post, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(lost.journal, &log, &err), err);
    assert_post(lost.journal, post, true);
    assert_same_when_replayed(lost.journal);
    (void)snprintf(body, sizeof body,
                   "{\"reason\":\"机房失火\",\"seals\":[{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"import.file/content\"},{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"import.file/content\"},{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"post.hold/detail\"},{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"turn.take/detail\"}]}",
                   (int)post + 1, (int)post + 1, (int)turn + 1, (int)turn + 1, (int)post, (int)post,
                   (int)turn, (int)turn);
    fixture_agree(&lost, "seal.lost", body);
    assert_post(lost.journal, post, true);
    assert_same_when_replayed(lost.journal);
    journal_close(lost.journal);
}
END_TEST

/* A post with one field otherwise. */
static const struct {
    const char *user;
    size_t field;
    const char *text;
    enum error_code code;
    const char *words;
} bad[] = {
    {"li", POST_SEAT, "Z9", ERROR_NOT_FOUND, "no seat Z9 in the ledger; import it first"},
    {"li", POST_DATE, "2031-03-01", ERROR_INPUT, "has not come yet"},
    {"li", POST_KIND, "guard", ERROR_INPUT, "is not one of its words"},
    {"li", POST_SEAT, ID_NUMBER, ERROR_INPUT, "entries are public for ever"},
    {"li", POST_HOLDER, "", ERROR_INPUT, "nobody holds it"},
    {"li", POST_HOLDER, "张\t三", ERROR_INPUT, "control character"},
    {"li", POST_ACCOUNT, ID_NUMBER, ERROR_INPUT, "holds"},
    {"li", POST_BANK, "post", ERROR_INPUT, "is not one of its words"},
    {"li", POST_DIVISION, "611025100", ERROR_INPUT, "12"},
    {"li", POST_DIVISION, "611025100299", ERROR_NOT_FOUND, "611025100299"},
    {"li", POST_FILE, "e3b0", ERROR_INPUT, ""},
    {"li", POST_MONTH, "2023-13", ERROR_INPUT, "2023-13"},
    {"li", POST_PHONE, "none", ERROR_INPUT, "digits and hyphens"},
    {"ma", POST_DIVISION, VILLAGE_3, ERROR_PERMISSION, "ma"},
};

START_TEST(what_is_sealed_is_held_to_its_list_as_well)
{
    struct error err = ERROR_INIT;

    add_seat();
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct record *post = new_post("G1");

        set(post, bad[i].field, bad[i].text);
        ck_assert_msg(!try_add(bad[i].user, &trial_post, post, &err), "case %zu is taken", i);
        ck_assert_error(err, bad[i].code, bad[i].words);
        error_clear(&err);
    }
    ck_assert_ok(try_add("ma", &trial_post, new_post("G1"), &err), err);
}
END_TEST

/* A turn whose body and sealed value the test writes itself. */
static bool try_turn(const char *subject, const char *value_text, bool is_sealed, struct error *err)
{
    struct buffer value = BUFFER_INIT(BODY_SIZE), plain = BUFFER_INIT(BODY_SIZE);
    struct buffer member = BUFFER_INIT(BODY_SIZE), body = BUFFER_INIT(BODY_SIZE);
    struct signatory by = fixture_as("li");
    struct register_batch *batch = NULL;
    struct sealed_value sealed;
    const hash_t content = hash_sha256((const uint8_t *)subject, strlen(subject));
    bool repeated, ok;

    fixture_begin(&world);
    ok = buffer_append_text(&value, value_text, err) &&
         journal_seal(world.journal, "turn.take/detail", subject, &value, &plain, &member, &sealed,
                      err) &&
         buffer_append_format(&body, err, "{\"date\":\"2023-03-02\",\"detail\":%s,\"seat\":\"Z1\"}",
                              is_sealed ? buffer_text(&member) : value_text) &&
         register_begin(world.journal, &by, "rows", NULL, &content, &batch, &repeated, err) &&
         register_add_sealed_row(batch, "turn.take", &body, &sealed, is_sealed ? 1 : 0, err) &&
         register_finish(batch, 1, err);
    if (!ok) register_free(batch);
    buffer_done(&value);
    buffer_done(&plain);
    buffer_done(&member);
    buffer_done(&body);
    return fixture_end(&world, ok, err);
}

START_TEST(a_detail_in_clear_or_of_another_row_or_shape_is_refused)
{
    struct error err = ERROR_INIT;

    add_seat();
    ck_assert(!try_turn("Z1/2023-03-02", "{\"name\":\"李四\"}", false, &err));
    ck_assert_error(err, ERROR_INPUT, "should be sealed");
    error_clear(&err);
    ck_assert(!try_turn("Z1/2023-03-03", "{\"name\":\"李四\"}", true, &err));
    ck_assert_error(err, ERROR_VERIFY, "was sealed for another than Z1/2023-03-02");
    error_clear(&err);
    ck_assert(!try_turn("Z1/2023-03-02", "{\"age\":7,\"name\":\"李四\"}", true, &err));
    ck_assert_error(err, ERROR_INPUT, "there is no member \"age\" here");
    error_clear(&err);
    ck_assert(!try_turn("Z1/2023-03-02", "{}", true, &err));
    ck_assert_error(err, ERROR_INPUT, "member name is missing");
    error_clear(&err);
    ck_assert(!try_turn("Z1/2023-03-02", "\"李四\"", true, &err));
    ck_assert_error(err, ERROR_INPUT, "should be an object");
    error_clear(&err);
    ck_assert_ok(try_turn("Z1/2023-03-02", "{\"name\":\"李四\"}", true, &err), err);
    assert_same_when_replayed(world.journal);
}
END_TEST

/* ---- Sheets ---------------------------------------------------------------------------------- */

#define HEADINGS                                                                                   \
    "编号,席位,类型,日期,姓名,电话,户籍,月补贴(元),起始月份,银行,脱贫户,表格,纬度,账号代码\n"
#define FORM  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define POSTS 12

static void note_fault(void *context, const struct error *fault)
{
    struct error *first = context;

    if (first->code == ERROR_NONE) *first = *fault;
}

/* Import the text as a sheet of posts; `fault` receives the first cell that was blamed. */
static bool try_import(const char *text, struct import_report *report, struct error *fault,
                       struct error *err)
{
    struct import_options options = {.what = "post-holders", .by = fixture_as("li")};
    char path[FIXTURE_PATH_SIZE + 32];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/posts.csv", county.directory);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    options.path = path;
    options.fault = note_fault;
    options.context = fault;
    error_clear(fault);
    fixture_begin(&world);
    return fixture_end(&world,
                       import_record_file(world.journal, &post_sheet, &options, report, err), err);
}

struct codes {
    size_t count;
    bool is_in_order;
    int64_t last;
};

static bool see_code(void *context, const struct record *record, struct error *err)
{
    struct codes *codes = context;
    const int64_t code = record->values[POST_CODE].text[2] * 10 + record->values[POST_CODE].text[3];

    (void)err;
    codes->count++;
    codes->is_in_order = codes->is_in_order && code > codes->last;
    codes->last = code;
    return true;
}

START_TEST(a_sheet_about_people_is_sealed_and_in_random_order)
{
    struct buffer text = BUFFER_INIT(65536);
    struct codes codes = {.is_in_order = true};
    struct record *post = new_record(&trial_post);
    struct error err = ERROR_INIT, fault = ERROR_INIT;
    struct import_report report;
    bool found;

    add_seat();
    ck_assert(buffer_append_text(&text, HEADINGS, &err));
    for (int i = 0; i < POSTS; i++)
        ck_assert(buffer_append_format(&text, &err,
                                       "G-%02d,Z1,巡护,2023-03-01,张三%d " ID_NUMBER "," MOBILE
                                       "," VILLAGE_1 ",600,2023年3月,农商行,是," FORM
                                       ",33.42345,A1\n",
                                       i, i));
    ck_assert_ok(try_import(buffer_text(&text), &report, &fault, &err), err);
    ck_assert_uint_eq(report.rows, POSTS);
    ck_assert_ok(record_each(world.journal, &trial_post, 0, NULL, see_code, &codes, &err), err);
    ck_assert_uint_eq(codes.count, POSTS);
    ck_assert_msg(!codes.is_in_order, "the entries stand as the sheet does");
    ck_assert_ok(record_find(world.journal, &trial_post, POST_CODE, "G-07", post, &found, &err),
                 err);
    ck_assert(found);
    ck_assert_str_eq(post->values[POST_HOLDER].text, "张三7 " ID_NUMBER);
    ck_assert_str_eq(post->values[POST_MONTH].text, "2023-03");
    ck_assert_str_eq(post->values[POST_BANK].text, "rural");
    ck_assert_int_eq(post->values[POST_PAY].number, 60000);
    ck_assert_int_eq(post->values[POST_POOR].number, 1);
    ck_assert_int_eq(post->values[POST_LATITUDE].number, 33423450);
    assert_same_when_replayed(world.journal);
    free(post);
    buffer_done(&text);
}
END_TEST

#define ROW(code, seat, kind, month, latitude)                                                     \
    code "," seat "," kind ",2023-03-01,张三," MOBILE "," VILLAGE_1 ",600," month ",农商行,," FORM \
         "," latitude ",A1\n"

START_TEST(a_bad_row_about_a_person_is_named_with_its_place)
{
    static const struct {
        const char *text, *place, *words;
    } cases[] = {
        {HEADINGS ROW("G1", "Z1", "巡护", "2023-03", "33") ROW("G2", "Z1", "看门", "2023-03", "33"),
         "posts.csv:3: 类型", "none of its words; write 巡护, 维修"},
        {HEADINGS ROW("G1", "Z1", "巡护", "上月", "33"), "posts.csv:2: 起始月份", "上月"},
        {HEADINGS ROW("G1", "Z1", "巡护", "2023-03", "33") ROW("G2", "Z9", "巡护", "2023-03", "33"),
         "posts.csv:3", "no seat Z9 in the ledger"},
        {HEADINGS ROW("G1", "Z1", "巡护", "2023-03", "33.1234567"), "posts.csv:2: 纬度",
         "isn't a latitude or longitude in degrees"},
        {HEADINGS ROW("G1", "Z1", "巡护", "2023-03", "33°25'"), "posts.csv:2: 纬度",
         "isn't a latitude or longitude in degrees"},
    };
    struct error err = ERROR_INIT, fault = ERROR_INIT;
    struct import_report report;
    const uint64_t size = journal_size(world.journal);

    add_seat();
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert(!try_import(cases[i].text, &report, &fault, &err));
        ck_assert_ptr_nonnull(strstr(fault.message, cases[i].words));
        ck_assert_msg(strstr(fault.place, cases[i].place) != NULL, "%s", fault.place);
        error_clear(&err);
        ck_assert_uint_eq(journal_size(world.journal), size + 2);
    }
}
END_TEST

START_TEST(a_template_offers_the_words_of_a_list)
{
    const char *choices[16];

    ck_assert_uint_eq(record_sheet_choices(&post_sheet, 2, choices, 16), 2);
    ck_assert_str_eq(choices[0], "巡护");
    ck_assert_str_eq(choices[1], "维修");
    ck_assert_uint_eq(record_sheet_choices(&post_sheet, 9, choices, 16), 2);
    ck_assert_str_eq(choices[1], "农商行");
    ck_assert_uint_eq(record_sheet_choices(&post_sheet, 10, choices, 16), 2);
    ck_assert_str_eq(choices[0], "是");
    ck_assert_uint_eq(record_sheet_choices(&post_sheet, 4, choices, 16), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("records");
    TCase *tests = tcase_create("rows");
    SRunner *runner;
    int failed;

    fixture_prepare();
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_about_a_person_is_kept_and_does_not_stand_in_the_entry);
    tcase_add_test(tests, row_that_says_in_clear_the_name_which_it_seals_is_refused);
    tcase_add_test(tests, rows_are_found_by_what_is_sealed_too);
    tcase_add_test(tests, an_erased_row_stays_without_the_person);
    tcase_add_test(tests, a_row_whose_sealed_value_is_lost_stays_without_it);
    tcase_add_test(tests, what_is_sealed_is_held_to_its_list_as_well);
    tcase_add_test(tests, a_detail_in_clear_or_of_another_row_or_shape_is_refused);
    tcase_add_test(tests, a_sheet_about_people_is_sealed_and_in_random_order);
    tcase_add_test(tests, a_bad_row_about_a_person_is_named_with_its_place);
    tcase_add_test(tests, a_template_offers_the_words_of_a_list);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
