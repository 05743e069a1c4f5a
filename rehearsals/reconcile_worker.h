/*
 * reconcile_worker.h - one process of a pass: takes units until none is left and adds them up.
 *
 * Sharing   `pass_shared` lies in memory shared by all; everything else is the process's own.
 */
#ifndef HMS_REHEARSALS_RECONCILE_WORKER_H
#define HMS_REHEARSALS_RECONCILE_WORKER_H

#include "rehearsals/reconcile_pass.h"

struct pass_shared {
    uint64_t rows; /* read so far by all */
    uint32_t next; /* unit */
    uint32_t nlines;
    struct error errors[PASS_JOBS_MAX];
};

struct worker {
    struct pass *pass;
    int number;
    struct pass_entity *entities; /* this worker's own */
    struct pg *pg;
    const struct pass_unit *unit;
    uint64_t unreported; /* rows not yet added to shared->rows */
};

/* False: the error is set, and the other workers stop at their next unit. */
bool worker_run(struct worker *worker, struct error *err) MUST_CHECK;

#endif
