/*
 * code_lint.h - local codes that a spreadsheet has damaged, seen in a whole column of them.
 *
 * Alone     powers of ten, dates, errors: terminology/excel_damage.h.
 * Together  day numbers where the column also holds dates; rounded numbers where most long ones of
 *           the column are; ".0" where no code has another digit behind its dot; and lost zeros:
 *           two of three codes are numbers of one length, none of these begins with a zero, and
 *           others are shorter; a list that simply counts is none.
 * Repair    none: what was lost is for the source to say.
 */
#ifndef HMS_TRANSFORM_CODE_LINT_H
#define HMS_TRANSFORM_CODE_LINT_H

#include "terminology/excel_damage.h"

/* `found` gets the index of a code, a word for the damage and what it says. */
void code_lint(const struct text *codes, size_t count,
               void (*found)(size_t index, const char *word, const char *what, void *context),
               void *context);

#endif
