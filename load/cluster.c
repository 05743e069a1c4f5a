#include "load/cluster.h"

#include "core/file.h"
#include "core/pg.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char settings[] =
    "listen_addresses = ''\n"
    "unix_socket_permissions = 0700\n"
    "max_connections = 100\n"
    "shared_buffers = 256MB\n"
    "maintenance_work_mem = 128MB\n"
    "max_wal_size = 4GB\n"
    "checkpoint_timeout = 15min\n"
    "wal_level = minimal\n" /* a new table that is filled by COPY is not logged, only synced */
    "max_wal_senders = 0\n"
    "wal_compression = on\n"
    "random_page_cost = 1.1\n"
    "jit = off\n"
    "max_locks_per_transaction = 256\n"
    "timezone = 'UTC'\n"
    "log_timezone = 'UTC'\n"
    /* PostgreSQL's errors quote rows: they go to the session that made them and nowhere else.
     */
    "log_min_messages = log\n"
    "log_error_verbosity = terse\n"
    "log_min_error_statement = panic\n"
    "log_parameter_max_length = 0\n"
    "log_parameter_max_length_on_error = 0\n"
    "log_statement = none\n";

enum { VERSION_BYTES_MAX = 64, START_RETRIES = 4 };

static char *data_folder(const struct cluster *cluster)
{
    return path_join(cluster->folder, "data");
}

enum cluster_state cluster_state(const struct cluster *cluster)
{
    char *data = data_folder(cluster);
    bool made = file_exists(data);

    free(data);
    if (!made) {
        return CLUSTER_NONE;
    }
    return PQping(cluster->conninfo) == PQPING_OK ? CLUSTER_UP : CLUSTER_DOWN;
}

static bool write_file(const char *folder, const char *name, const char *content,
                       struct error *err)
{
    char *path = path_join(folder, name);
    bool ok = file_write(path, text_of(content), err);

    free(path);
    return ok;
}

/* postgresql.conf of initdb stays as it is; ours is read after it. */
static bool write_settings(const struct cluster *cluster, const char *data, struct error *err)
{
    struct passwd *caller = getpwuid(geteuid());
    const char *calling = caller == NULL ? cluster->user.name : caller->pw_name;
    char *own = xasprintf("%sunix_socket_directories = '%s'\n", settings, cluster->socket);
    char *ident = xasprintf("hms \"%s\" hms\nhms \"%s\" hms\n", calling, cluster->user.name);
    bool ok = write_file(data, "postgresql.auto.conf", own, err) &&
              write_file(data, "pg_hba.conf", "local all all peer map=hms\n", err) &&
              write_file(data, "pg_ident.conf", ident, err);

    free(own);
    free(ident);
    return ok;
}

static bool give(const struct cluster *cluster, const char *path, struct error *err)
{
    if (geteuid() == 0 && lchown(path, cluster->user.uid, cluster->user.gid) != 0) {
        return error_set(err, ERROR_STORE, "cannot give %s to user %s: %s", path,
                         cluster->user.name, strerror(errno));
    }
    return true;
}

/* A folder that only the server's user may enter; under /tmp somebody else may have been first.
 */
static bool own_folder(const struct cluster *cluster, const char *path, struct error *err)
{
    struct stat info;

    if (!folder_make(path, err) || !give(cluster, path, err)) {
        return false;
    }
    if (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != cluster->user.uid ||
        chmod(path, 0700) != 0) {
        return error_set(err, ERROR_STORE, "%s is not a folder of user %s", path,
                         cluster->user.name);
    }
    return true;
}

/* The folder above is only stepped through by the server's user: it need not be secret. */
static bool make_parent(const char *path, struct error *err)
{
    char *parent = xstrndup(path, (size_t)(strrchr(path, '/') - path));
    bool ok = mkdir(parent, 0755) == 0 ? chmod(parent, 0755) == 0 : errno == EEXIST;

    if (!ok) {
        error_set(err, ERROR_STORE, "cannot make the folder %s: %s", parent, strerror(errno));
    }
    free(parent);
    return ok;
}

static bool give_settings(const struct cluster *cluster, const char *data, struct error *err)
{
    static const char *const names[] = {"postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf"};
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof(names) / sizeof(names[0]); i++) {
        char *path = path_join(data, names[i]);
        ok = give(cluster, path, err);
        free(path);
    }
    return ok;
}

/* Into a folder of another name first: a cluster that is there is whole. */
static bool make_data(const struct cluster *cluster, const char *programs, const char *setup,
                      struct error *err)
{
    char *data = data_folder(cluster);
    char *fresh = path_join(cluster->folder, "data.new");
    char *initdb = path_join(programs, "initdb");
    const char *const clean[] = {"/bin/rm", "-rf", fresh, NULL};
    const char *const make[] = {initdb,
                                "-D",
                                fresh,
                                "-U",
                                "hms",
                                "-A",
                                "peer",
                                "-E",
                                "UTF8",
                                "--locale",
                                "C.UTF-8",
                                "--lc-collate=C",
                                "--no-instructions",
                                "--data-checksums",
                                NULL};
    bool ok = server_program_run(&cluster->user, clean, setup, err) &&
              server_program_run(&cluster->user, make, setup, err);

