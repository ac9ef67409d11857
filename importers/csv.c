/*
 * csv.c - bytes to UTF-8 (iconv) to rows (libcsv).
 *
 * A file is read twice: once for its hash, encoding and delimiter, once for its rows. The second
 * reading hashes again, so that what was checked is what was read.
 */
#include "importers/csv.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csv.h>
#include <iconv.h>

#include "base/buffer.h"
#include "base/language.h"
#include "base/text.h"
#include "importers/importers.h"

#define CHUNK_SIZE      65536
#define HEAD_SIZE       16384            /* bytes by which the delimiter is found */
#define SEQUENCE_MAX    4                /* bytes of one character in UTF-8 and in GB18030 */
#define UTF8_OUT_SIZE   (2 * CHUNK_SIZE) /* two bytes of GB18030 are at most three of UTF-8 */
#define CELL_BUFFER_MAX (IMPORT_CELL_BYTES_MAX + 3) /* closing quote, NUL, one byte ahead */

/* By the index that enum csv_encoding gives. */
static const struct {
    const char *iconv_name;
    const char *name;
    size_t mark_size;
    uint8_t mark[3];
} encodings[] = {
    [CSV_UTF8] = {NULL, "UTF-8", 3, {0xef, 0xbb, 0xbf}},
    [CSV_GB18030] = {"GB18030", "GB18030", 0, {0}},
    [CSV_UTF16LE] = {"UTF-16LE", "UTF-16", 2, {0xff, 0xfe}},
    [CSV_UTF16BE] = {"UTF-16BE", "UTF-16", 2, {0xfe, 0xff}},
};

/* ---- Rows: libcsv with limits --------------------------------------------------------------- */

struct reader {
    struct csv_parser parser;
    bool has_parser;
    csv_visitor *visit; /* NULL: only see whether the bytes are text; rows aren't counted */
    void *context;
    uint64_t number; /* of the row being read */
    uint64_t bytes_done;
    bool after_return; /* the last row ended in CR, so that an LF now belongs to it */
    bool has_text;     /* some cell of this row isn't empty */
    size_t count;
    size_t at[CSV_CELLS_MAX]; /* offsets in `bytes` */
    char *cells[CSV_CELLS_MAX];
    struct buffer bytes;
    bool failed;
    struct error *err;
};

/* The bound that libcsv itself doesn't have: a quote left open would take in the whole file. */
static void *bounded_realloc(void *memory, size_t size)
{
    return size > CELL_BUFFER_MAX ? NULL : realloc(memory, size);
}

static void reader_fail_long(struct reader *reader)
{
    if (reader->parser.quoted) {
        error_set(reader->err, ERROR_INPUT,
                  "a quote opened in cell %zu of this row is never closed, or the cell is longer "
                  "than %d bytes; close the quote or shorten the cell",
                  reader->count + 1, IMPORT_CELL_BYTES_MAX);
    } else {
        error_set(reader->err, ERROR_LIMIT, "cell %zu is longer than %d bytes; shorten it",
                  reader->count + 1, IMPORT_CELL_BYTES_MAX);
    }
    reader->failed = true;
}

static void reader_take_cell(void *cell, size_t size, void *context)
{
    struct reader *reader = context;

    if (reader->failed) return;
    reader->after_return = false;
    if (size > IMPORT_CELL_BYTES_MAX) {
        reader_fail_long(reader);
        return;
    }
    if (reader->count == CSV_CELLS_MAX) {
        error_set(reader->err, ERROR_LIMIT, "the row has more than %d cells; remove the others",
                  CSV_CELLS_MAX);
        reader->failed = true;
        return;
    }
    if (memchr(cell, 0, size) != NULL) {
        error_set(
            reader->err, ERROR_ENCODING,
            "cell %zu holds a NUL byte, so this isn't a text file; save the sheet as CSV UTF-8",
            reader->count + 1);
        reader->failed = true;
        return;
    }
    reader->at[reader->count] = reader->bytes.size;
    if (!buffer_append(&reader->bytes, cell, size, reader->err) ||
        !buffer_append_byte(&reader->bytes, 0, reader->err)) {
        reader->failed = true;
        return;
    }
    reader->count++;
    if (size > 0) reader->has_text = true;
}

