/*
 * check_digit.h - is the check digit of a number right?
 *
 * Luhn      ISO/IEC 7812-1, annex B.           NPI   Luhn over 80840 and ten digits (CMS).
 * Verhoeff  J. Verhoeff, 1969; SNOMED CT.      mod11 NHS number: ten digits, weights 10 to 2.
 * mod97     ISO 7064 MOD 97-10: letters count as 10 to 35, the rest by 97 is 1.
 * IBAN      mod97 with the first four characters moved to the end (ISO 13616).
 * Input     digits (letters for mod97 and IBAN) alone; anything else is wrong.
 */
#ifndef HMS_TRANSFORM_CHECK_DIGIT_H
#define HMS_TRANSFORM_CHECK_DIGIT_H

#include "core/text.h"

bool check_luhn(struct text number);
bool check_npi(struct text number);
bool check_verhoeff(struct text number);
bool check_mod11(struct text number);
bool check_mod97(struct text number);
bool check_iban(struct text number);

#endif
