/*
 * service.h - answers one request: what it is as HTTP, which route, whose token, then the store.
 *
 * Order     a request that is broken as HTTP, a path that is none and a method that is none are
 *           refused before the token is looked at; everything else of a closed route only after.
 * Log       one line a request on the way out: method, route pattern, status, milliseconds, name
 *           of the token.  Never a path, a query or an id.
 */
#ifndef HMS_SERVE_SERVICE_H
#define HMS_SERVE_SERVICE_H

#include "serve/auth.h"
#include "serve/request.h"
#include "serve/route.h"

struct service {
    struct db *db;
    struct auth auth;
    char *base_url;                          /* "http://127.0.0.1:8080/fhir" */
    struct strbuf metadata;                  /* the CapabilityStatement, made once */
    void (*resume)(struct request *request); /* http's: the reply is made now */
    void (*log)(const struct request *request);
};

/* True: the reply is made.  False: service->resume() will be called when it is. */
bool service_begin(struct service *service, struct request *request);

/* The handlers of the table. */
bool answer_health(const struct service *service, struct request *request);
bool answer_metadata(const struct service *service, struct request *request);
bool begin_read(const struct service *service, struct request *request);
void finish_read(const struct service *service, struct request *request, const PGresult *rows);
bool begin_search(const struct service *service, struct request *request);
void finish_search(const struct service *service, struct request *request,
                   const PGresult *rows);

#endif
