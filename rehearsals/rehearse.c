#include "rehearsals/rehearse.h"

#include "core/file.h"
#include "core/progress.h"
#include "load/store.h"
#include "rehearsals/rehearse_inputs.h"
#include "rehearsals/rehearse_steps.h"
#include "rehearsals/rehearse_store.h"

#include <errno.h>
#include <ftw.h>
#include <unistd.h>

/* What the callbacks of a run need. */
struct record {
    struct pg *pg;
    struct rehearsal *rehearsal;
};

const char *step_state_name(enum step_state state)
{
    static const char *const names[] = {
        [STEP_WAITING] = "waiting", [STEP_RUNNING] = "running", [STEP_DONE] = "done",
        [STEP_FAILED] = "failed",   [STEP_SKIPPED] = "skipped",
    };
    return names[state];
}

static bool note_input(const char *name, const char *path, void *context, struct error *err)
{
    struct record *record = context;
    return rehearsal_store_input(record->pg, record->rehearsal, name, path, err);
}

static bool ignore_input(const char *name, const char *path, void *context, struct error *err)
{
    (void)name;
    (void)path;
    (void)context;
    (void)err;
    return true;
}

static bool note_step(int index, void *context, struct error *err)
{
    struct record *record = context;
    return rehearsal_store_step(record->pg, record->rehearsal, index, err);
}

/* The folder with work/ and logs/, and the variables that name it. */
static bool make_folder(struct rehearsal *rehearsal, struct error *err)
{
    struct plan *plan = rehearsal->plan;
    char number[16];
    char *work = path_join(rehearsal->folder, "work");
    char *logs = path_join(rehearsal->folder, "logs");
    bool ok = folder_make(rehearsal->folder, err) && folder_make(work, err) &&
              folder_make(logs, err); /* each the owner's alone */
    snprintf(number, sizeof(number), "%d", rehearsal->number);
    plan_set(plan, "work", work);
    plan_set(plan, "number", number);
    rehearsal->steps = xcalloc((size_t)plan->nsteps, sizeof(*rehearsal->steps));
    for (int i = 0; i < plan->nsteps; i++) {
        rehearsal->steps[i].id = plan->steps[i].id;
        rehearsal->steps[i].log = xasprintf("%s/%s.err", logs, plan->steps[i].id);
    }
    free(work);
    free(logs);
    return ok;
}

static bool run_recorded(struct record *record, const struct rehearse_options *options,
                         struct error *err)
{
    struct rehearsal *rehearsal = record->rehearsal;
    int64_t started = clock_us();
    if (!rehearsal_store_number(record->pg, rehearsal, options->home, err) ||
        !make_folder(rehearsal, err) || !rehearsal_store_begin(record->pg, rehearsal, err)) {
        return false;
    }
    bool ran = plan_each_input(rehearsal->plan, note_input, record, err) &&
               rehearsal_store_create(record->pg, rehearsal, options->store, err) &&
               rehearse_steps(rehearsal, options, note_step, record, err);
    rehearsal->wall_ms = (clock_us() - started) / 1000;
    return ran && rehearsal_store_end(record->pg, rehearsal, err);
}

bool rehearse_run(struct rehearsal *rehearsal, const struct rehearse_options *options,
                  struct error *err)
{
    struct record record = {.rehearsal = rehearsal};
    *rehearsal = (struct rehearsal){0};
    rehearsal->plan = plan_load(options->plan, options->settings, options->nsettings, err);
    if (rehearsal->plan == NULL || !plan_each_input(rehearsal->plan, ignore_input, NULL,
                                                    err)) { /* before a number is used */
        return false;
    }
    record.pg = pg_open(options->store, err);
    bool ok = record.pg != NULL && store_require(record.pg, err) &&
              run_recorded(&record, options, err);
    pg_free(record.pg);
    return ok;
}

void rehearsal_release(struct rehearsal *rehearsal)
{
    for (int i = 0; rehearsal->steps != NULL && i < rehearsal->plan->nsteps; i++) {
        free(rehearsal->steps[i].log);
    }
    free(rehearsal->steps);
    free(rehearsal->folder);
    free(rehearsal->database);
    free(rehearsal->conninfo);
    plan_free(rehearsal->plan);
    *rehearsal = (struct rehearsal){0};
}

/* ---- drop */

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

/* Physical walk, children first: a link is removed, not followed. */
static bool remove_folder(const char *folder, struct error *err)
{
    if (!file_exists(folder) || nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0) {
        return true;
    }
    return error_set(err, ERROR_STORE, "%s: %s", folder, strerror(errno));
}

static bool drop_found(struct pg *pg, const char *home, const char *number, struct error *err)
{
    const char *const params[] = {number};
    PGresult *database =
        pg_query(pg, "SELECT quote_ident(database_name) FROM ops.rehearsal WHERE number = $1",
                 1, params, err);
    if (database == NULL) {
        return false;
    }
    char *drop =
        xasprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", PQgetvalue(database, 0, 0));
    char *folder = path_join(home, number);
    PQclear(database);
    bool ok = pg_run(pg, drop, err) && remove_folder(folder, err) &&
              pg_exec(pg, "UPDATE ops.rehearsal SET dropped_at = now() WHERE number = $1", 1,
                      params, err);
    free(folder);
    free(drop);
    return ok;
}

bool rehearse_drop(const char *store, const char *home, int number, struct error *err)
{
    char text[16];
    const char *const params[] = {text};
    int64_t found = 0;
    snprintf(text, sizeof(text), "%d", number);
    struct pg *pg = pg_open(store, err);
    bool ok = pg != NULL && store_require(pg, err) &&
              pg_query_int(pg, "SELECT count(*) FROM ops.rehearsal WHERE number = $1", 1,
                           params, &found, err);
    if (ok && found == 0) {
        ok = error_set(err, ERROR_USAGE, "there is no rehearsal %d", number);
    }
    ok = ok && drop_found(pg, home, text, err);
    pg_free(pg);
    return ok;
}
