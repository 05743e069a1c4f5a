#include "serve/service.h"

#include "core/progress.h"
#include "serve/accept.h"
#include "serve/outcome.h"
#include "serve/page.h"
#include "serve/url.h"

#include <time.h>

/* ---- what every request passes ---- */

static bool refuse_fault(struct request *request)
{
    struct reply *reply = &request->reply;

    switch (request->fault) {
    case FAULT_URL_TOO_LONG:
        return outcome_reply(reply, 414, ISSUE_TOO_LONG, "the address is longer than %d bytes",
                             REQUEST_URL_MAX);
    case FAULT_HEADERS_TOO_LARGE:
        return outcome_reply(reply, 431, ISSUE_TOO_LONG,
                             "the headers are more than %d or longer than %d bytes",
                             REQUEST_HEADER_COUNT_MAX, REQUEST_HEADERS_MAX);
    case FAULT_BODY:
        return outcome_reply(reply, 400, ISSUE_NOT_SUPPORTED, "a request here has no body");
    case FAULT_REPEATED:
        return outcome_reply(reply, 400, ISSUE_STRUCTURE,
                             "a header that may come once came twice");
    case FAULT_NONE:
    default:
        return true;
    }
}

static bool find_route(struct request *request)
{
    struct text path;
    struct text query;

    url_split(request->target, &path, &query);
    if (path.len == 0 || path.at[0] != '/' ||
        !url_decode(&request->arena, path, false, &path)) {
        return outcome_reply(&request->reply, 400, ISSUE_STRUCTURE,
                             "the address is not well-formed");
    }
    request->route = route_find(path, &request->id);
    if (request->route == NULL || request->route->scope == SCOPE_DENIED) {
        return outcome_reply(&request->reply, 404, ISSUE_NOT_FOUND, "there is nothing here");
    }
    if (strcmp(request->method, request->route->method) != 0 &&
        strcmp(request->method, "HEAD") != 0) {
        request->reply.allow = "GET, HEAD";
        return outcome_reply(&request->reply, 405, ISSUE_NOT_SUPPORTED,
                             "this can only be read: GET or HEAD");
    }
    return true;
}

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool check_token(struct service *service, struct request *request)
{
    const struct token *token;
    enum auth_verdict verdict;

    if (request->route->scope == SCOPE_PUBLIC) {
        return true;
    }
    verdict = auth_check(&service->auth, request->authorization, now_us(), &token);
    if (token != NULL) {
        snprintf(request->token_name, sizeof(request->token_name), "%s", token->name);
    }
    if (verdict == AUTH_GRANTED) {
        snprintf(request->organisation, sizeof(request->organisation), "%s",
                 token->organisation);
        request->query.org_id = org_id_of(text_of(token->organisation));
        return true;
    }
    request->reply.wants_token = true;
    return outcome_reply(&request->reply, 401, ISSUE_LOGIN, "%s",
                         verdict == AUTH_EXPIRED   ? "the token has expired"
                         : verdict == AUTH_MISSING ? "this needs a bearer token"
                                                   : "the token is not known");
}

static bool check_accept(struct request *request)
{
    return accept_is_json(request->accept) ||
           outcome_reply(&request->reply, 406, ISSUE_NOT_SUPPORTED,
                         "answers are application/fhir+json only");
}

/* ---- the store ---- */

static void finished(struct query *query, const PGresult *rows, const char *sqlstate)
{
    struct request *request = (void *)((char *)query - offsetof(struct request, query));

    if (rows != NULL) {
        request->route->finish(request->service, request, rows);
    } else if (strcmp(sqlstate, "57014") == 0) {
        outcome_reply(&request->reply, 504, ISSUE_TIMEOUT,
                      "the store took longer than %d s; ask for less",
                      DB_STATEMENT_TIMEOUT_MS / 1000);
    } else if (strncmp(sqlstate, "08", 2) == 0 || strncmp(sqlstate, "57", 2) == 0) {
        request->reply.retry_after_sec = 1;
        outcome_reply(&request->reply, 503, ISSUE_TRANSIENT, "the store is not there just now");
    } else {
        outcome_reply(&request->reply, 500, ISSUE_EXCEPTION, "the store refused (%s)",
                      sqlstate);
    }
    if (strbuf_is_full(&request->reply.body)) {
        outcome_reply(&request->reply, 500, ISSUE_TOO_LONG,
                      "the answer is longer than %d bytes; ask for fewer with _count",
                      REPLY_BODY_MAX);
    }
    request->service->log(request);
    request->service->resume(request);
}

static bool ask_store(struct service *service, struct request *request)
{
    request->query.done = finished;
    if (db_ask(service->db, &request->query)) {
        return false;
    }
    request->reply.retry_after_sec = 1;
    outcome_reply(&request->reply, 503, ISSUE_TRANSIENT, "the store is busy or not there");
    return true;
}

