/*
 * http.h - HTTP/1.1 by libmicrohttpd, in the thread of the loop; the one file that knows it.
 *
 * Shape     a request is complete when its headers are (bodies are refused); then
 *           service_begin() answers at once or lets it wait: its connection sleeps until
 *           service->resume().
 * Limits    HTTP_CONNECTIONS_MAX connections, `per_ip` from one address; a connection that has
 *           brought no complete request HTTP_HEADER_TIMEOUT_SEC after it was opened or last
 *           answered is closed, however busily it drips; so is one that takes nothing of its
 *           answer for as long.  What is larger than HTTP_POOL_BYTES never becomes a request.
 * Not ours  what is no HTTP at all (no Host, a broken request line, a Content-Length that is no
 *           number) is refused by libmicrohttpd itself: 400 or 431 with a line of HTML, and the
 *           connection is closed.
 */
#ifndef HMS_SERVE_HTTP_H
#define HMS_SERVE_HTTP_H

#include "serve/loop.h"
#include "serve/service.h"

enum {
    HTTP_CONNECTIONS_MAX = 1000,
    HTTP_HEADER_TIMEOUT_SEC = 10,
    HTTP_POOL_BYTES = 56 << 10, /* a connection: the longest address and headers, a node each */
};

struct http;

/* `socket` is bound and listens; http closes it. */
struct http *http_open(struct loop *loop, int socket, unsigned per_ip, struct service *service,
                       struct error *err);
/* Does what is due; call it after every round of the loop.  At most that long until the next. */
int http_run(struct http *http);
/* No new connections; answers from now on end theirs. */
void http_stop(struct http *http);
/* Requests that are not yet answered. */
int http_busy(const struct http *http);
void http_free(struct http *http);

#endif