static void reader_end_row(int terminator, void *context)
{
    struct reader *reader = context;
    struct csv_row row;
    size_t i;

    if (reader->failed) return;
    if (terminator == '\n' && reader->after_return && reader->count == 0) {
        reader->after_return = false;
        return;
    }
    if (reader->has_text) {
        for (i = 0; i < reader->count; i++) {
            reader->cells[i] = (char *)reader->bytes.data + reader->at[i];
        }
        row = (struct csv_row){reader->number, reader->count, reader->cells, reader->bytes_done};
        reader->failed = !reader->visit(reader->context, &row, reader->err);
    }
    if (!reader->failed) reader->number++;
    reader->after_return = terminator == '\r';
    reader->has_text = false;
    reader->count = 0;
    buffer_reset(&reader->bytes);
}

static bool reader_init(struct reader *reader, char delimiter, csv_visitor *visit, void *context,
                        struct error *err)
{
    *reader = (struct reader){.visit = visit, .context = context, .number = 1, .err = err};
    reader->bytes = (struct buffer)BUFFER_INIT(CSV_ROW_BYTES_MAX);
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL) !=
        0) {
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    reader->has_parser = true;
    csv_set_delim(&reader->parser, (unsigned char)delimiter);
    csv_set_realloc_func(&reader->parser, bounded_realloc);
    csv_set_blk_size(&reader->parser, 1024);
    return true;
}

static void reader_done(struct reader *reader)
{
    if (reader->has_parser) csv_free(&reader->parser);
    buffer_done(&reader->bytes);
}

static bool reader_fail_parse(struct reader *reader, bool at_end)
{
    if (reader->failed) return false;
    switch (csv_error(&reader->parser)) {
    case CSV_ENOMEM:
    case CSV_ETOOBIG:
        reader_fail_long(reader);
        break;
    default:
        error_set(reader->err, ERROR_INPUT,
                  at_end ? N_("a quote opened in cell %zu of this row is never closed; close it")
                         : N_("a quote stands inside cell %zu; put the whole cell in quotes and "
                              "write each quote in it twice"),
                  reader->count + 1);
        reader->failed = true;
    }
    return false;
}

/* Errors carry no place yet; whoever called the visitor's own errors set theirs. */
static bool reader_push(struct reader *reader, const uint8_t *data, size_t size)
{
    size_t taken;

    if (reader->visit == NULL) return true;
    taken = csv_parse(&reader->parser, data, size, reader_take_cell, reader_end_row, reader);
    if (taken != size && !reader->failed) return reader_fail_parse(reader, false);
    return !reader->failed;
}

static bool reader_finish(struct reader *reader)
{
    if (csv_fini(&reader->parser, reader_take_cell, reader_end_row, reader) != 0) {
        return reader_fail_parse(reader, true);
    }
    return !reader->failed;
}

/* ---- Encodings ------------------------------------------------------------------------------ */

/* How many of the last bytes begin a UTF-8 sequence that isn't whole yet. */
static size_t utf8_open_tail(const uint8_t *data, size_t size)
{
    size_t back;

    for (back = 1; back < SEQUENCE_MAX && back <= size; back++) {
        uint8_t byte = data[size - back];

        if (byte < 0x80) return 0;
        if (byte >= 0xc0) {
            size_t whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return whole > back ? back : 0;
        }
    }
    return 0;
}

/* What is known of the text so far, piece by piece. */
struct scan {
    uint8_t bytes[SEQUENCE_MAX + CHUNK_SIZE];
    size_t held; /* of an open sequence, at the front of `bytes` */
    uint64_t size;
    uint8_t bad;    /* the first byte that is not UTF-8 */
    uint64_t lines; /* line feeds seen before the first byte that isn't UTF-8 */
    bool is_utf8;
    bool has_mark;
    uint64_t feeds[2];  /* bytes 0x0A at even and at odd offsets */
    uint64_t halves[2]; /* those of them with a NUL where the other half of a UTF-16 unit lies */
    uint8_t last;
    enum csv_encoding encoding; /* by its mark; else known when all was seen */
    char delimiter;
    uint8_t head[HEAD_SIZE];
    size_t head_size;
};

