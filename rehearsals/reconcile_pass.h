/*
 * reconcile_pass.h - one walk over stage and store, shared by worker processes.
 *
 * Shape     units (a stage file, or a leaf table of the store) are taken by `jobs` processes,
 *           the heaviest first; each process adds up its own fingerprints in shared memory,
 *           and the parent merges them.  A process has its own connection and arena.
 * Consistency  store units read the snapshot that the parent's transaction exported.
 */
#ifndef HMS_REHEARSALS_RECONCILE_PASS_H
#define HMS_REHEARSALS_RECONCILE_PASS_H

#include "rehearsals/reconcile_stage.h"

enum { PASS_JOBS_MAX = 8, PASS_LINES_MAX = 1 << 16, PASS_NAME_MAX = 128 };

struct pass_side {
    uint64_t rows;
    uint64_t bytes;
    struct fingerprint fingerprint;
    struct control_totals totals;
};

struct pass_entity {
    struct pass_side expected; /* the stage after the decisions */
    struct pass_side store;
    uint64_t taken_rows;
    struct control_totals taken_totals;
};

/* What a stage file says of itself, by map. */
enum line_kind {
    LINE_READ,    /* rows read of `table`; `closed` tells whether the balance is */
    LINE_BALANCE, /* rows of an outcome and rule */
    LINE_REJECT,  /* reject records of an outcome and rule */
    LINE_ROWS,    /* rows that went on */
};

struct pass_line {
    enum line_kind kind;
    int worker; /* who counts here: one kind of line may come from several */
    enum outcome outcome;
    bool closed;
    uint64_t rows;
    char map[PASS_NAME_MAX];
    char table[PASS_NAME_MAX];
    char entity[PASS_NAME_MAX];
    char rule[RULE_ID_MAX + 1];
};

enum unit_side { UNIT_STAGE, UNIT_STORE };

struct pass_unit {
    enum unit_side side;
    const char *path; /* of the stage file, or the quoted name of the leaf table */
    uint16_t entity;  /* store: index into entity_table */
    uint64_t weight;  /* bytes */
};

struct pass {
    const char *store; /* conninfo */
    const char *snapshot;
    int32_t org_id; /* row-level security shows this organisation */
    const struct decisions *decisions;
    struct bucket_range range;
    struct pass_unit *units; /* sorted by run() */
    size_t nunits;
    int jobs;
    /* results, in shared memory until pass_release() */
    struct pass_entity *entities; /* entity_count of them */
    struct pass_line *lines;
    size_t nlines;
    struct pass_shared *shared;
};

bool pass_run(struct pass *pass, struct error *err) MUST_CHECK;
void pass_release(struct pass *pass);
/* COPY of an entity's tuples from a leaf table, for ids of that range; the caller free()s. */
char *pass_copy_sql(const struct entity *entity, const char *table, struct bucket_range range);

#endif
