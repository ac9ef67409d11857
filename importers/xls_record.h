/*
 * xls_record.h - the records of a BIFF8 stream ([MS-XLS] 2.1.4) and the texts in them.
 */
#ifndef IMPORTERS_XLS_RECORD_H
#define IMPORTERS_XLS_RECORD_H

#include "base/buffer.h"
#include "importers/sheet_shared.h"
#include "importers/xls_compound.h"

#define RECORD_BYTES_MAX   8224
#define RECORD_TEXT_MAX    (4u * 65535) /* bytes of UTF-8; a text has at most 65,535 units */
#define RECORD_WINDOW_SIZE 65536

/** Record types (2.3); those that aren't here are passed over. */
enum record_type {
    RECORD_FORMULA = 0x0006,
    RECORD_END = 0x000a,
    RECORD_DATE_MODE = 0x0022,
    RECORD_PASSWORD = 0x002f,
    RECORD_FONT = 0x0031,
    RECORD_CONTINUE = 0x003c,
    RECORD_COLUMNS = 0x007d, /* ColInfo */
    RECORD_SHEET = 0x0085,
    RECORD_NUMBERS = 0x00bd,   /* MulRk */
    RECORD_MACROS = 0x00d3,    /* ObProj */
    RECORD_RICH_TEXT = 0x00d6, /* RString */
    RECORD_STYLE = 0x00e0,     /* XF */
    RECORD_MERGED = 0x00e5,
    RECORD_TEXTS = 0x00fc, /* SST */
    RECORD_SHARED_TEXT = 0x00fd,
    RECORD_NUMBER = 0x0203,
    RECORD_TEXT = 0x0204, /* Label */
    RECORD_ROW = 0x0208,
    RECORD_BOOLEAN = 0x0205,      /* BoolErr */
    RECORD_RESULT = 0x0207,       /* String: the text that a formula gave */
    RECORD_SHORT_NUMBER = 0x027e, /* RK */
    RECORD_FORMAT = 0x041e,
    RECORD_BEGIN = 0x0809
};

/** Reads one record after the other. */
struct record_reader {
    const struct compound_stream *stream; /* lent */
    uint64_t next;                        /* offset of the next record */
    uint16_t type;
    size_t size;
    size_t at; /* how far `data` was taken */
    uint8_t data[RECORD_BYTES_MAX];
    uint8_t window[RECORD_WINDOW_SIZE];
    uint64_t window_offset;
    size_t window_size;
    struct buffer text;
    const struct cell_styles *styles; /* lent; NULL: none, and nothing is struck out */
    bool is_struck;                   /* some of `text` */
};

void record_reader_init(struct record_reader *reader, const struct compound_stream *stream,
                        uint64_t offset);
void record_reader_done(struct record_reader *reader);

/** Read the next record. ERROR_INPUT when the stream ends before it does. */
bool record_next(struct record_reader *reader, struct error *err) MUST_CHECK;

/** Take bytes of the record and of those that continue it. ERROR_INPUT when it has no more. */
bool record_take(struct record_reader *reader, uint8_t *out, size_t size,
                 struct error *err) MUST_CHECK;
/** Does a font of this number strike out? Number 4 is none (2.5.129). */
bool record_font_is_struck(const struct cell_styles *styles, uint16_t font);
/** Are there bytes left in the record itself? */
bool record_has_more(const struct record_reader *reader);

/**
 * Take a text with its size in `size_bytes` bytes (XLUnicodeRichExtendedString, 2.5.293, and its
 * simpler kin) into `reader->text` as UTF-8, and tell whether some of it is struck out. ERROR_INPUT
 * for half a surrogate pair or a NUL.
 */
bool record_take_text(struct record_reader *reader, size_t size_bytes,
                      struct error *err) MUST_CHECK;

#endif
