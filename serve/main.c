/*
 * main.c - hmsd: options, socket, rights, signals, and the loop.
 *
 * Order     everything that needs rights is opened, then the rights are dropped, then the first
 *           byte of a stranger is read.
 * Signals   TERM and INT finish the requests that are running (STOP_GRACE_US at most) and end;
 *           HUP reads the file of tokens again, and keeps the old ones when it cannot.
 * Output    the token of --new-token on stdout; everything else on stderr.
 */
#include "core/progress.h"
#include "serve/fhir_metadata.h"
#include "serve/http.h"
#include "serve/options.h"

#include <arpa/inet.h>
#include <errno.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STOP_GRACE_US = 10000000, TICK_US = 1000000, LISTEN_BACKLOG = 511 };

struct server {
    struct watch signals; /* first: the loop gives it back */
    struct options options;
    struct loop loop;
    struct service service;
    struct http *http;
    int64_t stop_us; /* 0: not asked to stop; else when to stop waiting */
};

/* ---- words ---- */

static void say(const char *line)
{
    fprintf(stderr, "hmsd: %s\n", line);
}

static int fail(const struct error *err)
{
    fprintf(stderr, "hmsd: error: %s\n", err->message);
    if (err->hint[0] != '\0') {
        fprintf(stderr, "hmsd: hint: %s\n", err->hint);
    }
    return (int)err->code;
}

/* A method is whatever a stranger wrote: only those of the standard go into the log. */
static const char *method_name(const char *method)
{
    static const char *const names[] = {"GET",   "HEAD",    "POST",  "PUT",     "DELETE",
                                        "PATCH", "OPTIONS", "TRACE", "CONNECT", NULL};
    size_t i = 0;

    while (names[i] != NULL && (method == NULL || strcmp(names[i], method) != 0)) {
        i++;
    }
    return names[i] == NULL ? "-" : names[i];
}

static void log_request(const struct request *request)
{
    fprintf(stderr, "%s %s %u %.1f %s\n", method_name(request->method),
            request->route == NULL ? "-" : request->route->pattern, request->reply.status,
            (double)(clock_us() - request->started_us) / 1000.0, request->token_name);
}

static void log_nothing(const struct request *request)
{
    (void)request;
}

/* ---- socket ---- */

static int open_socket(const struct options *options, int *port, struct error *err)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    struct sockaddr_storage bound;
    socklen_t len = sizeof(bound);
    char service[16];
    int fd = -1;
    int on = 1;

    snprintf(service, sizeof(service), "%d", options->port);
    if (getaddrinfo(options->host, service, &hints, &found) != 0) {
        error_set(err, ERROR_USAGE, "'%s' is not an address to listen on", options->host);
        return -1;
    }
    fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, LISTEN_BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&bound, &len) != 0) {
        error_set(err, ERROR_CONFIG, "cannot listen on %s port %d: %s", options->host,
                  options->port, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        fd = -1;
    } else {
        *port = bound.ss_family == AF_INET6
                    ? ntohs(((struct sockaddr_in6 *)(void *)&bound)->sin6_port)
                    : ntohs(((struct sockaddr_in *)(void *)&bound)->sin_port);
    }
    freeaddrinfo(found);
    return fd;
}

static char *make_base_url(const struct options *options, int port)
{
    bool is_v6 = strchr(options->host, ':') != NULL;

    if (options->base_url != NULL) {
        return xstrdup(options->base_url);
    }
    return xasprintf(is_v6 ? "http://[%s]:%d/fhir" : "http://%s:%d/fhir", options->host, port);
}

/* ---- rights ---- */

static bool drop_rights(const struct options *options, struct error *err)
{
    struct rlimit no_core = {0, 0};
    struct rlimit files;
    struct passwd *user;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    if (geteuid() == 0) {
        user = getpwnam(options->user);
        if (user == NULL || user->pw_uid == 0) {
            return error_set(err, ERROR_USAGE, "there is no user '%s' to become",
                             options->user);
        }
        if (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0 ||
            setuid(0) == 0) {
            return error_set(err, ERROR_CONFIG, "cannot become user '%s'", options->user);
        }
    }
    /* No core file with patient data in it, no debugger, no way back up. */
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return error_set(err, ERROR_CONFIG, "cannot give up rights: %s", strerror(errno));
    }
    return true;
}

