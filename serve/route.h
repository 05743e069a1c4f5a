/*
 * route.h - every path that hmsd answers, in one table: what is not in it does not exist.
 *
 * Scope     SCOPE_DENIED is 0, so a line that forgets its scope is refused, not open.
 * Use       the CapabilityStatement, the Allow header, the access log's patterns and the test of
 *           every route against every kind of token are made from this table.
 */
#ifndef HMS_SERVE_ROUTE_H
#define HMS_SERVE_ROUTE_H

#include "core/text.h"

#include <libpq-fe.h>

enum route_scope { SCOPE_DENIED, SCOPE_PUBLIC, SCOPE_READ };

struct service;
struct request;
struct resource;

struct route {
    const char *method; /* GET; HEAD is the same without the body */
    const char *pattern;
    enum route_scope scope;
    const struct resource *resource; /* NULL: none of FHIR's */
    const char *interaction;         /* FHIR's name of it, "" for none */
    /* True: the reply is made.  False: request->query is to be asked, and then: */
    bool (*begin)(const struct service *service, struct request *request);
    void (*finish)(const struct service *service, struct request *request,
                   const PGresult *rows);
};

extern const struct route route_table[];
extern const size_t route_count;

/* The route of a decoded path, and what stands for its {id}; NULL when there is none. */
const struct route *route_find(struct text path, struct text *id);

#endif
