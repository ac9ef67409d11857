/*
 * exporters.h - files out: the signed disclosure snapshots, their publication in a git
 * repository, and papers for the office.
 *
 * 1. The same ledger and period give the same documents byte for byte; only signatures differ.
 * 2. A publication is one commit on `main`, signed by the publisher (SSHSIG, namespace git), on top
 * of the last one. History is never rewritten.
 * 3. No row in clear about a person or household ever reaches the repository.
 * 4. Order of work (DESIGN section 4): render -> if nothing differs, stop -> append
 * publication.make -> checkpoint -> sign documents and manifest -> commit.
 */
#ifndef EXPORTERS_EXPORTERS_H
#define EXPORTERS_EXPORTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/money.h"
#include "ledger/ledger.h"

/** A disclosure period: `2021`, `2021-Q3` or `2021-09`. */
struct period {
    char name[16];
    int32_t first_month, last_month;
};
bool period_parse(const char *text, struct period *out, struct error *err) MUST_CHECK;

struct publish_options {
    const char *repository; /* a directory; made (git init, main) when absent */
    const char *period;     /* NULL: checkpoint, tiles and keys alone */
    struct signatory by;    /* a publisher */
    struct signer *signer;
    /* `what` is "render", "sign" or "log"; false stops it while nothing is written yet: "render" */
    bool (*progress)(void *context, const char *what, uint64_t done, uint64_t total);
    void *context;
};
struct publish_result {
    bool changed;       /* false: nothing differed, no entry and no commit were made */
    uint64_t documents; /* written */
    uint64_t size;      /* of the published checkpoint */
    char commit[65];    /* hex id, "" when unchanged */
};
/** Appends its own entry and commits it; no transaction may be open. */
bool publish(struct ledger *ledger, const struct publish_options *options,
             struct publish_result *out, struct error *err) MUST_CHECK;

/** A figure that a published document says it corrected. Texts are lent for the call. */
struct published_correction {
    const char *period, *division;
    const char *of, *code, *book, *figure; /* docs/disclosure.md, `corrected`; code and book or "" */
    bool has_was, has_now;                 /* else it wasn't, or isn't, told */
    money_t was, now;
};
/**
 * Visit what the documents of a publication say they corrected: the newest period first, in it by
 * division. What an earlier correction of the same document said is in the history of git.
 *
 * @param more_out  figures that are told of as so many more, not named
 */
bool corrections_each(const char *repository,
                      bool (*visit)(void *context, const struct published_correction *correction,
                                    struct error *err),
                      void *context, uint64_t *more_out, struct error *err) MUST_CHECK;

/** What of a publication was made again, and what couldn't be. */
struct publication_recheck {
    size_t pages, tables;            /* made again from the signed documents, and the same */
    size_t other_pages, other_files; /* made by another edition of the program: not compared */
    size_t lists;                    /* pages of lists and the feed: the ledger makes them */
};
/**
 * Make pages, tables, index.html and README.md of a publication again from its signed documents and
 * compare; refuse what has no place in it, a page with a script, a link that leads elsewhere. The
 * first that is wrong is named. The documents themselves are audit/verify's to judge.
 *
 * @param root_name  what the ledger calls its root division, or NULL without one
 */
bool publication_recheck(const char *repository, const char *root_name,
                         struct publication_recheck *out, struct error *err) MUST_CHECK;

/** Compare every published document of a repository with what the ledger derives; the first
 * difference named. ERROR_VERIFY. */
bool publication_rederive(struct ledger *ledger, const char *repository,
                          struct error *err) MUST_CHECK;

/**
 * An iCalendar file (RFC 5545): the last day for each disclosure that is awaited or overdue at the
 * end of a day, and the last day that each standing notice must stand. Made again, every event has
 * the same UID. `scope` "" for all.
 */
bool duties_calendar(struct ledger *ledger, const char *scope, date_t as_of, struct buffer *out,
                     struct error *err) MUST_CHECK;

#define DUE_ITEMS_MAX 1000000 /* of a morning list */

/** The morning list (ledger/keeping): whatever is due of assets, by day, division and what. */
bool due_list_each(struct ledger *ledger, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err) MUST_CHECK;
/** The same as an iCalendar file: an event on each due day. */
bool due_calendar(struct ledger *ledger, const struct due_filter *filter, struct buffer *out,
                  struct error *err) MUST_CHECK;

/** A tlog-proof file for one entry under a published or fresh checkpoint note; extra is the entry's
 * bytes. */
bool proof_export(struct ledger *ledger, uint64_t seq, const uint8_t *checkpoint_note,
                  size_t note_size, struct buffer *out, struct error *err) MUST_CHECK;

/* ---- Paper: A4 pages for the office's binders, one HTML file without script or anything from
   outside. They name people and are not for publication. Same ledger, same bytes. -------------- */

