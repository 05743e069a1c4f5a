/*
 * unit_spelling.h - units as laboratories and wards write them, as UCUM.
 *
 * Folded    without case and blanks of any width; both micro signs are u; superscripts are digits;
 *           wide and squared signs of the East, an Arabic percent sign, a fraction slash and a
 *           middle dot are their ASCII cousins.
 * Read      first as a whole ("mg%", "mmhg"), then as a numerator over denominators, each by its
 *           own list of words (terminology/unit_words.h), counts as powers of ten in any writing
 *           ("x10^9/l", "E9/l", "Tsd/ul", "mill/cmm").
 * Refused   what has two meanings: G/L is giga in one country and grams, typed in capitals, in
 *           another; "mil" is a thousand or a million, "gr" a gram or a grain, "MU" mega or milli,
 *           "mM" no millimeter.
 * Result    is UCUM, always: a test has each word of the lists read by the UCUM parser.
 */
#ifndef HMS_TERMINOLOGY_UNIT_SPELLING_H
#define HMS_TERMINOLOGY_UNIT_SPELLING_H

#include "core/text.h"

enum { UNIT_SPELLING_MAX = 48 };

/* In `out`, or an empty text: not known. */
struct text unit_spelling(struct text written, char out[UNIT_SPELLING_MAX]);

#endif
