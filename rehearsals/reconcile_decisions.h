/*
 * reconcile_decisions.h - what the load recorded about single rows: taken out, or a field
 * blanked; kept by id, for the tuples that pass by.
 *
 * Shape     sorted by entity and id, found through a bitmap and a binary search.
 * Sharing   the records lie in memory shared between the worker processes, so that a decision
 *           is used up once, whichever process meets its row.
 * Limits    RECONCILE_DECISIONS_MAX at a time; the caller loads ranges of ids.
 */
#ifndef HMS_REHEARSALS_RECONCILE_DECISIONS_H
#define HMS_REHEARSALS_RECONCILE_DECISIONS_H

#include "core/pg.h"
#include "core/strbuf.h"
#include "rehearsals/reconcile.h"

enum decision_kind { DECISION_TAKEN_OUT, DECISION_BLANKED };

struct decision {
    uint8_t id[16];
    uint8_t row_hash[16]; /* of the rows taken out */
    uint32_t rows;        /* taken out, or 1 */
    uint32_t used;        /* rows met so far */
    bool has_hash;
    bool survived; /* another row of the same id went on; on the first decision of an id */
    uint8_t kind;
    uint16_t entity; /* index into entity_table */
    int16_t column;  /* the blanked one, or -1 */
    uint16_t rule;   /* index into decisions.rules */
};

struct decision_rule {
    const char *outcome;
    const char *rule;
    const char *column;
};

struct decisions {
    struct decision *items; /* shared */
    size_t count;
    size_t mapped; /* bytes */
    uint8_t *bitmap;
    struct decision_rule *rules;
    size_t nrules;
    struct arena arena;
};

/* Ids from the bucket `first` up to but without `end` (rehearsals/fingerprint.h). */
struct bucket_range {
    uint32_t first;
    uint32_t end;
};

bool decisions_load(struct decisions *decisions, struct pg *pg, int64_t run_id,
                    struct bucket_range range, struct error *err) MUST_CHECK;
void decisions_release(struct decisions *decisions);
/* Forgets what was used, for another walk over the same rows. */
void decisions_reset(struct decisions *decisions);

enum decided { DECIDED_STAYS, DECIDED_CHANGED, DECIDED_TAKEN_OUT };

/* What becomes of a source row.  CHANGED: some fields are NULL in `changed`, whose bytes live
 * in `scratch` until the next call. */
enum decided decisions_apply(const struct decisions *decisions, uint16_t entity,
                             const struct tuple *tuple, struct strbuf *scratch,
                             struct tuple *changed);

#endif
