/*
 * reconcile_proof.h - the links of the chain that are one number on both sides.
 */
#ifndef HMS_REHEARSALS_RECONCILE_PROOF_H
#define HMS_REHEARSALS_RECONCILE_PROOF_H

#include "rehearsals/reconcile_store.h"

void reconciliation_add_check(struct reconciliation *recon, const char *proof,
                              uint64_t expected, uint64_t found, uint64_t unexplained,
                              const char *what, ...) __attribute__((format(printf, 6, 7)));

/* Both folders against their manifests (ERROR_INTEGRITY when a file was changed), and the
 * stage's inputs against the raw folder's files. */
bool prove_files(struct reconciliation *recon, const struct reconcile_options *options,
                 const struct manifest *raw, const struct manifest *stage,
                 struct error *err) MUST_CHECK;
/* Raw rows = rows read, balances closed, rows and rejects as the balances say, and the store's
 * balance and rejects the same. */
bool prove_rows(struct reconciliation *recon, const struct manifest *raw,
                const struct pass *pass, struct store_side *store,
                struct error *err) MUST_CHECK;

#endif
