/*
 * number_text.h - decimal numbers as people write them, to the canonical text of
 * core/decimal.h.
 *
 * Reads     a sign (also U+2212), digits (transform/digit.h), one decimal mark, and thousands
 *           marks that stand in threes; U+066B and U+066C are always marks; where the thousands
 *           mark is a space, no-break and thin spaces are too.
 * Gives     "-12.50": no plus, no leading zeros, no minus at zero; the digits behind the point
 *           as they were written.
 * Limits    NUMBER_DIGITS_MAX digits; no exponents: a spreadsheet made those.
 */
#ifndef HMS_TRANSFORM_NUMBER_TEXT_H
#define HMS_TRANSFORM_NUMBER_TEXT_H

#include "transform/step.h"

enum { NUMBER_DIGITS_MAX = 38, NUMBER_BYTES_MAX = NUMBER_DIGITS_MAX + 4 };

struct number_format {
    char decimal;
    char thousands; /* 0: none */
};

struct number_text {
    char at[NUMBER_BYTES_MAX];
    uint8_t len;
    uint8_t fraction; /* digits behind the point */
};

/* From the arguments "decimal mark" and "thousands mark" of a step; '.' and none by default. */
bool number_format_compile(struct number_format *format, const struct step *step,
                           struct error *err) MUST_CHECK;
bool number_read(const struct number_format *format, struct text text,
                 struct number_text *number);
/* Copied into the arena, or `same` when it is that text already. */
struct text number_text_keep(const struct number_text *number, struct text same,
                             struct arena *arena);

#endif