static void scan_init(struct scan *scan)
{
    scan->held = scan->head_size = 0;
    scan->size = scan->lines = 0;
    scan->bad = scan->last = 0;
    scan->feeds[0] = scan->feeds[1] = 0;
    scan->halves[0] = scan->halves[1] = 0;
    scan->has_mark = false;
    scan->is_utf8 = true;
    scan->encoding = CSV_UTF8;
    scan->delimiter = ',';
}

static uint64_t count_line_feeds(const uint8_t *data, size_t size)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < size; i++)
        count += data[i] == '\n';
    return count;
}

static void scan_check(struct scan *scan, size_t size)
{
    size_t good = 0;
    size_t step;

    if (!scan->is_utf8) return;
    if (text_is_utf8(scan->bytes, size)) {
        scan->lines += count_line_feeds(scan->bytes, size);
        return;
    }
    while ((step = text_sequence_size(scan->bytes + good, size - good)) > 0)
        good += step;
    scan->lines += count_line_feeds(scan->bytes, good);
    scan->bad = scan->bytes[good];
    scan->is_utf8 = false;
}

/* The first bytes: the mark, and what the delimiter will be found by. */
static void scan_add_head(struct scan *scan, const uint8_t *data, size_t size)
{
    size_t room = sizeof scan->head - scan->head_size;
    size_t i;

    for (i = 0; scan->size == 0 && i < ARRAY_COUNT(encodings); i++) {
        size_t mark_size = encodings[i].mark_size;

        if (mark_size == 0 || size < mark_size) continue;
        if (memcmp(data, encodings[i].mark, mark_size) != 0) continue;
        scan->encoding = (enum csv_encoding)i;
        scan->has_mark = true;
    }
    if (room > size) room = size;
    memcpy(scan->head + scan->head_size, data, room);
    scan->head_size += room;
}

/* A line feed of UTF-16 is 0A 00 from an even offset or 00 0A, as the byte order is. */
static void scan_add_feeds(struct scan *scan, const uint8_t *data, size_t size)
{
    const uint8_t *at = data;

    if (size > 0 && scan->size % 2 == 1 && scan->last == '\n' && data[0] == 0) scan->halves[0]++;
    while (size > 0 && (at = memchr(at, '\n', size - (size_t)(at - data))) != NULL) {
        size_t offset = (size_t)(at - data);
        bool is_odd = (scan->size + offset) % 2 == 1;

        scan->feeds[is_odd]++;
        if (is_odd && (offset > 0 ? at[-1] : scan->last) == 0) scan->halves[1]++;
        if (!is_odd && offset + 1 < size && at[1] == 0) scan->halves[0]++;
        at++;
    }
    if (size > 0) scan->last = data[size - 1];
}

static void scan_add(struct scan *scan, const uint8_t *data, size_t size)
{
    size_t whole;
    size_t tail;

    assert(size <= CHUNK_SIZE);
    scan_add_head(scan, data, size);
    scan_add_feeds(scan, data, size);
    scan->size += size;
    if (!scan->is_utf8) return;
    memcpy(scan->bytes + scan->held, data, size);
    whole = scan->held + size;
    tail = utf8_open_tail(scan->bytes, whole);
    scan_check(scan, whole - tail);
    memmove(scan->bytes, scan->bytes + whole - tail, tail);
    scan->held = tail;
}

/*
 * Without a mark, UTF-16 needs a line feed of one byte order and no byte 0x0A where its other half
 * belongs: there it would begin U+0A00 to U+0AFF (Gurmukhi), but in text of single bytes about
 * every second line ends there.
 */
static enum csv_encoding scan_encoding(const struct scan *scan)
{
    if (scan->has_mark) return scan->encoding;
    if (scan->halves[0] > 0 && scan->feeds[1] == 0) return CSV_UTF16LE;
    if (scan->halves[1] > 0 && scan->feeds[0] == 0) return CSV_UTF16BE;
    return scan->is_utf8 ? CSV_UTF8 : CSV_GB18030;
}

static bool conversion_open(enum csv_encoding encoding, iconv_t *out, struct error *err)
{
    iconv_t conversion = iconv_open("UTF-8", encodings[encoding].iconv_name);

    if (conversion == (iconv_t)-1) {
        return error_set(err, ERROR_IO,
                         "this system has no %s conversion; save the sheet as CSV UTF-8",
                         encodings[encoding].name);
    }
    *out = conversion;
    return true;
}