#define PAPER_SIZE_BYTES_MAX (256u * 1024 * 1024) /* of a page or a PDF */

/** Vouchers (记账凭证) by number or reference, one after the other, in whatever state, marked when
 * not posted. ERROR_VERIFY when lines or entries aren't what the ledger says of one. */
bool paper_print_vouchers(struct ledger *ledger, const char *const *vouchers, size_t count,
                          struct buffer *html_out, struct error *err) MUST_CHECK;
/** The notice (资金下达通知) of one voucher that appropriates or allocates, or those of a fund, one
 * for each such voucher that is posted. */
bool paper_print_notice(struct ledger *ledger, const char *fund_or_voucher, struct buffer *html_out,
                        struct error *err) MUST_CHECK;
/** A division's month (月报), by code or name; marked when the month isn't closed. */
bool paper_print_statement(struct ledger *ledger, const char *division, int32_t month,
                           struct buffer *html_out, struct error *err) MUST_CHECK;

/** Labels (标签) for the assets of a place that are there on a day. All texts lent. */
struct label_request {
    const char *division; /* by code or name; with all within it */
    const char *site;     /* where the publication can be read, or "": the ledger's origin */
    date_t day;
};
/** Sheets of labels to stick on assets: code, name, place, a QR code of "SITE#CODE". ERROR_USAGE
 * for a site that no code can stand behind, or that is too long for a label. */
bool paper_print_labels(struct ledger *ledger, const struct label_request *request,
                        struct buffer *html_out, struct error *err) MUST_CHECK;
/** The morning list (今日待办), with boxes to tick. */
bool paper_print_due(struct ledger *ledger, const struct due_filter *filter,
                     struct buffer *html_out, struct error *err) MUST_CHECK;

/** What hangs on a village's notice board. All texts lent. */
struct board_request {
    const char *repository; /* the publication: what isn't published isn't printed */
    const char *division;   /* by code or name */
    const char *period;
    const char *place; /* which board, or "" */
    const char *site;  /* the address at which the publication can be read, or "" */
    date_t first_day, last_day;
    bool has_last_day;        /* false: it stays */
    const char *const *lists; /* vouchers that pay people, to be shown for objection */
    size_t list_count;
};
/**
 * The sheet for the notice board (公示栏), A3: the published document in large type, its standing
 * days, a QR code to its page, the root of the published log in words, and the lists, of which
 * surnames alone are shown. ERROR_NOT_FOUND when the period isn't published there.
 */
bool board_print(struct ledger *ledger, const struct board_request *request,
                 struct buffer *html_out, struct error *err) MUST_CHECK;

/** Make a PDF of such a page by weasyprint in a child process. ERROR_STATE, telling what to
 * install, when the program or a Chinese font is missing. */
bool paper_make_pdf(const struct buffer *html, struct buffer *pdf_out,
                    struct error *err) MUST_CHECK;

/* ---- Sheets: a listing as XLSX, with real numbers and frozen headings -------------------------
 */

#define XLSX_COLUMNS_MAX 64
#define XLSX_ROWS_MAX    1048575                  /* below the headings: the format's limit */
#define XLSX_FEN_MAX     INT64_C(999999999999999) /* 9,999,999,999,999.99 yuan */

/**
 * Cells are written from left to right, row by row; memory is flat in the number of rows. Text is
 * never a formula. The file appears under its name when it is whole; the same cells make the same
 * file.
 */
struct xlsx;

/** Begin a sheet; in the end `path` is overwritten. */
bool xlsx_open(const char *path, const char *const *headings, size_t count, struct xlsx **out,
               struct error *err) MUST_CHECK;
/* The next cell; behind the last of a row the next row begins. ERROR_LIMIT for what a sheet can't
   hold: too many rows, too long a text, a number of more than 15 digits; ERROR_IO. */
bool xlsx_text(struct xlsx *xlsx, const char *text, struct error *err) MUST_CHECK;
/** Yuan, exact to XLSX_FEN_MAX. */
bool xlsx_amount(struct xlsx *xlsx, money_t amount, struct error *err) MUST_CHECK;
bool xlsx_integer(struct xlsx *xlsx, int64_t value, struct error *err) MUST_CHECK;
/** In 1/10,000, shown as per cent with two decimals. */
bool xlsx_share(struct xlsx *xlsx, int64_t share_bp, struct error *err) MUST_CHECK;
bool xlsx_empty(struct xlsx *xlsx, struct error *err) MUST_CHECK;
/** Write the file. The handle is freed, whatever happens. */
bool xlsx_close(struct xlsx *xlsx, struct error *err) MUST_CHECK;
/** Leave no file; NULL allowed. */
void xlsx_discard(struct xlsx *xlsx);

#endif
