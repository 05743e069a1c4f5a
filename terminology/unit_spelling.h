/*
 * unit_spelling.h - units as laboratories and wards write them, as UCUM.
 *
 * Folded    without case and blanks; both micro signs are u; superscripts are digits; an Arabic
 *           percent sign, a fraction slash and a middle dot are their ASCII cousins.
 * Read      first as a whole ("mg%", "mmhg"), then as a numerator over denominators, each by its
 *           own list of words (English, German, French, Spanish, Arabic), counts as powers of
 *           ten in any writing ("x10^9/l", "Tsd/ul", "mill/cmm").
 * Refused   what has two meanings: G/L is giga in one country and grams, typed in capitals, in
 *           another; "mil" is a thousand or a million.
 * Result    is UCUM, always: a test has each word of the lists read by the UCUM parser.
 */
#ifndef HMS_TERMINOLOGY_UNIT_SPELLING_H
#define HMS_TERMINOLOGY_UNIT_SPELLING_H

#include "core/text.h"

enum { UNIT_SPELLING_MAX = 48 };

/* In `out`, or an empty text: not known. */
struct text unit_spelling(struct text written, char out[UNIT_SPELLING_MAX]);

/* For the test: calls `visit` with each word that the lists know, in a unit of its own. */
void unit_spelling_each(void (*visit)(struct text written, void *context), void *context);

#endif