/* What the head can't be converted to is left out: the reading itself will name it. */
static bool scan_find_delimiter(struct scan *scan, struct error *err)
{
    char text[2 * HEAD_SIZE];
    size_t skip = scan->has_mark ? encodings[scan->encoding].mark_size : 0;
    char *in = (char *)scan->head + skip;
    size_t in_left = scan->head_size - skip;
    char *out = text;
    size_t out_left = sizeof text;
    iconv_t conversion = (iconv_t)-1;

    if (scan->encoding == CSV_UTF8) {
        scan->delimiter = csv_delimiter_find(in, in_left);
        return true;
    }
    if (!conversion_open(scan->encoding, &conversion, err)) return false;
    (void)iconv(conversion, &in, &in_left, &out, &out_left);
    iconv_close(conversion);
    scan->delimiter = csv_delimiter_find(text, sizeof text - out_left);
    return true;
}

static bool scan_finish(struct scan *scan, struct error *err)
{
    scan_check(scan, scan->held);
    scan->held = 0;
    scan->encoding = scan_encoding(scan);
    if (scan->encoding == CSV_UTF8 && !scan->is_utf8) {
        error_set(err, ERROR_ENCODING,
                  "the file says that it is UTF-8 but this line isn't; save the sheet again as CSV "
                  "UTF-8");
        return error_at(err, "%llu", (unsigned long long)scan->lines + 1);
    }
    return scan_find_delimiter(scan, err);
}

/* Turns what is stored into UTF-8 and hands it to the reader. */
struct decoder {
    struct reader *reader;
    const struct scan *scan;
    iconv_t conversion; /* (iconv_t)-1 for UTF-8 */
    size_t skip;        /* bytes of the byte order mark still to be left out */
    uint64_t taken;     /* bytes pushed so far */
    size_t held;        /* bytes of an open sequence, at the front of `in` */
    char in[SEQUENCE_MAX + CHUNK_SIZE];
    char out[UTF8_OUT_SIZE];
};

static bool decoder_init(struct decoder *decoder, struct reader *reader, const struct scan *scan,
                         struct error *err)
{
    decoder->reader = reader;
    decoder->scan = scan;
    decoder->conversion = (iconv_t)-1;
    decoder->skip = scan->has_mark ? encodings[scan->encoding].mark_size : 0;
    decoder->taken = 0;
    decoder->held = 0;
    if (scan->encoding == CSV_UTF8) return true;
    return conversion_open(scan->encoding, &decoder->conversion, err);
}

static void decoder_done(struct decoder *decoder)
{
    if (decoder->conversion != (iconv_t)-1) iconv_close(decoder->conversion);
}

/*
 * Of two encodings that were tried, the text was meant in the one that carried it further; the
 * place is where that one fails.
 */
static bool decoder_fail(const struct decoder *decoder, const char *at)
{
    const struct scan *scan = decoder->scan;
    uint64_t utf8_line = scan->lines + 1;
    bool is_utf8 = scan->encoding == CSV_GB18030 && utf8_line > decoder->reader->number;
    uint8_t byte = is_utf8 ? scan->bad : (uint8_t)*at;

    decoder->reader->failed = true;
    if (scan->encoding == CSV_GB18030) {
        error_set(decoder->reader->err, ERROR_ENCODING,
                  "byte 0x%02X in this row is neither UTF-8 nor GB18030 text; save the sheet again "
                  "as CSV UTF-8",
                  (unsigned)byte);
    } else {
        error_set(decoder->reader->err, ERROR_ENCODING,
                  "the file %s UTF-16 but this row isn't; save the sheet again as CSV UTF-8",
                  scan->has_mark ? _("says that it is") : _("seems to be"));
    }
    return error_at(decoder->reader->err, "%llu",
                    (unsigned long long)(is_utf8 ? utf8_line : decoder->reader->number));
}

