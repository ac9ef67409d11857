/*
 * suggest.c - the distance of optimal string alignment (Damerau, Levenshtein), by characters.
 *
 * A Chinese name with one wrong character is as near as an English word with one wrong letter.
 */
#include "cli/suggest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unistr.h>

#include "base/text.h"

#define CHARACTERS_MAX    64
#define DISTANCE_NEAR_MAX 3

/* The number of characters, or CHARACTERS_MAX + 1 when there are more or it isn't UTF-8. */
static size_t characters_of(const char *text, ucs4_t characters[CHARACTERS_MAX])
{
    const uint8_t *at = (const uint8_t *)text;
    size_t size = strlen(text);
    size_t count = 0;

    while (size > 0) {
        size_t step = text_sequence_size(at, size);

        if (step == 0 || count == CHARACTERS_MAX) return CHARACTERS_MAX + 1;
        (void)u8_mbtouc(&characters[count], at, size);
        if (characters[count] >= 'A' && characters[count] <= 'Z') characters[count] += 'a' - 'A';
        count++;
        at += step;
        size -= step;
    }
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t suggest_distance(const char *left, const char *right)
{
    ucs4_t a[CHARACTERS_MAX], b[CHARACTERS_MAX];
    size_t row[3][CHARACTERS_MAX + 1]; /* of the matrix: the one before last, the last, this one */
    size_t a_count = characters_of(left, a);
    size_t b_count = characters_of(right, b);
    size_t i, j;

    if (a_count > CHARACTERS_MAX || b_count > CHARACTERS_MAX) return CHARACTERS_MAX;
    for (j = 0; j <= b_count; j++)
        row[0][j] = j;
    for (i = 1; i <= a_count; i++) {
        const size_t *before_last = row[(i + 1) % 3];
        const size_t *last = row[(i + 2) % 3];
        size_t *now = row[i % 3];

        now[0] = i;
        for (j = 1; j <= b_count; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before_last[j - 2] + 1);
        }
    }
    return row[a_count % 3][b_count];
}

void suggest_begin(struct suggestion *suggestion, const char *typed)
{
    suggestion->typed = typed;
    suggestion->distance = 0;
    suggestion->is_right = false;
    suggestion->best[0] = '\0';
}

void suggest_offer(struct suggestion *suggestion, const char *candidate)
{
    ucs4_t characters[CHARACTERS_MAX];
    size_t distance = suggest_distance(suggestion->typed, candidate);
    size_t near = characters_of(suggestion->typed, characters) / 3;

    suggestion->is_right = suggestion->is_right || distance == 0;
    if (near < 1) near = 1;
    if (near > DISTANCE_NEAR_MAX) near = DISTANCE_NEAR_MAX;
    if (distance == 0 || distance > near || strlen(candidate) >= SUGGEST_TEXT_SIZE) return;
    if (distance >= characters_of(candidate, characters)) return; /* nothing of it is left */
    if (suggestion->best[0] != '\0' && distance >= suggestion->distance) return;
    suggestion->distance = distance;
    memcpy(suggestion->best, candidate, strlen(candidate) + 1);
}
