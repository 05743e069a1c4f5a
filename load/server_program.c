#include "load/server_program.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

bool server_user_choose(struct server_user *user, struct error *err)
{
    struct passwd *entry = getpwuid(geteuid());

    if (geteuid() == 0) {
        entry = getpwnam("postgres");
        if (entry == NULL) {
            entry = getpwnam("nobody");
        }
    }
    if (entry == NULL) {
        return error_set(err, ERROR_STORE, "there is no user to run PostgreSQL as");
    }
    user->uid = entry->pw_uid;
    user->gid = entry->pw_gid;
    snprintf(user->name, sizeof(user->name), "%s", entry->pw_name);
    return true;
}

static bool has_programs(const char *folder)
{
    static const char *const names[] = {"initdb", "pg_ctl", "postgres"};
    bool all = true;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char *path = path_join(folder, names[i]);
        all = all && access(path, X_OK) == 0;
        free(path);
    }
    return all;
}

/* Debian keeps each version in a folder of its own. */
static char *find_versioned(int version)
{
    glob_t found = {0};
    char *best = NULL;
    long best_version = SERVER_VERSION_MIN - 1;

    if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            long its = strtol(found.gl_pathv[i] + sizeof("/usr/lib/postgresql/") - 1, NULL, 10);
            if (its > best_version && (version == 0 || its == version) &&
                has_programs(found.gl_pathv[i])) {
                free(best);
                best = xstrdup(found.gl_pathv[i]);
                best_version = its;
            }
        }
    }
    globfree(&found);
    return best;
}

static char *find_along(const char *search_path)
{
    while (search_path != NULL && *search_path != '\0') {
        size_t len = strcspn(search_path, ":");
        char *folder = xstrndup(search_path, len);
        if (len > 0 && has_programs(folder)) {
            return folder;
        }
        free(folder);
        search_path += len + (search_path[len] == ':');
    }
    return NULL;
}

char *server_programs_find(int version, const char *search_path, struct error *err)
{
    char *folder = find_versioned(version);

    if (folder == NULL) {
        folder = find_along(search_path);
    }
    if (folder == NULL) {
        error_set(err, ERROR_STORE, "PostgreSQL %d%s is not installed",
                  version == 0 ? SERVER_VERSION_MIN : version, version == 0 ? " or newer" : "");
        error_hint(err, "apt-get install postgresql; or --store names a server that runs");
    }
    return folder;
}

/* In the child: never returns to the caller's code. */
static bool become(const struct server_user *user)
{
    if (geteuid() != 0 || user->uid == 0) {
        return true;
    }
    return initgroups(user->name, user->gid) == 0 && setgid(user->gid) == 0 &&
           setuid(user->uid) == 0;
}

static bool redirect(const char *output)
{
    int in = open("/dev/null", O_RDONLY);
    int out = open(output, O_WRONLY | O_APPEND | O_CREAT, 0600);

    return in >= 0 && out >= 0 && dup2(in, STDIN_FILENO) >= 0 &&
           dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0;
}

enum { CHILD_FAILED = 127 };

static void run_child(const struct server_user *user, const char *const *argv,
                      const char *output)
{
    char *environment[] = {xstrdup("PATH=/usr/bin:/bin"), xstrdup("LC_ALL=C"),
                           xstrdup("HOME=/"), xstrdup("TZ=UTC"), NULL};
    char *args[SERVER_ARGS_MAX + 1] = {0};

    for (size_t i = 0; i < SERVER_ARGS_MAX && argv[i] != NULL; i++) {
        args[i] = xstrdup(argv[i]);
    }
    if (redirect(output) && become(user) && chdir("/") == 0) {
        execve(args[0], args, environment);
    }
    _exit(CHILD_FAILED);
}

bool server_program_run(const struct server_user *user, const char *const *argv,
                        const char *output, struct error *err)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        run_child(user, argv, output);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        error_set(err, ERROR_STORE, "%s failed", argv[0]);
        error_hint(err, "what it said is in %s", output);
        return false;
    }
    return true;
}

bool server_user_reaches(const struct server_user *user, const char *folder)
{
    int status = 0;
    pid_t child;

    if (geteuid() != 0) {
        return access(folder, X_OK) == 0;
    }
    child = fork();
    if (child == 0) {
        _exit(become(user) && access(folder, X_OK) == 0 ? 0 : 1);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
