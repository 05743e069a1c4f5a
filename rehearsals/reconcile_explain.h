/*
 * reconcile_explain.h - what the decisions of a load explain, once all rows have gone past them.
 *
 * Rule      a decision that met no row is a difference; so is a repeat of a key that stood alone,
 *           and a row merged into nothing.
 */
#ifndef HMS_REHEARSALS_RECONCILE_EXPLAIN_H
#define HMS_REHEARSALS_RECONCILE_EXPLAIN_H

#include "rehearsals/reconcile_decisions.h"

struct explaining {
    struct reconciliation *recon; /* entities: one for each of entity_table, still */
    uint32_t show;
    uint64_t untrue; /* decisions that cannot be */
};

void explain_decisions(struct explaining *explaining, const struct decisions *decisions);
void explanations_sort(struct reconciliation *recon); /* by entity, outcome, rule, column */

#endif
