#include "serve/http.h"

#include "core/progress.h"
#include "serve/patience.h"

#include <microhttpd.h>

#include <assert.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { ROUND_MS_MAX = 500 };

enum stage { STAGE_HEADERS, STAGE_BEGUN, STAGE_WAITING, STAGE_ANSWERED };

/* One TCP connection. */
struct connection {
    struct http *http;
    struct MHD_Connection *mhd;
    struct debtor debtor; /* while it owes us a request */
    enum stage stage;     /* of its request */
    bool is_suspended;
};

struct http {
    struct watch watch; /* of the daemon's own epoll */
    struct loop *loop;
    struct service *service;
    struct MHD_Daemon *daemon;
    int listening; /* -1 after http_stop() */
    struct patience patience;
    struct request_pool pool;
};

/* ---- connections ---- */

static void connection_changed(void *context, struct MHD_Connection *mhd, void **own,
                               enum MHD_ConnectionNotificationCode what)
{
    struct connection *c = *own;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        c = xcalloc(1, sizeof(*c));
        c->http = context;
        c->mhd = mhd;
        *own = c;
        c->debtor.fd =
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        patience_begin(&c->http->patience, &c->debtor);
    } else if (c != NULL) {
        patience_end(&c->http->patience, &c->debtor);
        free(c);
        *own = NULL;
    }
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    assert(info != NULL && info->socket_context != NULL);
    return info->socket_context;
}

/* ---- requests ---- */

/* The request line has come; `target` is as it was sent. */
static void *request_begins(void *context, const char *target, struct MHD_Connection *mhd)
{
    struct http *http = context;
    struct request *request = request_new(&http->pool);
    char *query;

    request->connection = connection_of(mhd);
    request->connection->stage = STAGE_HEADERS;
    request->started_us = clock_us();
    snprintf(request->token_name, sizeof(request->token_name), "-");
    request_take_target(request, text_of(target));
    /* The daemon would go on to make a list node of each parameter, in its small pool, and drop
     * the connection over a query of some thousand empty ones.  The query is ours to read, so it
     * ends for the daemon where it begins. */
    query = strchr(target, '?');
    if (query != NULL) {
        query[1] = '\0'; /* when it is empty, it is so already */
    }
    return request;
}

static void request_ended(void *context, struct MHD_Connection *mhd, void **own,
                          enum MHD_RequestTerminationCode why)
{
    struct http *http = context;
    struct request *request = *own;

    (void)mhd;
    (void)why;
    if (request != NULL) {
        patience_end(&http->patience, &request->connection->debtor);
        patience_begin(&http->patience, &request->connection->debtor);
        request_recycle(&http->pool, request);
        *own = NULL;
    }
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    request_take_header(context, text_of(name), value == NULL ? "" : value);
    return MHD_YES;
}

/* ---- answers ---- */

static void add_headers(struct MHD_Response *response, const struct request *request)
{
    const struct reply *reply = &request->reply;
    char seconds[16];

    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    if (reply->content_type != NULL) {
        MHD_add_response_header(response, "Content-Type", reply->content_type);
    }
    if (reply->etag[0] != '\0') {
        MHD_add_response_header(response, "ETag", reply->etag);
    }
    if (reply->allow != NULL) {
        MHD_add_response_header(response, "Allow", reply->allow);
    }
    if (reply->wants_token) {
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer realm=\"hms\"");
    }
    if (reply->retry_after_sec > 0) {
        snprintf(seconds, sizeof(seconds), "%u", reply->retry_after_sec);
        MHD_add_response_header(response, "Retry-After", seconds);
    }
    if (request->fault != FAULT_NONE || request->connection->http->listening < 0) {
        MHD_add_response_header(response, "Connection", "close");
    }
}

/* The body stays the request's: request_ended() comes after the last byte has left. */
static enum MHD_Result send_reply(struct MHD_Connection *mhd, struct request *request)
{
    struct reply *reply = &request->reply;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->body.len, reply->body.at, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result;

