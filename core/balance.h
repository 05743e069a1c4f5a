/*
 * balance.h - each source row ends in exactly one disposition; the sum is the rows read.
 *
 * Shape     one balance for each map run: rows read, and lines (outcome, rule, column, rows).
 *           ISSUE lines count values, not rows, and are no part of the sum.
 * Limits    BALANCE_LINES_MAX lines; rule ids are few by nature.
 */
#ifndef HMS_CORE_BALANCE_H
#define HMS_CORE_BALANCE_H

#include "core/arena.h"
#include "core/error.h"
#include "core/strbuf.h"

enum { BALANCE_LINES_MAX = 4096 };

/* The words of docs/ARCHITECTURE.md, "outcomes". */
#define OUTCOME_LIST(X)                                                                        \
    X(OUTCOME_LOADED, "loaded", "the row is in the store")                                     \
    X(OUTCOME_UPDATED, "updated", "the row was there and has changed")                         \
    X(OUTCOME_UNCHANGED, "unchanged", "the row was there, the same")                           \
    X(OUTCOME_MERGED, "merged", "a repeat of a row with the same key")                         \
    X(OUTCOME_SPLIT, "split", "the row became several")                                        \
    X(OUTCOME_EXCLUDED, "excluded", "left out on purpose, by a rule with a reason")            \
    X(OUTCOME_QUARANTINED, "quarantined", "kept aside for a person to decide")                 \
    X(OUTCOME_REJECTED, "rejected", "the row cannot be read or breaks a rule")                 \
    X(OUTCOME_DELETED, "deleted", "the source says it is gone")                                \
    X(OUTCOME_ISSUE, "issue", "a value was blanked or flagged; the row went on")

enum outcome {
#define X(outcome, name, text) outcome,
    OUTCOME_LIST(X)
#undef X
        OUTCOME_COUNT
};

const char *outcome_name(enum outcome outcome);
bool outcome_parse(struct text name, enum outcome *outcome);

struct balance_line {
    enum outcome outcome;
    const char *rule;   /* "" for loaded */
    const char *column; /* "" for the whole row */
    uint64_t rows;
};

struct balance {
    const char *organisation;
    const char *map;          /* "northgate/patient" */
    const char *release;      /* of the map */
    const char *source_table; /* "PATIENT_MST" */
    const char *entity;       /* "patient" */
    uint64_t rows_read;
    struct balance_line *lines;
    size_t nlines;
    struct arena arena; /* owns the strings */
};

void balance_init(struct balance *balance, const char *organisation, const char *map,
                  const char *release, const char *source_table, const char *entity);
void balance_release(struct balance *balance);
void balance_count(struct balance *balance, enum outcome outcome, const char *rule,
                   const char *column, uint64_t rows);
uint64_t balance_sum(const struct balance *balance); /* over the dispositions */
bool balance_is_closed(const struct balance *balance);
/* Wire form, a payload of a batch file's BALANCE block. */
void balance_write(const struct balance *balance, struct strbuf *out);
bool balance_read(struct balance *balance, struct text bytes, struct error *err) MUST_CHECK;

#endif