static bool decoder_convert(struct decoder *decoder, size_t size)
{
    char *in = decoder->in;
    size_t in_left = size;

    while (in_left > 0) {
        char *out = decoder->out;
        size_t out_left = sizeof decoder->out;
        size_t done = iconv(decoder->conversion, &in, &in_left, &out, &out_left);
        int reason = errno;

        if (!reader_push(decoder->reader, (const uint8_t *)decoder->out,
                         sizeof decoder->out - out_left)) {
            return false;
        }
        if (done != (size_t)-1 || reason == E2BIG) continue;
        if (reason != EINVAL || in_left >= SEQUENCE_MAX) return decoder_fail(decoder, in);
        break;
    }
    memmove(decoder->in, in, in_left);
    decoder->held = in_left;
    return true;
}

static bool decoder_push(struct decoder *decoder, const uint8_t *data, size_t size)
{
    size_t skip = decoder->skip < size ? decoder->skip : size;

    assert(size <= CHUNK_SIZE);
    decoder->taken += size;
    decoder->reader->bytes_done = decoder->taken;
    decoder->skip -= skip;
    data += skip;
    size -= skip;
    if (decoder->scan->encoding == CSV_UTF8) return reader_push(decoder->reader, data, size);
    memcpy(decoder->in + decoder->held, data, size);
    return decoder_convert(decoder, decoder->held + size);
}

static bool decoder_finish(struct decoder *decoder)
{
    if (decoder->held > 0) return decoder_fail(decoder, decoder->in);
    return reader_finish(decoder->reader);
}

/* ---- Files ---------------------------------------------------------------------------------- */

struct csv_file {
    int descriptor;
    hash_t hash;
    uint64_t size;
    struct hash_stream *hashing;
    uint8_t chunk[CHUNK_SIZE];
    struct scan scan;
    bool is_tried; /* all of it is text in its encoding */
    struct decoder decoder;
    struct reader reader;
};

/* Fills the chunk unless the file ends first; size 0 is the end. */
static bool file_read_chunk(struct csv_file *file, size_t *size_out, struct error *err)
{
    size_t size = 0;
    ssize_t got;

    while (size < sizeof file->chunk) {
        got = read(file->descriptor, file->chunk + size, sizeof file->chunk - size);
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return error_set(err, ERROR_IO, "reading failed: %s", strerror(errno));
        size += (size_t)got;
    }
    *size_out = size;
    return true;
}

static bool file_examine(struct csv_file *file, struct error *err)
{
    size_t size = 0;

    scan_init(&file->scan);
    do {
        if (!file_read_chunk(file, &size, err)) return false;
        hash_stream_add(file->hashing, file->chunk, size);
        scan_add(&file->scan, file->chunk, size);
    } while (size > 0);
    if (!scan_finish(&file->scan, err)) return false;
    file->hash = hash_stream_finish(file->hashing);
    file->size = file->scan.size;
    return true;
}

