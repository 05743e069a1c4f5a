/*
 * ucum_real.h - numbers of 113 bits (34 decimal digits), for factors of units.
 *
 * Why       a factor such as 0.001 is no binary fraction: with 34 digits the error of a chain of
 *           conversions stays far behind the 16 digits that anyone reads, so 100 mg/dL comes
 *           back as 100 and not as 99.99999999999999.
 * Functions of special units (logarithms, tangents) are computed with 18 digits.
 */
#ifndef HMS_TERMINOLOGY_UCUM_REAL_H
#define HMS_TERMINOLOGY_UCUM_REAL_H

#include "core/strbuf.h"

#if __LDBL_MANT_DIG__ == 113
typedef long double ucum_real;
#else
__extension__ typedef __float128 ucum_real;
#endif

enum { UCUM_REAL_DIGITS_MAX = 30 };

/* "6.02214076", "-1e-3"; false when it is no number or its exponent is beyond 999. */
bool ucum_real_parse(struct text text, ucum_real *out);
/* At most that many significant digits, no trailing zeros, an exponent only where the number
 * would be longer than 21 characters. */
void ucum_real_format(struct strbuf *out, ucum_real value, int digits);
ucum_real ucum_real_power(ucum_real base, int exponent);
bool ucum_real_is_finite(ucum_real value);

#endif
