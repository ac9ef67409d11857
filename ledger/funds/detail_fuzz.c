/* detail_fuzz.c - any canonical JSON as a line's detail: what is read is written back byte for
 * byte. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#define TODAY ((date_t){18718}) /* 2021-04-01 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);
    struct voucher_line *line = malloc(sizeof *line);
    struct buffer written = BUFFER_INIT(DETAIL_SIZE_BYTES_MAX);
    struct leg_key key;
    struct leg leg;
    uint32_t bad_line;
    bool ok;

    assert(document != NULL && line != NULL);
    if (!json_parse(document, data, size, JSON_CANONICAL, &err)) goto out;
    if (!detail_read(document, 0, TODAY, NULL, line, &err)) {
        assert(err.message[0] != '\0');
        goto out;
    }
    ok = detail_write(line, &written, &err);
    assert(ok);
    assert(written.size == size && memcmp(written.data, data, size) == 0);
    leg_key_set(&key, line);
    memset(&leg, 0, sizeof leg);
    leg_note(&leg, line, 1);
    for (int i = 0; i < MOVEMENT_REVERSAL; i++) {
        ok = leg_check((enum movement)i, &key, &leg, &bad_line, &err);
        assert(ok || (bad_line == 1 && err.message[0] != '\0'));
        error_clear(&err);
    }
out:
    buffer_done(&written);
    free(line);
    json_document_free(document);
    return 0;
}