    if (ok && rename(fresh, data) != 0) {
        ok = error_set(err, ERROR_STORE, "cannot rename %s: %s", fresh, strerror(errno));
    }
    free(initdb);
    free(fresh);
    free(data);
    return ok;
}

/* The version that made the cluster; 0 when there is none yet. */
static int data_version(const char *data)
{
    char *path = path_join(data, "PG_VERSION");
    struct error ignored = {0};
    struct strbuf content;
    int version = 0;

    strbuf_init(&content, VERSION_BYTES_MAX);
    if (file_exists(path) && file_read(path, VERSION_BYTES_MAX, &content, &ignored)) {
        version = (int)strtol(content.at, NULL, 10);
    }
    strbuf_release(&content);
    free(path);
    return version;
}

static bool start(const struct cluster *cluster, const char *programs, const char *data,
                  const char *setup, struct error *err)
{
    char *pg_ctl = path_join(programs, "pg_ctl");
    char *log = path_join(cluster->folder, "server.log");
    const char *const argv[] = {pg_ctl, "-D", data, "-l", log, "-w", "-t", "60", "start", NULL};
    struct error first = {0};
    bool ok = server_program_run(&cluster->user, argv, setup, &first);

    /* After a crash the processes of the dead server may take a moment to go. */
    for (int i = 0; !ok && i < START_RETRIES; i++) {
        const struct timespec pause = {.tv_sec = 1};
        struct error again = {0};
        nanosleep(&pause, NULL);
        ok = server_program_run(&cluster->user, argv, setup, &again);
    }
    if (!ok) {
        *err = first;
    }
    free(log);
    free(pg_ctl);
    return ok;
}

static bool make_database(const struct cluster *cluster, struct error *err)
{
    char *conninfo = xasprintf("%s dbname=postgres", cluster->conninfo);
    struct pg *pg = pg_open(conninfo, err);
    int64_t is_there = 0;
    bool ok = pg != NULL &&
              pg_query_int(pg, "SELECT count(*) FROM pg_database WHERE datname = 'hms'", 0,
                           NULL, &is_there, err) &&
              (is_there > 0 || pg_run(pg, "CREATE DATABASE hms", err));

    pg_free(pg);
    free(conninfo);
    return ok;
}

static bool up_locked(const struct cluster *cluster, const char *setup, struct error *err)
{
    char *data = data_folder(cluster);
    char *programs = server_programs_find(data_version(data), cluster->search, err);
    bool ok = programs != NULL && own_folder(cluster, cluster->socket, err);

    if (ok && cluster_state(cluster) == CLUSTER_NONE) {
        ok = make_data(cluster, programs, setup, err);
    }
    if (ok && cluster_state(cluster) == CLUSTER_DOWN) {
        ok = write_settings(cluster, data, err) && give_settings(cluster, data, err) &&
             start(cluster, programs, data, setup, err);
    }
    ok = ok && make_database(cluster, err);
    free(programs);
    free(data);
    return ok;
}

bool cluster_up(const struct cluster *cluster, struct error *err)
{
    char *setup = path_join(cluster->folder, "setup.log");
    char *lock = path_join(cluster->folder, "lock");
    int fd = -1;
    bool ok = make_parent(cluster->folder, err) && own_folder(cluster, cluster->folder, err);

    if (ok) {
        fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        ok = (fd >= 0 && flock(fd, LOCK_EX) == 0) ||
             error_set(err, ERROR_STORE, "cannot lock %s: %s", lock, strerror(errno));
    }
    ok = ok && up_locked(cluster, setup, err);
    if (fd >= 0) {
        close(fd);
    }
    free(lock);
    free(setup);
    return ok;
}

bool cluster_down(const struct cluster *cluster, struct error *err)
{
    char *data = data_folder(cluster);
    char *setup = path_join(cluster->folder, "setup.log");
    char *programs = NULL;
    char *pg_ctl = NULL;
    bool ok = true;

    if (cluster_state(cluster) == CLUSTER_UP) {
        programs = server_programs_find(data_version(data), cluster->search, err);
        ok = programs != NULL;
    }
    if (ok && programs != NULL) {
        pg_ctl = path_join(programs, "pg_ctl");
        const char *const argv[] = {pg_ctl, "-D", data, "-m", "fast", "-w", "stop", NULL};
        ok = server_program_run(&cluster->user, argv, setup, err);
    }
    free(pg_ctl);
    free(programs);
    free(setup);
    free(data);
    return ok;
}
