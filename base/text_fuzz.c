/* text_fuzz.c - any bytes at all through the checks and searches of text.h and encode.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/identity.h"
#include "base/text.h"

#define NORMAL_SIZE_BYTES_MAX ((size_t)1 << 24)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* NFC of well-formed text exists, is well-formed and in NFC; of anything else there is none. */
static void try_nfc(const uint8_t *data, size_t size)
{
    struct buffer normal = BUFFER_INIT(NORMAL_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    bool is_normal = text_to_nfc(data, size, &normal, &err);

    assert(is_normal == text_is_utf8(data, size));
    if (is_normal) assert(text_is_nfc(normal.data, normal.size));
    if (text_is_nfc(data, size)) assert(normal.size == size);
    buffer_done(&normal);
}

/* What decodes is spelt as its encoding. */
static void try_base64(const uint8_t *data, size_t size)
{
    struct buffer bytes = BUFFER_INIT(NORMAL_SIZE_BYTES_MAX);
    struct buffer again = BUFFER_INIT(NORMAL_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    if (base64_decode((const char *)data, size, &bytes, &err)) {
        bool ok = base64_encode(bytes.data, bytes.size, &again, &err);

        assert(ok);
        assert(again.size == size);
        assert(size == 0 || memcmp(again.data, data, size) == 0);
    }
    buffer_done(&bytes);
    buffer_done(&again);
}

static void try_string(const char *text)
{
    struct error err = ERROR_INIT;
    char shown[ERROR_MESSAGE_SIZE];
    bool is_code = text_check_code(text, "code", &err);

    if (is_code) assert(strlen(text) <= TEXT_CODE_SIZE_MAX);
    error_clear(&err);
    if (!text_check_user(text, &err)) error_clear(&err);
    error_set(&err, ERROR_INPUT, "%s", text);
    memcpy(shown, err.message, sizeof shown);
    assert(text_is_utf8((const uint8_t *)shown, strlen(shown)));
    text_find_personal_number(text);
    id_card_has_form(text);
    bank_card_has_luhn(text);
    error_clear(&err);
    if (!uscc_check(text, &err)) error_clear(&err);
    if (!division_code_check(text, &err)) error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    assert(text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    try_nfc(data, size);
    try_base64(data, size);
    try_string(text);
    free(text);
    return 0;
}
