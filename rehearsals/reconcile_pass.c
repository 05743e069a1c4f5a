#include "rehearsals/reconcile_worker.h"

#include "core/progress.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_US = 50000 };

static void *share(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

static bool init_totals(struct pass_entity *entities)
{
    for (size_t e = 0; e < entity_count; e++) {
        enum column_type types[ENTITY_COLUMNS_MAX];
        for (uint32_t i = 0; i < entity_table[e].ncols; i++) {
            types[i] = entity_table[e].columns[i].type;
        }
        if (!control_totals_init(&entities[e].expected.totals, types, entity_table[e].ncols)) {
            return false;
        }
        entities[e].store.totals = entities[e].expected.totals;
        entities[e].taken_totals = entities[e].expected.totals;
    }
    return true;
}

static void work(struct pass *pass, int number)
{
    struct worker worker = {.pass = pass,
                            .number = number,
                            .entities = pass->entities + entity_count * (size_t)number};
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* nobody would read its sums */
    bool ok = worker_run(&worker, &pass->shared->errors[number]);
    pg_free(worker.pg);
    _exit(ok ? 0 : 1);
}

/* Waits for all; the first error is kept.  Shows progress meanwhile. */
static bool wait_for(struct pass *pass, const pid_t *pids, int count, struct error *err)
{
    struct progress progress;
    bool done[PASS_JOBS_MAX] = {false};
    bool ok = true;
    int left = count;
    progress_start(&progress, "reconcile", 0);
    while (left > 0) {
        for (int i = 0; i < count; i++) {
            int status;
            if (done[i] || waitpid(pids[i], &status, WNOHANG) != pids[i]) {
                continue;
            }
            done[i] = true;
            left--;
            if (status == 0) {
                continue;
            }
            ok = false;
            if (err->code != ERROR_NONE) {
                continue;
            }
            *err = pass->shared->errors[i];
            if (err->code == ERROR_NONE) {
                error_set(err, ERROR_LIMIT, "a worker process ended without a word (status %d)",
                          status);
            }
        }
        progress_update(&progress, __atomic_load_n(&pass->shared->rows, __ATOMIC_RELAXED), 0);
        if (left > 0) {
            usleep(POLL_US);
        }
    }
    progress_finish(&progress);
    return ok;
}

static int heavier_first(const void *left, const void *right)
{
    const struct pass_unit *a = left, *b = right;
    return a->weight == b->weight ? 0 : a->weight < b->weight ? 1 : -1;
}

static void merge_side(struct pass_side *into, const struct pass_side *from)
{
    if (from->rows == 0) {
        return;
    }
    into->rows += from->rows;
    into->bytes += from->bytes;
    fingerprint_merge(&into->fingerprint, &from->fingerprint);
    control_totals_merge(&into->totals, &from->totals);
}

/* All workers' sums into those of worker 0. */
static void merge_workers(struct pass *pass)
{
    for (int worker = 1; worker < pass->jobs; worker++) {
        for (size_t e = 0; e < entity_count; e++) {
            const struct pass_entity *from = &pass->entities[entity_count * (size_t)worker + e];
            merge_side(&pass->entities[e].expected, &from->expected);
            merge_side(&pass->entities[e].store, &from->store);
            pass->entities[e].taken_rows += from->taken_rows;
            control_totals_merge(&pass->entities[e].taken_totals, &from->taken_totals);
        }
    }
    pass->nlines =
        pass->shared->nlines < PASS_LINES_MAX ? pass->shared->nlines : PASS_LINES_MAX;
}

bool pass_run(struct pass *pass, struct error *err)
{
    pid_t pids[PASS_JOBS_MAX];
    int started = 0;
    if (pass->jobs > PASS_JOBS_MAX) {
        pass->jobs = PASS_JOBS_MAX;
    }
    pass->shared = share(sizeof(*pass->shared));
    pass->lines = share(PASS_LINES_MAX * sizeof(*pass->lines));
    pass->entities = share(entity_count * (size_t)pass->jobs * sizeof(*pass->entities));
    if (pass->shared == NULL || pass->lines == NULL || pass->entities == NULL) {
        return error_set(err, ERROR_LIMIT, "no memory for the fingerprints");
    }
    for (int i = 0; i < pass->jobs; i++) {
        if (!init_totals(pass->entities + entity_count * (size_t)i)) {
            return error_set(err, ERROR_LIMIT, "an entity has more than %d sums",
                             CONTROL_TOTALS_MAX);
        }
    }
    qsort(pass->units, pass->nunits, sizeof(*pass->units), heavier_first);
    for (; started < pass->jobs; started++) {
        pids[started] = fork();
        if (pids[started] == 0) {
            work(pass, started);
        }
        if (pids[started] < 0) {
            error_set(err, ERROR_LIMIT, "cannot start a process: %s", strerror(errno));
            pass->shared->next = (uint32_t)pass->nunits;
            break;
        }
    }
    bool ok = wait_for(pass, pids, started, err) && started == pass->jobs;
    if (ok) {
        merge_workers(pass);
    }
    return ok;
}

void pass_release(struct pass *pass)
{
    if (pass->shared != NULL) {
        munmap(pass->shared, sizeof(*pass->shared));
    }
    if (pass->lines != NULL) {
        munmap(pass->lines, PASS_LINES_MAX * sizeof(*pass->lines));
    }
    if (pass->entities != NULL) {
        munmap(pass->entities, entity_count * (size_t)pass->jobs * sizeof(*pass->entities));
    }
    pass->shared = NULL;
    pass->lines = NULL;
    pass->entities = NULL;
}
