/*
 * text.c - UTF-8 and its normalization, display width, and the codes that people give.
 */
#include "base/text.h"

/* The bounds that the second byte keeps for each range of first bytes; later bytes are 80..BF. */
static const struct {
    uint8_t first_low, first_high;
    uint8_t second_low, second_high;
    uint8_t size;
} utf8_forms[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

size_t text_sequence_size(const uint8_t *data, size_t size)
{
    size_t form;
    size_t i;

    if (size == 0) return 0;
    if (data[0] < 0x80) return 1;
    for (form = 0; form < ARRAY_COUNT(utf8_forms); form++) {
        if (data[0] <= utf8_forms[form].first_high) break;
    }
    if (form == ARRAY_COUNT(utf8_forms) || data[0] < utf8_forms[form].first_low) return 0;
    if (size < utf8_forms[form].size) return 0;
    if (data[1] < utf8_forms[form].second_low || data[1] > utf8_forms[form].second_high) return 0;
    for (i = 2; i < utf8_forms[form].size; i++) {
        if (data[i] < 0x80 || data[i] > 0xbf) return 0;
    }
    return utf8_forms[form].size;
}
