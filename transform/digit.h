/*
 * digit.h - decimal digits as hospitals write them: ASCII, Arabic-Indic (U+0660..0669) and
 * Extended Arabic-Indic (U+06F0..06F9).
 */
#ifndef HMS_TRANSFORM_DIGIT_H
#define HMS_TRANSFORM_DIGIT_H

#include "core/text.h"

/* 0..9, or -1; `*width` becomes the bytes to go on by, at least 1.  len > 0. */
int digit_read(const char *at, size_t len, size_t *width);
/* The text with such digits as ASCII.  `text` itself when it is ASCII; else written to
 * `buffer`; empty when that is too small. */
struct text digit_fold(struct text text, char *buffer, size_t size);

static inline bool digit_is_ascii(char byte)
{
    return byte >= '0' && byte <= '9';
}

#endif
