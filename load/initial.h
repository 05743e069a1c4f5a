/*
 * initial.h - an organisation's first load: from a stage to attached partitions, or not at all.
 *
 * Road      copy aside (two or more processes) - keys - orphans - foreign keys - indexes -
 *           statistics - attach, with the balance, in one short transaction.
 * Again     nothing is ever half done: a load that was killed is started again and clears away what
 *           the dead one left; two at once of one organisation are refused.
 * Errors    the run's line in mig.run keeps what went wrong; nothing else of it stays.
 */
#ifndef HMS_LOAD_INITIAL_H
#define HMS_LOAD_INITIAL_H

#include "core/error.h"

#include <stdbool.h>
#include <stdint.h>

struct initial_load {
    const char *conninfo;
    const char *stage;        /* folder, or "-" for a stream of batches on standard input */
    const char *organisation; /* code */
    const char *name;         /* NULL keeps the one it has, or takes the code */
    const char *purpose;      /* load/gate.h */
    int jobs;
    bool replace; /* an organisation that is there is dropped in the same transaction */
    bool dry_run; /* everything but attaching */
};

/* `*run_id` names the balance, the rejects and the timings. */
bool initial_load(const struct initial_load *load, int *run_id, struct error *err) MUST_CHECK;

#endif