/* ---- signals ---- */

static void reload_tokens(struct server *server)
{
    struct error err = {0};
    struct auth fresh;

    if (auth_load(&fresh, server->options.tokens, &err)) {
        auth_release(&server->service.auth);
        server->service.auth = fresh;
        say("tokens read again");
    } else {
        fprintf(stderr, "hmsd: tokens stay as they were: %s\n", err.message);
    }
}

static void signal_came(struct watch *watch, uint32_t events)
{
    struct server *server = (struct server *)watch;
    struct signalfd_siginfo info;

    (void)events;
    while (read(watch->fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        if (info.ssi_signo == SIGHUP) {
            reload_tokens(server);
        } else if (server->stop_us == 0) {
            server->stop_us = clock_us() + STOP_GRACE_US;
            http_stop(server->http);
        } else {
            server->stop_us = 1; /* asked twice: now */
        }
    }
}

static bool watch_signals(struct server *server, struct error *err)
{
    sigset_t signals;
    int fd;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0 ||
        (fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK)) < 0) {
        return error_set(err, ERROR_CONFIG, "cannot watch for signals: %s", strerror(errno));
    }
    server->signals.ready = signal_came;
    loop_watch(&server->loop, &server->signals, fd, EPOLLIN);
    return true;
}

/* ---- serving ---- */

static void run(struct server *server)
{
    int64_t tick_us = clock_us();
    int wait_ms = 0;

    while (server->stop_us == 0 ||
           (http_busy(server->http) > 0 && clock_us() < server->stop_us)) {
        loop_run_once(&server->loop, wait_ms);
        wait_ms = http_run(server->http);
        if (clock_us() - tick_us >= TICK_US) {
            tick_us = clock_us();
            db_tick(server->service.db);
        }
        fflush(stderr);
    }
}

static bool start(struct server *server, struct error *err)
{
    struct options *options = &server->options;
    int port = 0;
    int socket;

    if (!auth_load(&server->service.auth, options->tokens, err)) {
        return false;
    }
    socket = open_socket(options, &port, err);
    if (socket < 0 || !drop_rights(options, err) || !loop_open(&server->loop, err) ||
        !watch_signals(server, err)) {
        return false;
    }
    server->service.base_url = make_base_url(options, port);
    server->service.log = options->is_quiet ? log_nothing : log_request;
    strbuf_init(&server->service.metadata, 1 << 20);
    fhir_metadata_write(server->service.base_url, &server->service.metadata);
    server->service.db = db_open(&server->loop, options->store, options->connections, say);
    if (!db_wait(server->service.db, err)) {
        return false;
    }
    server->http =
        http_open(&server->loop, socket, (unsigned)options->per_ip, &server->service, err);
    if (server->http == NULL) {
        return false;
    }
    fprintf(stderr, "hmsd: listening on %s\n", server->service.base_url);
    fflush(stderr);
    return true;
}

static int serve(struct server *server)
{
    static char log_buffer[64 << 10]; /* stderr's, flushed once a round of the loop */
    struct error err = {0};

    setvbuf(stderr, log_buffer, _IOFBF, sizeof(log_buffer));
    if (start(server, &err)) {
        run(server);
        say("ended");
    }
    db_free(server->service.db); /* answers what still waits, so that http can end */
    http_free(server->http);
    auth_release(&server->service.auth);
    strbuf_release(&server->service.metadata);
    free(server->service.base_url);
    return err.code == ERROR_NONE ? 0 : fail(&err);
}

static int new_token(const struct options *options)
{
    struct error err = {0};
    char token[AUTH_TOKEN_MAX];

    if (!token_new(options->tokens, options->new_token,
                   options->name == NULL ? options->new_token : options->name, options->days,
                   token, &err)) {
        return fail(&err);
    }
    puts(token);
    return 0;
}

int main(int argc, char **argv)
{
    struct server server = {.loop.epoll = -1};
    struct error err = {0};
    int status;

    if (!options_parse(&server.options, argc, argv, &err)) {
        return fail(&err);
    }
    if (server.options.wants_help) {
        options_print_help();
        return 0;
    }
    status = server.options.new_token != NULL ? new_token(&server.options) : serve(&server);
    loop_close(&server.loop);
    return status;
}
