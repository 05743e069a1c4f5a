/*
 * run.h - a load from its first row in mig.run to its last.
 *
 * Shape     one run of an organisation at a time: its connection holds an advisory lock, which
 *           tells a living run from one that died.
 */
#ifndef HMS_LOAD_RUN_H
#define HMS_LOAD_RUN_H

#include "core/manifest.h"
#include "core/pg.h"

struct run {
    const char *organisation;
    int32_t org_id;
    const char *purpose; /* "rehearsal" */
    bool dry_run;
    int id; /* set by run_start() */
};

/* ERROR_STORE when another load of the organisation is alive. */
bool run_lock(struct pg *pg, const struct run *run, struct error *err) MUST_CHECK;
/* What dead and failed loads of the organisation left behind goes; needs the lock. */
bool run_clean(struct pg *pg, const struct run *run, struct error *err) MUST_CHECK;
bool run_start(struct pg *pg, struct run *run, struct error *err) MUST_CHECK;
/* Names the source, once it is known. */
bool run_describe(struct pg *pg, const struct run *run, const char *source_system,
                  uint64_t stage_checksum, struct error *err) MUST_CHECK;
/* A terminology pack that judged the run's codes. */
bool run_add_pack(struct pg *pg, const struct run *run, const struct manifest_pack *pack,
                  struct error *err) MUST_CHECK;
/* In the last transaction: this run is the one in the store. */
bool run_done(struct pg *pg, const struct run *run, struct error *err) MUST_CHECK;
/* Forgets the run's work, keeps its line; `why` becomes part of it.  Best effort. */
void run_failed(struct pg *pg, const struct run *run, const struct error *why);
/* Adds to mig.timing. */
bool run_time(struct pg *pg, const struct run *run, const char *entity, int lane,
              const char *work, int64_t micros, struct error *err) MUST_CHECK;

#endif
