/*
 * code_check.h - is this code right, on this day?
 *
 * Order     shape, check digit, presence, day, status, heading: the first that fails is the
 *           verdict.  A deprecated code is told apart from an unknown one, because its rows are
 *           real; one with days of its own is right on a day before its end.
 * Headings  of ICD-9-CM are in no official file: what longer codes begin with is one, without a row.
 * NDC       digits without hyphens that fit several packages of the pack, or one only when a zero is
 *           put in, are ambiguous: the packages are named, none is chosen.
 * Day       of service, not of loading; CODE_NO_DAY asks nothing about days.
 */
#ifndef HMS_TERMINOLOGY_CODE_CHECK_H
#define HMS_TERMINOLOGY_CODE_CHECK_H

#include "terminology/code_pack.h"

/* verdict, name in output, what it says */
#define CODE_VERDICT_LIST(X)                                                                   \
    X(CODE_RIGHT, "valid", "may be used")                                                      \
    X(CODE_MALFORMED, "malformed", "not the shape of a code of this system")                   \
    X(CODE_WRONG_DIGIT, "check-digit", "the check digit is wrong")                             \
    X(CODE_UNKNOWN, "unknown", "there is no such code")                                        \
    X(CODE_SEVENTH, "seventh-character", "the seventh character needs X in the places before") \
    X(CODE_NOT_ON_DAY, "not-on-day", "not valid on that day")                                  \
    X(CODE_RETIRED, "deprecated", "deprecated by its publisher")                               \
    X(CODE_HEADING, "heading", "a heading: more characters are needed")                        \
    X(CODE_NEVER_ALONE, "secondary", "stands only behind another code")                        \
    X(CODE_AMBIGUOUS, "ambiguous", "without hyphens it may be any of those shown")

enum code_verdict {
#define X(verdict, name, text) verdict,
    CODE_VERDICT_LIST(X)
#undef X
};

struct code_finding {
    enum code_verdict verdict;
    uint32_t row;                /* CODE_NONE when it is not in the pack */
    char instead[CODE_FORM_MAX]; /* the code that was meant, in normal form, or ""; of an
                                    ambiguous one all it may be, with blanks between them */
};

const char *code_verdict_name(enum code_verdict verdict);
const char *code_verdict_text(enum code_verdict verdict);

struct code_finding code_check(const struct code_pack *pack, struct text code, int32_t day);
/* The row of a code as it is written, or CODE_NONE; knows the UK's X. */
uint32_t code_look_up(const struct code_pack *pack, struct text code);

#endif
