/*
 * excel_damage.h - what a spreadsheet leaves of a code that passed through it.
 *
 * Seen in   a value alone (excel_damage_of): no code system and no laboratory writes such a
 *           thing on purpose.
 * Doubtful  (excel_doubt_of): every honest column has a few values like that; they are damage
 *           where their neighbours say so.  A day number is one where the column also holds
 *           dates; a rounded number of 16 digits, where most long numbers of the column end in
 *           0; "250.0", where no value of the column has another digit behind its dot.
 * Not seen  lost leading zeros: 41.9 is a number like any other.  The shape of the code system
 *           tells (terminology/code_form.h).
 * Repair    none: what was lost cannot be known.  The value is named and goes aside.
 * Months    of English, German, French, Spanish, Italian, Portuguese and Dutch spreadsheets.
 */
#ifndef HMS_TERMINOLOGY_EXCEL_DAMAGE_H
#define HMS_TERMINOLOGY_EXCEL_DAMAGE_H

#include "core/text.h"

/* constant, name in output, what it says */
#define EXCEL_DAMAGE_LIST(X)                                                                   \
    X(EXCEL_SOUND, "sound", "nothing to be seen")                                              \
    X(EXCEL_ERROR, "error", "an error of a spreadsheet, #NAME? or #####")                      \
    X(EXCEL_POWER, "power", "a power of ten, 1.2E+11")                                         \
    X(EXCEL_DATE, "date", "a date, 5-Mar or 2005-03-05")                                       \
    X(EXCEL_DAY_NUMBER, "day-number", "the number of a day, 44260")                            \
    X(EXCEL_ROUNDED, "rounded", "a number with zeros from its 16th digit on")                  \
    X(EXCEL_FRACTION, "fraction", "'.0' behind a whole number")

enum excel_damage {
#define X(damage, name, text) damage,
    EXCEL_DAMAGE_LIST(X)
#undef X
};

const char *excel_damage_name(enum excel_damage damage);
const char *excel_damage_text(enum excel_damage damage);

/* Blanks around a value are not looked at. */
enum excel_damage excel_damage_of(struct text value);
enum excel_damage excel_doubt_of(struct text value);

#endif