bool service_begin(struct service *service, struct request *request)
{
    request->service = service;
    if (refuse_fault(request) && find_route(request) && check_token(service, request) &&
        check_accept(request) && !request->route->begin(service, request) &&
        !ask_store(service, request)) {
        return false;
    }
    service->log(request);
    return true;
}

/* ---- public ---- */

bool answer_health(const struct service *service, struct request *request)
{
    if (!db_is_ready(service->db)) {
        request->reply.retry_after_sec = 1;
        outcome_reply(&request->reply, 503, ISSUE_TRANSIENT, "the store is not there");
        return true;
    }
    request->reply.status = 200;
    request->reply.content_type = "application/json";
    strbuf_puts(&request->reply.body, "{\"status\":\"ok\"}");
    return true;
}

bool answer_metadata(const struct service *service, struct request *request)
{
    request->reply.status = 200;
    request->reply.content_type = "application/fhir+json";
    strbuf_add_text(&request->reply.body, strbuf_text(&service->metadata));
    return true;
}

/* ---- read ---- */

bool begin_read(const struct service *service, struct request *request)
{
    struct ident id;

    (void)service;
    if (!ident_parse(request->id, &id)) {
        outcome_reply(&request->reply, 404, ISSUE_NOT_FOUND, "there is no such %s",
                      request->route->resource->type);
        return true;
    }
    request->query.sql = request->route->resource->read;
    request->query.nparams = 1;
    request->query.params[0] = arena_strdup(&request->arena, request->id);
    request->query.is_search = false;
    return false;
}

void finish_read(const struct service *service, struct request *request, const PGresult *rows)
{
    struct row row = {rows, 0, PQnfields(rows)};
    struct reply *reply = &request->reply;
    char version[33];
    struct fhir fhir = {.organisation = request->organisation, .version = version};

    (void)service;
    if (PQntuples(rows) == 0) {
        outcome_reply(reply, 404, ISSUE_NOT_FOUND, "there is no such %s",
                      request->route->resource->type);
        return;
    }
    resource_version(row, version);
    snprintf(reply->etag, sizeof(reply->etag), "W/\"%s\"", version);
    reply->content_type = "application/fhir+json";
    if (etag_is_listed(request->if_none_match, version)) {
        reply->status = 304;
        return;
    }
    reply->status = 200;
    json_out_init(&fhir.out, &reply->body);
    request->route->resource->write(&fhir, row);
}

/* ---- search ---- */

static bool refuse_search(struct reply *reply, enum search_fault fault, const char *which)
{
    const char *name = which == NULL ? "(unnamed)" : which;

    switch (fault) {
    case SEARCH_MALFORMED:
        return outcome_reply(reply, 400, ISSUE_STRUCTURE,
                             "the query is not well-formed percent-encoded UTF-8");
    case SEARCH_TOO_MANY:
        return outcome_reply(reply, 400, ISSUE_TOO_LONG,
                             "the search has too many parameters or values");
    case SEARCH_TOO_LONG:
        return outcome_reply(reply, 400, ISSUE_TOO_LONG,
                             "a value of the parameter '%s' is longer than %d bytes", name,
                             SEARCH_TEXT_MAX);
    case SEARCH_UNKNOWN:
        return outcome_reply(reply, 400, ISSUE_NOT_SUPPORTED,
                             "the search has a parameter that is not known here; "
                             "/fhir/metadata lists those that are");
    case SEARCH_MODIFIER:
        return outcome_reply(reply, 400, ISSUE_NOT_SUPPORTED,
                             "the parameter '%s' takes no modifier here", name);
    case SEARCH_NOT_SUPPORTED:
        return outcome_reply(reply, 400, ISSUE_NOT_SUPPORTED,
                             "the parameter '%s' is not supported in this form", name);
    case SEARCH_NOT_ACCEPTABLE:
        return outcome_reply(reply, 406, ISSUE_NOT_SUPPORTED,
                             "answers are application/fhir+json only");
    case SEARCH_BAD_VALUE:
    case SEARCH_OK:
    default:
        return outcome_reply(reply, 400, ISSUE_VALUE,
                             "the value of the parameter '%s' is not of its type", name);
    }
}

static struct page page_of(const struct service *service, const struct request *request)
{
    return (struct page){request->route->resource, service->auth.cursor_key, service->base_url};
}

bool begin_search(const struct service *service, struct request *request)
{
    struct page page = page_of(service, request);
    struct text path;
    struct text query;
    const char *which;
    bool strict = request->prefer != NULL && strstr(request->prefer, "handling=strict") != NULL;
    enum search_fault fault;

    url_split(request->target, &path, &query);
    fault = search_parse(&request->search, page.resource->params, query, strict,
                         &request->arena, &which);
    if (fault != SEARCH_OK) {
        refuse_search(&request->reply, fault, which);
        return true;
    }
    return !page_ask(&page, request);
}

void finish_search(const struct service *service, struct request *request, const PGresult *rows)
{
    struct page page = page_of(service, request);

    page_write(&page, request, rows);
}
