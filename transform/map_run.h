/*
 * map_run.h - one map at work on the rows of its raw table.
 *
 * Road      raw batch -> view (null marks, each) -> only -> key -> rules -> tuple bytes, or a
 *           reject record; and every row is counted in the balance exactly once.
 * Output    after map_run_batch() the caller takes the tuples of each lane and the reject
 *           records, and writes them; the next batch clears them.
 * Lifetime  run.
 * Limits    one row's tuple ROW_BYTES_MAX bytes (text.too_long beyond it).
 */
#ifndef HMS_TRANSFORM_MAP_RUN_H
#define HMS_TRANSFORM_MAP_RUN_H

#include "core/reject.h"
#include "transform/coding.h"
#include "transform/row_key.h"
#include "transform/rule.h"
#include "transform/view.h"

enum { LANES_MAX = 8 };

/* Where the value of an entity's column comes from. */
struct column_source {
    int rule;                 /* -1: no rule, the column stays NULL */
    int output;               /* which of the rule's outputs */
    const struct cell *cells; /* one a row, of struct coding; or NULL */
    struct distinct distinct; /* of `cells` */
};

/* The fields of neighbouring columns in the batch at hand, each encoded once
 * (transform/tuple.c): of one column, or of several that are the same for all rows. */
struct tuple_piece {
    const uint16_t *at; /* one a row: which field is the row's */
    uint32_t *starts;   /* of each field in map_run.encoded, and the end of the last */
    uint32_t count;
};

struct lane_output {
    struct strbuf tuples;
    uint32_t rows;
};

struct map_run {
    const struct map *map;
    const struct step_env *env;
    int32_t org_id;
    struct view view;
    struct rule *rules;
    int *rule_slots; /* nrules x MAP_FROM_MAX */
    struct row_key key;
    struct column_source *columns; /* one for each column of the entity */
    struct tuple_piece *pieces;    /* of a row, in their order */
    uint32_t npieces;
    struct coding coding;
    const char **fate; /* one a row: NULL, or the rule id why it left */
    const char **bad;  /* one a value of the rule at hand, as is `flag` */
    const char **flag;
    struct text *keys;  /* one a row */
    uint16_t *first;    /* for struct rule's `at`: all rows have the first value */
    uint16_t *each;     /* the same: each row has its own */
    struct arena arena; /* of the batch at hand */
    struct strbuf encoded;
    struct strbuf fields; /* of the row at hand */
    struct lane_output lanes[LANES_MAX];
    struct strbuf rejects;
    uint32_t nrejects;
    struct balance balance;
    uint32_t row_at; /* the row that `only` looks at */
};

bool map_run_open(struct map_run *run, const struct map *map, const struct step_env *env,
                  const struct table_shape *shape, uint32_t rows_max,
                  struct error *err) MUST_CHECK;
bool map_run_batch(struct map_run *run, const struct batch *batch,
                   struct error *err) MUST_CHECK;
void map_run_release(struct map_run *run);

/* transform/fate.c: a row leaves, with a record of why. */
struct departure {
    enum outcome outcome;
    const char *rule;
    const char *column; /* source column, "" for the row */
};
void map_run_depart(struct map_run *run, const struct batch *batch, uint32_t row,
                    struct departure why);

/* What the rules made of a column of the entity in that row; the column stays NULL when there is
 * no rule for it. */
static inline struct cell map_run_value(const struct map_run *run, uint32_t col, uint32_t row)
{
    const struct column_source *source = &run->columns[col];

    if (source->rule >= 0) {
        const struct rule *rule = &run->rules[source->rule];
        return rule->values[source->output][rule->at[row]];
    }
    return source->cells != NULL ? source->cells[row] : (struct cell){"", 0, CELL_NULL};
}

/* transform/map_rule.c: one rule over the rows that are left, and what comes of them. */
void map_run_rule(struct map_run *run, const struct batch *batch, int number);

/* transform/map_coding.c: code_map and code_state, where no rule fills them; judged after the
 * rules have run. */
void map_run_place_coding(struct map_run *run, uint32_t rows_max);
void map_run_judge_codes(struct map_run *run, uint32_t nrows);

/* transform/tuple.c: the rows that are left become tuples. */
void map_run_encode(struct map_run *run, const struct batch *batch);

#endif
