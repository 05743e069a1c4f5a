/*
 * worker.h - processes that take tasks from mig.task until there are none left.
 *
 * Shape     fork(); each has a connection of its own, and nothing is shared but rows copied and
 * the first error, in shared memory.  Workers die with the process that made them. Errors the
 * first error of any worker stops the others and becomes the caller's.
 */
#ifndef HMS_LOAD_WORKER_H
#define HMS_LOAD_WORKER_H

#include "load/load_plan.h"
#include "load/run.h"

struct worker_job {
    const char *conninfo;
    const struct load_plan *plan;
    const struct run *run;
    int jobs;
    uint64_t rows; /* to be copied, for progress */
};

/* Waits for all of them. */
bool workers_run(const struct worker_job *job, struct error *err) MUST_CHECK;
/* Settings of a session that loads. */
bool worker_prepare(struct pg *pg, struct error *err) MUST_CHECK;

#endif