bool csv_file_open(const char *path, struct csv_file **out, struct error *err)
{
    struct csv_file *file = NULL;
    struct stat status;
    bool ok = false;

    assert(path != NULL);
    file = calloc(1, sizeof *file);
    if (file == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    file->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (file->descriptor < 0) {
        error_set(err, ERROR_IO, "can't be opened: %s", strerror(errno));
        goto out;
    }
    if (fstat(file->descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        error_set(err, ERROR_IO, "isn't a regular file; give the CSV file itself");
        goto out;
    }
    file->hashing = hash_stream_new(err);
    if (file->hashing == NULL) goto out;
    if (!file_examine(file, err)) goto out;
    *out = file;
    file = NULL;
    ok = true;
out:
    csv_file_close(file);
    return ok;
}

void csv_file_close(struct csv_file *file)
{
    if (file == NULL) return;
    if (file->descriptor >= 0) close(file->descriptor);
    hash_stream_free(file->hashing);
    free(file);
}

const hash_t *csv_file_hash(const struct csv_file *file)
{
    return &file->hash;
}

uint64_t csv_file_size(const struct csv_file *file)
{
    return file->size;
}

enum csv_encoding csv_file_encoding(const struct csv_file *file)
{
    return file->scan.encoding;
}

char csv_file_delimiter(const struct csv_file *file)
{
    return file->scan.delimiter;
}

/* Where the bytes come from: the file, or memory in pieces of `step`. */
struct source {
    struct csv_file *file; /* with a descriptor, or */
    const uint8_t *data;
    size_t size, step;
};

static bool decode_all(const struct source *source, struct decoder *decoder, struct error *err)
{
    size_t size = 0;
    size_t at;

    for (at = 0; source->file == NULL && at < source->size; at += size) {
        size = source->size - at < source->step ? source->size - at : source->step;
        if (!decoder_push(decoder, source->data + at, size)) return false;
    }
    while (source->file != NULL) {
        if (!file_read_chunk(source->file, &size, err)) return false;
        if (size == 0) break;
        if (decoder->reader->visit != NULL) {
            hash_stream_add(source->file->hashing, source->file->chunk, size);
        }
        if (!decoder_push(decoder, source->file->chunk, size)) return false;
    }
    return decoder_finish(decoder);
}

/* One reading from the start. An error of a row that the visitor didn't see gets its place here. */
static bool read_once(struct csv_file *file, const struct source *source, csv_visitor *visit,
                      void *context, struct error *err)
{
    bool ok = false;

    if (!reader_init(&file->reader, file->scan.delimiter, visit, context, err)) goto out;
    if (!decoder_init(&file->decoder, &file->reader, &file->scan, err)) goto out;
    ok = decode_all(source, &file->decoder, err);
    decoder_done(&file->decoder);
    if (!ok && err->place[0] == 0) {
        error_at(err, "%llu", (unsigned long long)file->reader.number);
    }
out:
    reader_done(&file->reader);
    return ok;
}

static bool file_rewind(struct csv_file *file, struct error *err)
{
    (void)hash_stream_finish(file->hashing);
    if (lseek(file->descriptor, 0, SEEK_SET) == 0) return true;
    return error_set(err, ERROR_IO, "can't be read again: %s", strerror(errno));
}

static bool pass_row(void *context, const struct csv_row *row, struct error *err)
{
    (void)context, (void)row, (void)err;
    return true;
}

/*
 * Text taken for GB18030 only because it isn't UTF-8 is tried first, and UTF-16 too, so that nobody
 * is shown the garbled cells of a broken UTF-8 file. Only when that fails are its rows read, to
 * name the one. Other faults of that reading come again in the real one.
 */
static bool try_encoding(struct csv_file *file, const struct source *source, struct error *err)
{
    struct error fault = ERROR_INIT;

    if (file->scan.encoding == CSV_UTF8 || file->is_tried) return true;
    file->is_tried = read_once(file, source, NULL, NULL, &fault);
    if (file->is_tried || fault.code != ERROR_ENCODING) return true;
    error_clear(&fault);
    if (source->file != NULL && !file_rewind(file, err)) return false;
    if (read_once(file, source, pass_row, NULL, &fault) || fault.code != ERROR_ENCODING)
        return true;
    *err = fault;
    return false;
}

bool csv_file_read(struct csv_file *file, csv_visitor *visit, void *context, struct error *err)
{
    const struct source source = {file, NULL, 0, 0};
    hash_t hash;

    if (!file_rewind(file, err) || !try_encoding(file, &source, err)) return false;
    if (!file_rewind(file, err) || !read_once(file, &source, visit, context, err)) return false;
    hash = hash_stream_finish(file->hashing);
    if (hash_equal(&hash, &file->hash)) return true;
    return error_set(err, ERROR_CONFLICT, "the file changed while it was read; import it again");
}

/* ---- Memory --------------------------------------------------------------------------------- */

bool csv_bytes_read(const uint8_t *data, size_t size, size_t step, csv_visitor *visit,
                    void *context, struct error *err)
{
    const struct source source = {NULL, data, size, step};
    struct csv_file *file = NULL; /* one without a descriptor */
    size_t at;
    bool ok = false;

    assert(step >= encodings[CSV_UTF8].mark_size && step <= CHUNK_SIZE);
    file = calloc(1, sizeof *file);
    if (file == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    file->descriptor = -1;
    scan_init(&file->scan);
    for (at = 0; at < size; at += step) {
        scan_add(&file->scan, data + at, size - at < step ? size - at : step);
    }
    if (!scan_finish(&file->scan, err)) goto out;
    ok = try_encoding(file, &source, err) && read_once(file, &source, visit, context, err);
out:
    csv_file_close(file);
    return ok;
}
