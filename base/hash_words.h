/*
 * hash_words.h - the beginning of a hash in words, short enough to compare aloud.
 *
 * Two people who hold a notice-board sheet and a telephone find out whether they see the same book:
 * one reads ten words, the other follows with a finger. Ten words are the first ten bytes, 80 bits:
 * whoever wants another book with the same words has to try 2^80 of them. Equal words are strong
 * evidence, not the proof: that is the whole hash.
 */
#ifndef BASE_HASH_WORDS_H
#define BASE_HASH_WORDS_H

#include "base/hash.h"

#define HASH_WORDS_COUNT 10
#define HASH_WORDS_SIZE  160 /* bytes, NUL included, of the words with a space between two */

/**
 * Write the first ten bytes of `hash` as words with single spaces between, and return `text`. Byte
 * b is word b of the list, counted from 0. The lists are in docs/disclosure.md's "The root in
 * words".
 */
char *hash_words(const hash_t *hash, bool in_chinese, char text[HASH_WORDS_SIZE]);

#endif