    if (response == NULL) {
        return MHD_NO;
    }
    add_headers(response, request);
    result = MHD_queue_response(mhd, reply->status, response);
    MHD_destroy_response(response);
    request->connection->stage = STAGE_ANSWERED;
    return result;
}

static void resume(struct request *request)
{
    struct connection *c = request->connection;

    c->stage = STAGE_BEGUN;
    if (c->is_suspended) {
        c->is_suspended = false;
        MHD_resume_connection(c->mhd);
    }
}

/* libmicrohttpd calls this when the headers are complete, again when the body is (there is
 * none), and again when a sleeping connection was resumed.  An answer given at the first call
 * costs the connection. */
static enum MHD_Result handle(void *context, struct MHD_Connection *mhd, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **own)
{
    struct http *http = context;
    struct request *request = *own;
    struct connection *c = request->connection;

    (void)url;
    (void)version;
    (void)upload;
    if (c->stage == STAGE_HEADERS) {
        patience_end(&http->patience, &c->debtor);
        request->method = method;
        MHD_get_connection_values(mhd, MHD_HEADER_KIND, take_header, request);
        c->stage = STAGE_BEGUN;
        if (request->fault == FAULT_NONE) {
            return MHD_YES;
        }
        service_begin(http->service, request);
        return send_reply(mhd, request);
    }
    *upload_size = 0;
    if (request->reply.status != 0) {
        return send_reply(mhd, request);
    }
    c->stage = STAGE_WAITING;
    if (service_begin(http->service, request) || c->stage == STAGE_BEGUN) {
        return send_reply(mhd, request);
    }
    c->is_suspended = true;
    MHD_suspend_connection(mhd);
    return MHD_YES;
}

/* ---- all of it ---- */

static void daemon_ready(struct watch *watch, uint32_t events)
{
    (void)watch; /* http_run() runs after every round of the loop */
    (void)events;
}

static size_t keep_escapes(void *context, struct MHD_Connection *mhd, char *text)
{
    (void)context; /* decoding is ours (url.h), and once */
    (void)mhd;
    return strlen(text);
}

struct http *http_open(struct loop *loop, int socket, unsigned per_ip, struct service *service,
                       struct error *err)
{
    struct http *http = xcalloc(1, sizeof(*http));

    http->loop = loop;
    http->service = service;
    http->listening = socket;
    http->watch.ready = daemon_ready;
    http->patience.limit_us = HTTP_HEADER_TIMEOUT_SEC * INT64_C(1000000);
    service->resume = resume;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL, handle, http,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_ip,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_HEADER_TIMEOUT_SEC,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_POOL_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, request_begins, http, MHD_OPTION_NOTIFY_COMPLETED,
        request_ended, http, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, http,
        MHD_OPTION_END);
    if (http->daemon == NULL) {
        error_set(err, ERROR_LIMIT, "the HTTP server cannot start");
        free(http);
        return NULL;
    }
    loop_watch(loop, &http->watch,
               MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, EPOLLIN);
    return http;
}

int http_run(struct http *http)
{
    MHD_UNSIGNED_LONG_LONG left_ms = ROUND_MS_MAX;

    patience_lose(&http->patience);
    MHD_run(http->daemon);
    if (MHD_get_timeout(http->daemon, &left_ms) != MHD_YES || left_ms > ROUND_MS_MAX) {
        left_ms = ROUND_MS_MAX;
    }
    return (int)left_ms;
}

void http_stop(struct http *http)
{
    if (http->listening >= 0) {
        close(MHD_quiesce_daemon(http->daemon));
        http->listening = -1;
    }
}

int http_busy(const struct http *http)
{
    return http->pool.nbusy;
}

void http_free(struct http *http)
{
    if (http == NULL) {
        return;
    }
    loop_forget(http->loop, &http->watch);
    MHD_stop_daemon(http->daemon);
    request_pool_release(&http->pool);
    free(http);
}
