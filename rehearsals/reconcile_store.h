/*
 * reconcile_store.h - what reconcile asks the store, and what it leaves there.
 *
 * Consistency  store_side_open() starts a read-only transaction and exports its snapshot; the
 *           result is written by a connection of its own afterwards.
 */
#ifndef HMS_REHEARSALS_RECONCILE_STORE_H
#define HMS_REHEARSALS_RECONCILE_STORE_H

#include "rehearsals/reconcile_pass.h"

struct store_side {
    struct pg *pg;
    char *snapshot;
    int64_t run_id;          /* of the load whose rows are in the store */
    char *source;            /* system of that load */
    struct pass_unit *units; /* leaf tables of the organisation */
    size_t nunits;
    size_t nkeyed; /* of them with a valid primary key */
    struct arena arena;
};

bool store_side_open(struct store_side *side, const struct reconcile_options *options,
                     struct error *err) MUST_CHECK;
void store_side_release(struct store_side *side);
/* Records of single rows in mig.reject, mig.merged and mig.adjustment. */
bool store_side_decisions(struct store_side *side, uint64_t *count,
                          struct error *err) MUST_CHECK;
/* Rows of the load's run by map, outcome and rule; the caller free()s the array. */
struct store_count {
    const char *map;
    const char *entity;
    const char *outcome;
    const char *rule;
    uint64_t rows;
    uint64_t rows_read;
};
bool store_side_balance(struct store_side *side, struct store_count **counts, size_t *count,
                        struct error *err) MUST_CHECK;
/* Reject records that transform made, as the store keeps them. */
bool store_side_rejects(struct store_side *side, struct store_count **counts, size_t *count,
                        struct error *err) MUST_CHECK;
/* Decisions that say "the parent is not there" although it is. */
bool store_side_untrue(struct store_side *side, int32_t org_id, uint64_t *checked,
                       uint64_t *untrue, struct error *err) MUST_CHECK;
/* Writes recon.*; sets recon->recon_id. */
bool store_side_save(const struct reconcile_options *options, struct reconciliation *recon,
                     struct error *err) MUST_CHECK;

#endif
