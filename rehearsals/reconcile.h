/*
 * reconcile.h - proves that what is in the store is what was in the source, less what a recorded
 * decision took out.
 *
 * Chain     1 files      the raw folder is what its manifest says, and the stage was made from it
 *           2 rows       every raw row was read by each map of its table, every balance is closed,
 *                        and the store's balance and rejects repeat the stage's
 *           3 store      per entity: rows, keys, control totals and fingerprints; only ranges of
 *                        ids whose fingerprints differ are fetched, down to row and field
 *           4 decisions  every row that is missing and every field that is blank has its record,
 *                        and the record is true
 * Result    `unexplained` is a number of rows, records or files; 0 means proven.
 * Snapshot  all connections read one.
 * Memory    fingerprints 200 KiB an entity and worker; DECISIONS_MAX decisions, then ranges of ids
 *           one after the other; DRILL_BYTES_MAX of hashes and of rows a side while drilling.
 * Privacy   no cell value and no source key leaves but by `values` of a difference, which is
 *           filled only on request and never part of a report file.
 */
#ifndef HMS_REHEARSALS_RECONCILE_H
#define HMS_REHEARSALS_RECONCILE_H

#include "core/error.h"
#include "core/manifest.h"
#include "mappings/entity.h"
#include "rehearsals/control_totals.h"
#include "rehearsals/fingerprint.h"

enum {
    RECONCILE_DECISIONS_MAX = 1 << 20,
    RECONCILE_DRILL_BYTES_MAX = 16 << 20,
    RECONCILE_SHOWN_MAX = 10000,
};

struct reconcile_options {
    const char *store; /* conninfo */
    const char *organisation;
    const char *raw;   /* folder */
    const char *stage; /* folder */
    int jobs;          /* processes, 1 or 2 */
    uint32_t show;     /* differences named row by row, at most RECONCILE_SHOWN_MAX */
    bool values;       /* fill in the values of those */
};

/* One link of the chain that is a number on both sides. */
struct reconcile_check {
    const char *proof; /* "files", "rows", "balance", "rejects", "decisions" */
    const char *what;
    uint64_t expected;
    uint64_t found;
    uint64_t unexplained;
};

/* Rows taken out or fields blanked, by the rule that says why. */
struct reconcile_explanation {
    const char *entity;
    const char *outcome;
    const char *rule;
    const char *column; /* "" for the whole row */
    uint64_t rows;
};

/* One row of the balance as the store keeps it. */
struct reconcile_balance {
    const char *map;
    const char *entity;
    const char *outcome;
    const char *rule;
    uint64_t rows;
};

enum difference_kind { ONLY_IN_SOURCE, ONLY_IN_STORE, DIFFERENT, DECISION_WITHOUT_ROW };

struct reconcile_difference {
    const char *entity;
    enum difference_kind kind;
    struct ident id;
    const char *columns; /* "birth_date, sex", "" when the row is on one side only */
    const char *values;  /* NULL, or "birth_date: 1980-02-01 / 1980-01-02" */
};

struct reconcile_entity {
    const struct entity *entity;
    uint64_t source_rows;
    uint64_t taken_out;
    uint64_t blanked; /* fields */
    uint64_t source_keys;
    uint64_t store_rows;
    uint64_t store_keys;
    uint64_t only_source;
    uint64_t only_store;
    uint64_t different;
    uint64_t stray_decisions;
    uint64_t unexplained; /* the sum of the four, or 1 when only a total differs */
    uint64_t columns[ENTITY_COLUMNS_MAX]; /* differing fields by column */
    struct control_totals source_totals;
    struct control_totals taken_totals;
    struct control_totals store_totals;
    struct digest128 expected_sum;
    struct digest128 store_sum;
};

struct reconciliation {
    const char *organisation;
    const char *source; /* system */
    int64_t run_id;     /* of the load */
    int64_t recon_id;   /* of this comparison in recon.run */
    struct reconcile_check *checks;
    size_t nchecks;
    struct reconcile_entity *entities;
    size_t nentities;
    struct reconcile_explanation *explanations;
    size_t nexplanations;
    struct reconcile_balance *balances;
    size_t nbalances;
    struct reconcile_difference *differences; /* at most options.show */
    size_t ndifferences;
    uint64_t source_rows, store_rows;
    uint64_t explained; /* rows taken out and fields blanked by a decision */
    uint64_t unexplained;
    int64_t micros;
    struct arena arena;
};

/* False only when the comparison could not be made; differences are a result. */
bool reconcile_run(struct reconciliation *recon, const struct reconcile_options *options,
                   struct error *err) MUST_CHECK;
void reconciliation_release(struct reconciliation *recon);
const char *difference_kind_name(enum difference_kind kind);

#endif
