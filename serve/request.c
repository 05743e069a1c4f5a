#include "serve/request.h"

enum { IDLE_REQUESTS_MAX = 256, IDLE_BODY_MAX = 256 << 10 };

/* ---- memory ---- */

static void request_free(struct request *request)
{
    strbuf_release(&request->reply.body);
    arena_release(&request->arena);
    free(request);
}

struct request *request_new(struct request_pool *pool)
{
    struct request *request = pool->idle;

    if (request != NULL) {
        pool->idle = request->next;
        pool->nidle--;
    } else {
        request = xcalloc(1, sizeof(*request));
        strbuf_init(&request->reply.body, REPLY_BODY_MAX);
    }
    snprintf(request->token_name, sizeof(request->token_name), "-");
    pool->nbusy++;
    return request;
}

void request_recycle(struct request_pool *pool, struct request *request)
{
    pool->nbusy--;
    if (pool->nidle == IDLE_REQUESTS_MAX || request->reply.body.size > IDLE_BODY_MAX) {
        request_free(request);
        return;
    }
    strbuf_clear(&request->reply.body);
    arena_clear(&request->arena);
    *request = (struct request){
        .reply.body = request->reply.body, .arena = request->arena, .next = pool->idle};
    pool->idle = request;
    pool->nidle++;
}

void request_pool_release(struct request_pool *pool)
{
    while (pool->idle != NULL) {
        struct request *next = pool->idle->next;
        request_free(pool->idle);
        pool->idle = next;
    }
    *pool = (struct request_pool){0};
}

/* ---- what came ---- */

void request_take_target(struct request *request, struct text target)
{
    if (target.len > REQUEST_URL_MAX) {
        request->fault = FAULT_URL_TOO_LONG;
        target.len = 0;
    }
    request->target = arena_copy(&request->arena, target);
}

/* Fields that must not come twice, and those of which the first counts: nobody well-meaning
 * sends a list as several fields. */
static void take_known(struct request *request, struct text name, const char *value)
{
    const struct {
        const char *name;
        const char **into;
        bool once;
    } known[] = {
        {"authorization", &request->authorization, true},
        {"accept", &request->accept, false},
        {"prefer", &request->prefer, false},
        {"if-none-match", &request->if_none_match, false},
        {"content-length", &request->content_length, true},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (!text_equal_nocase(name, text_of(known[i].name))) {
            continue;
        }
        if (*known[i].into == NULL) {
            *known[i].into = value;
        } else if (known[i].once) {
            request->fault = FAULT_REPEATED;
        }
    }
}

void request_take_header(struct request *request, struct text name, const char *value)
{
    request->header_bytes += name.len + strlen(value) + 4; /* ": " and the line's end */
    request->header_count++;
    take_known(request, name, value);
    if (text_equal_nocase(name, TEXT_LITERAL("transfer-encoding")) ||
        (text_equal_nocase(name, TEXT_LITERAL("content-length")) && strcmp(value, "0") != 0)) {
        request->fault = FAULT_BODY;
    }
    if (request->fault == FAULT_NONE && (request->header_bytes > REQUEST_HEADERS_MAX ||
                                         request->header_count > REQUEST_HEADER_COUNT_MAX)) {
        request->fault = FAULT_HEADERS_TOO_LARGE;
    }
}
