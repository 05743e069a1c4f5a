#include "rehearsals/rehearse_steps.h"

#include "core/file.h"
#include "core/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ENVIRONMENT_MAX = 4096, EXIT_NOT_FOUND = 127, SIGNAL_BASE = 128 };

struct crew {
    struct rehearsal *rehearsal;
    const struct rehearse_options *options;
    bool (*changed)(int index, void *context, struct error *err);
    void *context;
    char **environment;
    char *own[3]; /* HMS_STORE, HMS_REHEARSAL, PATH */
    int running;
};

static bool has_name(const char *entry, const char *name)
{
    size_t len = strlen(name);
    return strncmp(entry, name, len) == 0 && entry[len] == '=';
}

/* The given environment, with our own HMS_STORE and the program's folder first in PATH. */
static void make_environment(struct crew *crew)
{
    const struct rehearse_options *options = crew->options;
    const char *path = "PATH=/usr/bin:/bin";
    int count = 0, own = 0;
    crew->environment = xcalloc(ENVIRONMENT_MAX + 4, sizeof(*crew->environment));
    for (char *const *entry = options->environment; *entry != NULL && count < ENVIRONMENT_MAX;
         entry++) {
        if (has_name(*entry, "PATH")) {
            path = *entry;
        } else if (!has_name(*entry, "HMS_STORE") && !has_name(*entry, "HMS_REHEARSAL")) {
            crew->environment[count++] = *entry;
        }
    }
    crew->own[own++] = xasprintf("HMS_STORE=%s", crew->rehearsal->conninfo);
    crew->own[own++] = xasprintf("HMS_REHEARSAL=%d", crew->rehearsal->number);
    crew->own[own++] = options->program_folder == NULL
                           ? xstrdup(path)
                           : xasprintf("PATH=%s:%s", options->program_folder, path + 5);
    for (int i = 0; i < own; i++) {
        crew->environment[count++] = crew->own[i];
    }
}

static void release_environment(struct crew *crew)
{
    for (size_t i = 0; i < sizeof(crew->own) / sizeof(crew->own[0]); i++) {
        free(crew->own[i]);
    }
    free(crew->environment);
}

/* In the child: from here on nothing of the parent is touched. */
static void become_step(const struct crew *crew, char *const *words, const char *out,
                        const char *log)
{
    int in = open("/dev/null", O_RDONLY);
    int out_fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int log_fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out_fd < 0 || log_fd < 0 || dup2(in, STDIN_FILENO) < 0 ||
        dup2(out_fd, STDOUT_FILENO) < 0 || dup2(log_fd, STDERR_FILENO) < 0) {
        _exit(EXIT_NOT_FOUND);
    }
    close(in);
    close(out_fd);
    close(log_fd);
    (void)signal(SIGPIPE, SIG_DFL);
    environ = crew->environment;
    execvp(words[0], words);
    dprintf(STDERR_FILENO, "cannot run '%s': %s\n", words[0], strerror(errno));
    _exit(EXIT_NOT_FOUND);
}

static bool tell(struct crew *crew, int index, struct error *err)
{
    const struct rehearse_options *options = crew->options;
    if (options->told != NULL) {
        options->told(crew->rehearsal, &crew->rehearsal->steps[index], options->context);
    }
    return crew->changed(index, crew->context, err);
}

static bool start_step(struct crew *crew, int index, struct error *err)
{
    struct rehearsal *rehearsal = crew->rehearsal;
    const struct plan_step *step = &rehearsal->plan->steps[index];
    struct step_result *result = &rehearsal->steps[index];
    char *words[PLAN_WORDS_MAX + 1];
    if (!plan_step_words(rehearsal->plan, step, words, err)) {
        return false;
    }
    char *out = xasprintf("%s/logs/%s.out", rehearsal->folder, step->id);
    result->started_us = clock_us();
    result->pid = fork();
    if (result->pid == 0) {
        become_step(crew, words, out, result->log);
    }
    free(out);
    if (result->pid < 0) {
        return error_set(err, ERROR_LIMIT, "cannot start a process: %s", strerror(errno));
    }
    result->state = STEP_RUNNING;
    crew->running++;
    return tell(crew, index, err);
}

