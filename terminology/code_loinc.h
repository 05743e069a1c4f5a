/*
 * code_loinc.h - codes of LOINC and their check digits.
 *
 * Code      1 to 7 digits, a dash, the check digit: Luhn's over the number.
 * Part      LP, LA (parts, answers) in front of such a number; the digit is Luhn's over letters
 *           and digits, a sign counting as its ASCII code less 48.  They name no test or
 *           observation.
 * Wrong     14 codes were published with a wrong digit, all deprecated.
 * Source    LOINC Users' Guide, 12 C, and the OpenMRS algorithm that it names for parts.
 */
#ifndef HMS_TERMINOLOGY_CODE_LOINC_H
#define HMS_TERMINOLOGY_CODE_LOINC_H

#include "core/text.h"

bool code_loinc_is(struct text code); /* the shape, whatever its digit */
bool code_loinc_is_part(struct text code);
/* Of a code or a part; or one of the 14. */
bool code_loinc_digit_is_right(struct text code);

#endif
