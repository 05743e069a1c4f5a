/*
 * coding.h - what transform itself says about the code of a row: which mapping gave it, and
 * what is known about it.  No map has to do this, so none can forget it.
 *
 * Entities  those that have code, code_system, source_code, source_text, code_map and
 *           code_state; a column that a rule of the map fills is left to that rule.
 * code_map  SYSTEM/FILE of the code map in the pipe of the rule that makes `code`: the one that
 *           gave it, or does not know it; NULL when the code is the source's own.
 * State     the worst that is known, in this order:
 *             unmapped    a source code or text, and no standard code; NULL when there is neither
 *             invalid     the pack in force for the day of service says so
 *             proposed    mapped by a row that nobody has approved yet
 *             unverified  no pack in force for that code system (on that day)
 *             approved    mapped by an approved row, and right
 *             standard    the source's own code, and right
 * Lifetime  run; cells live as long as the struct.
 */
#ifndef HMS_TRANSFORM_CODING_H
#define HMS_TRANSFORM_CODING_H

#include "transform/code_judge.h"
#include "transform/coding_day.h"
#include "transform/rule.h"

enum coding_column {
    CODING_CODE,
    CODING_SYSTEM,
    CODING_SOURCE_CODE,
    CODING_SOURCE_TEXT,
    CODING_MAP,
    CODING_STATE,
    CODING_COLUMNS
};

/* How the code of a row came about. */
enum code_origin { ORIGIN_SOURCE, ORIGIN_APPROVED, ORIGIN_PROPOSED };

struct coding {
    bool is_used; /* the entity has the columns */
    int columns[CODING_COLUMNS];
    struct coding_days days;
    int rule;               /* the one that makes `code`, or -1 */
    char *file;             /* "lindenhof/lab.tsv", or NULL: no code map in its pipe */
    struct cell *maps;      /* one a row */
    struct cell *states;    /* one a row */
    unsigned char *origins; /* one a row, enum code_origin */
};

/* `rule` is the number of the rule that makes `code`, or -1. */
void coding_init(struct coding *coding, const struct map *map, int rule, uint32_t rows_max);
void coding_release(struct coding *coding);
/* After that rule has run: what its steps flagged in the row, or NULL. */
void coding_note(struct coding *coding, uint32_t row, const char *flag);
/* What the rules made of one row; its maps[row] and states[row] are written. */
struct coding_row {
    struct text code;
    struct text system;
    bool has_source; /* a source code or text */
    int32_t day;     /* of service, or CODE_NO_DAY */
};
/* NULL, or the rule id of what is wrong with the code: "code.unknown". */
const char *coding_judge(struct coding *coding, uint32_t row, const struct coding_row *values,
                         struct code_judge *judge);

#endif