static int64_t milliseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000 + time.tv_usec / 1000;
}

static bool end_step(struct crew *crew, int index, int status, const struct rusage *usage,
                     struct error *err)
{
    struct step_result *result = &crew->rehearsal->steps[index];
    result->wall_ms = (clock_us() - result->started_us) / 1000;
    result->cpu_ms = milliseconds(usage->ru_utime) + milliseconds(usage->ru_stime);
    result->max_rss_kb = usage->ru_maxrss;
    result->exit_status =
        WIFEXITED(status) ? WEXITSTATUS(status) : SIGNAL_BASE + WTERMSIG(status);
    bool fine = plan_step_allows(&crew->rehearsal->plan->steps[index], result->exit_status);
    result->state = fine ? STEP_DONE : STEP_FAILED;
    crew->rehearsal->failed = crew->rehearsal->failed || !fine;
    crew->running--;
    return tell(crew, index, err);
}

static bool wait_step(struct crew *crew, struct error *err)
{
    struct rusage usage;
    int status;
    pid_t pid = wait4(-1, &status, 0, &usage);
    if (pid < 0) {
        return errno == EINTR || error_set(err, ERROR_LIMIT, "waiting: %s", strerror(errno));
    }
    for (int i = 0; i < crew->rehearsal->plan->nsteps; i++) {
        if (crew->rehearsal->steps[i].state == STEP_RUNNING &&
            crew->rehearsal->steps[i].pid == pid) {
            return end_step(crew, i, status, &usage, err);
        }
    }
    return true;
}

enum readiness { READY, NOT_YET, NEVER };

static enum readiness step_readiness(const struct rehearsal *rehearsal, int index)
{
    const struct plan_step *step = &rehearsal->plan->steps[index];
    enum readiness readiness = READY;
    for (int i = 0; i < step->nneeds; i++) {
        enum step_state state = rehearsal->steps[step->needs[i]].state;
        if (state == STEP_FAILED || state == STEP_SKIPPED) {
            return NEVER;
        }
        if (state != STEP_DONE) {
            readiness = NOT_YET;
        }
    }
    return readiness;
}

/* Starts what may start and skips what never can; `*waiting` steps are left. */
static bool start_ready(struct crew *crew, int *waiting, struct error *err)
{
    struct rehearsal *rehearsal = crew->rehearsal;
    bool skipped = true;
    while (skipped) { /* a skipped step makes others impossible */
        skipped = false;
        *waiting = 0;
        for (int i = 0; i < rehearsal->plan->nsteps; i++) {
            if (rehearsal->steps[i].state != STEP_WAITING) {
                continue;
            }
            enum readiness readiness = step_readiness(rehearsal, i);
            if (readiness == NEVER) {
                rehearsal->steps[i].state = STEP_SKIPPED;
                skipped = true;
                if (!tell(crew, i, err)) {
                    return false;
                }
            } else if (readiness == READY && crew->running < crew->options->jobs) {
                if (!start_step(crew, i, err)) {
                    return false;
                }
            } else {
                (*waiting)++;
            }
        }
    }
    return true;
}

bool rehearse_steps(struct rehearsal *rehearsal, const struct rehearse_options *options,
                    bool (*changed)(int index, void *context, struct error *err), void *context,
                    struct error *err)
{
    struct crew crew = {
        .rehearsal = rehearsal, .options = options, .changed = changed, .context = context};
    struct error ignored = {0};
    int waiting = rehearsal->plan->nsteps;
    bool ok = true;
    make_environment(&crew);
    while (ok && (waiting > 0 || crew.running > 0)) {
        ok = start_ready(&crew, &waiting, err);
        if (ok && crew.running > 0) {
            ok = wait_step(&crew, err);
        }
    }
    while (crew.running > 0 && wait_step(&crew, &ignored)) {
        /* an error of ours does not leave processes behind */
    }
    release_environment(&crew);
    return ok;
}
