/*
 * request.h - one HTTP request and its answer, as everything but http.c sees them.
 *
 * Lifetime  made when the request line has come, recycled when the answer has left.  Texts
 *           point into http's buffers or into `arena` and live as long as the request.
 * Limits    REQUEST_URL_MAX bytes of target (414), REQUEST_HEADERS_MAX bytes or
 *           REQUEST_HEADER_COUNT_MAX header fields (431), no body at all (400).
 */
#ifndef HMS_SERVE_REQUEST_H
#define HMS_SERVE_REQUEST_H

#include "core/arena.h"
#include "core/ident.h"
#include "serve/db.h"
#include "serve/search.h"

enum {
    REQUEST_URL_MAX = 8 << 10,
    REQUEST_HEADERS_MAX = 32 << 10,
    REQUEST_HEADER_COUNT_MAX = 100,
    REPLY_BODY_MAX = 16 << 20,
};

/* What is wrong with it as HTTP; found by http.c, said by service.c. */
enum request_fault {
    FAULT_NONE,
    FAULT_URL_TOO_LONG,
    FAULT_HEADERS_TOO_LARGE,
    FAULT_BODY,     /* it announces a body */
    FAULT_REPEATED, /* a header that decides something came twice */
};

struct reply {
    unsigned status;
    struct strbuf body;
    const char *content_type;
    const char *allow;        /* 405 */
    char etag[40];            /* "" for none */
    bool wants_token;         /* 401: with WWW-Authenticate */
    unsigned retry_after_sec; /* 0: none */
};

struct route;
struct service;
struct connection; /* http.c's */

struct request {
    const char *method;
    struct text target; /* path and query as they came, percent-encoded */
    const char *authorization;
    const char *accept;
    const char *prefer;
    const char *if_none_match;
    const char *content_length;
    enum request_fault fault;
    size_t header_bytes;
    int header_count;

    const struct route *route; /* NULL until found */
    struct text id;            /* of the path's {id}, as it came */
    struct search search;
    char organisation[ORG_CODE_MAX + 1]; /* from the token; "" before */
    char token_name[64];                 /* "-" before */

    struct query query;
    struct reply reply;
    struct arena arena;
    int64_t started_us;
    struct service *service;
    struct connection *connection;
    struct request *next; /* in the pool */
};

/* Requests to be used again: their memory stays, their values do not. */
struct request_pool {
    struct request *idle;
    int nidle;
    int nbusy; /* taken and not yet given back */
};

struct request *request_new(struct request_pool *pool);
void request_recycle(struct request_pool *pool, struct request *request);
void request_pool_release(struct request_pool *pool);

void request_take_target(struct request *request, struct text target);
/* One header field, in the order they came; `value` lives as long as the request. */
void request_take_header(struct request *request, struct text name, const char *value);

#endif
