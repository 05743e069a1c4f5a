/*
 * rehearse.h - runs a plan as a numbered rehearsal into a database of its own.
 *
 * Shape     number N from the store's main database; database STORE_rehearsal_N, STORE being the
 *           name of that one, with the schema deployed; folder <home>/N with work/ (the plan's
 *           ${work}) and logs/ (what each step printed), mode 0700.  Steps run without a shell,
 *           up to `jobs` at a time, as soon as what they need is done; HMS_STORE points at the
 *           rehearsal's database.
 * Record    ops.rehearsal* of the main database: variables, inputs with their XXH3-64, steps
 *           with wall and CPU time, largest memory and exit status; at the end the balance and
 *           the reconciliations of the rehearsal's database are copied there.
 * Failure   a step that ends with a status its plan does not allow stops what needs it; steps
 *           that do not need it go on.  That is a result, not an error.
 */
#ifndef HMS_REHEARSALS_REHEARSE_H
#define HMS_REHEARSALS_REHEARSE_H

#include "core/pg.h"
#include "rehearsals/plan.h"

enum { REHEARSE_JOBS_MAX = 16 };

enum step_state { STEP_WAITING, STEP_RUNNING, STEP_DONE, STEP_FAILED, STEP_SKIPPED };

struct step_result {
    const char *id;
    enum step_state state;
    int pid;
    int64_t started_us;
    int64_t wall_ms;
    int64_t cpu_ms;
    int64_t max_rss_kb;
    int exit_status; /* 128 + signal when it was ended by one */
    char *log;       /* path of what it wrote to stderr */
};

struct rehearsal {
    int number;
    char *folder;
    char *database;
    char *conninfo; /* of the database */
    struct plan *plan;
    struct step_result *steps; /* as in the plan */
    bool failed;
    int64_t wall_ms;
};

struct rehearse_options {
    const char *store; /* conninfo of the main database */
    const char *plan;  /* path */
    const char *const *settings;
    int nsettings;
    int jobs;
    const char *home;           /* folder of rehearsals, "var/rehearsals" */
    const char *program_folder; /* put in front of PATH, so that "hms" is this one; or NULL */
    char *const *environment;   /* of the steps, but for HMS_STORE and PATH */
    /* Called when a step starts, ends or is skipped; may be NULL. */
    void (*told)(const struct rehearsal *rehearsal, const struct step_result *step,
                 void *context);
    void *context;
};

/* False when the rehearsal could not be made or recorded; `failed` says whether a step did. */
bool rehearse_run(struct rehearsal *rehearsal, const struct rehearse_options *options,
                  struct error *err) MUST_CHECK;
void rehearsal_release(struct rehearsal *rehearsal);
/* Removes the database, and the folder under `home`; what was recorded stays. */
bool rehearse_drop(const char *store, const char *home, int number,
                   struct error *err) MUST_CHECK;
const char *step_state_name(enum step_state state);

#endif
