#include "load/worker.h"

#include "core/progress.h"
#include "load/build.h"
#include "load/copy.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MAX = 64, WAIT_NS = 10 * 1000 * 1000, NUMBER_MAX = 24 };

struct worker {
    pid_t pid;
    bool ended;
    volatile uint64_t rows; /* written by the worker */
    struct error err;       /* read when it has ended */
};

/* Nothing counts before the last transaction, which waits for the disk; until then nobody need.
 * Workers are already as many as there are cores to use.  A backend whose worker was killed should
 * notice soon, since the next load waits for its locks. */
bool worker_prepare(struct pg *pg, struct error *err)
{
    return pg_run(
        pg,
        "SET synchronous_commit = off; SET max_parallel_maintenance_workers = 0; "
        "SET max_parallel_workers_per_gather = 0; SET maintenance_work_mem = '256MB'; "
        "SET work_mem = '64MB'; SET synchronize_seqscans = off; "
        "SET client_connection_check_interval = '1s'",
        err);
}

static void sleep_a_little(void)
{
    const struct timespec pause = {.tv_nsec = WAIT_NS};

    nanosleep(&pause, NULL);
}

static bool finish_task(struct pg *pg, const char *task_id, struct error *err)
{
    const char *const params[] = {task_id};

    return pg_exec(pg, "UPDATE mig.task SET state = 'done' WHERE task_id = $1", 1, params, err);
}

static bool do_task(struct pg *pg, const struct worker_job *job, const PGresult *task,
                    struct worker *self, struct error *err)
{
    const char *kind = PQgetvalue(task, 0, 1);
    int entity = catalogue_find(job->plan->catalogue, PQgetvalue(task, 0, 2));
    int lane = (int)strtol(PQgetvalue(task, 0, 3), NULL, 10);
    int64_t started = clock_us();

    if (strcmp(kind, "copy") == 0) {
        return copy_leaf(pg, job->plan, entity, lane, &self->rows, err) &&
               run_time(pg, job->run, PQgetvalue(task, 0, 2), lane, "copy",
                        clock_us() - started, err);
    }
    return build_leaf(pg, job->plan, job->run, entity, lane, err);
}

/* Tasks that wait for a parent are taken up later, by whoever is free. */
static bool work(struct pg *pg, const struct worker_job *job, struct worker *self,
                 struct error *err)
{
    char run_id[NUMBER_MAX];
    const char *const params[] = {run_id};
    bool ok = true;

    snprintf(run_id, sizeof(run_id), "%d", job->run->id);
    while (ok) {
        int64_t waiting = 0;
        bool took;
        PGresult *task = pg_query(pg, "SELECT * FROM mig.task_take($1)", 1, params, err);
        if (task == NULL) {
            return false;
        }
        if (PQntuples(task) == 1) {
            ok = do_task(pg, job, task, self, err) &&
                 finish_task(pg, PQgetvalue(task, 0, 0), err);
        } else {
            ok = pg_query_int(
                pg, "SELECT count(*) FROM mig.task WHERE run_id = $1 AND state = 'waiting'", 1,
                params, &waiting, err);
        }
        took = PQntuples(task) == 1;
        PQclear(task);
        if (ok && !took && waiting == 0) {
            break;
        }
        if (ok && !took) {
            sleep_a_little();
        }
    }
    return ok;
}

/* The child's whole life.  The parent's connection was inherited and is not touched. */
static void worker_main(const struct worker_job *job, struct worker *self, pid_t parent)
{
    struct pg *pg;
    bool ok;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
    pg = pg_open(job->conninfo, &self->err);
    ok = pg != NULL && worker_prepare(pg, &self->err) && work(pg, job, self, &self->err);
    pg_free(pg);
    _exit(ok ? 0 : 1);
}

static void stop_all(struct worker *workers, int n)
{
    for (int i = 0; i < n; i++) {
        if (!workers[i].ended && workers[i].pid > 0) {
            kill(workers[i].pid, SIGKILL);
        }
    }
}

/* True when that worker ended, and *failed when it did not end well. */
static bool reap(struct worker *worker, bool *failed, struct error *err)
{
    int status = 0;
    pid_t got = waitpid(worker->pid, &status, WNOHANG);

    if (got == 0 || (got < 0 && errno == EINTR)) {
        return false;
    }
    worker->ended = true;
    if (got < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        *failed = true;
        if (worker->err.code != ERROR_NONE && err->code == ERROR_NONE) {
            *err = worker->err;
        }
        error_set(err, ERROR_STORE, "a worker of the load was killed");
    }
    return true;
}

static bool wait_all(const struct worker_job *job, struct worker *workers, int n,
                     struct error *err)
{
    struct progress progress;
    int alive = n;
    bool failed = false;

    progress_start(&progress, "loading", job->rows);
    while (alive > 0) {
        uint64_t rows = 0;
        bool stopped = failed;
        for (int i = 0; i < n; i++) {
            rows += workers[i].rows;
            if (!workers[i].ended && reap(&workers[i], &failed, err)) {
                alive--;
            }
        }
        if (failed && !stopped) {
            stop_all(workers, n);
        }
        progress_update(&progress, rows, rows);
        if (alive > 0) {
            sleep_a_little();
        }
    }
    progress_finish(&progress);
    return !failed;
}

bool workers_run(const struct worker_job *job, struct error *err)
{
    int n = job->jobs > JOBS_MAX ? JOBS_MAX : job->jobs;
    size_t size = sizeof(struct worker) * (size_t)n;
    struct worker *workers =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t self = getpid();
    int started = 0;
    bool ok;

    if (workers == MAP_FAILED) {
        return error_set(err, ERROR_LIMIT, "no shared memory: %s", strerror(errno));
    }
    for (; started < n; started++) {
        pid_t child = fork();
        if (child == 0) {
            worker_main(job, &workers[started], self);
        }
        workers[started].pid = child; /* by the parent only: the child sees this memory too */
        if (child < 0) {
            error_set(err, ERROR_LIMIT, "no process for a worker: %s", strerror(errno));
            stop_all(workers, started);
            break;
        }
    }
    ok = wait_all(job, workers, started, err) && started == n;
    munmap(workers, size);
    return ok;
}
