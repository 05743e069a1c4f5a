/*
 * decimal.h - exact decimal numbers: money and quantities are never doubles.
 *
 * Shape     value = units / 10^scale, units a signed 128-bit integer.
 * Limits    38 digits; sums of 18-digit values over 10^19 rows cannot overflow.
 */
#ifndef HMS_CORE_DECIMAL_H
#define HMS_CORE_DECIMAL_H

#include "core/strbuf.h"

__extension__ typedef __int128 int128;

struct decimal {
    int128 units;
    int scale; /* digits behind the point, 0..18 */
};

/* 10^exponent, 0..18. */
uint64_t decimal_power(int exponent);
/* "-12.50", "+3", ".5", "1e3" is refused; digits behind the point beyond 18 are refused. */
bool decimal_parse(struct text text, struct decimal *out);
/* False when that would lose digits or exceed 38. */
bool decimal_rescale(struct decimal *value, int scale);
/* Half away from zero. */
bool decimal_round(struct decimal *value, int scale);
void decimal_format(struct strbuf *out, struct decimal value);

#endif
