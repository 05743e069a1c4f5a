/*
 * fuzz_query.c - whatever a stranger writes into a query, a cursor or the headers that choose an
 * answer: parsed, written back as a link, and parsed again to the same link.
 */
#include "serve/accept.h"
#include "serve/cursor.h"
#include "serve/narrow.h"
#include "serve/resource.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct resource *const resources[] = {&resource_patient, &resource_encounter,
                                                   &resource_observation};

static void write_link(const struct search *search, struct strbuf *link)
{
    strbuf_clear(link);
    search_write(search, "", link);
}

/* The link of a search is a query that means the same search. */
static void check_link(const struct resource *resource, const struct search *search,
                       struct arena *arena)
{
    struct strbuf link;
    struct strbuf again;
    struct search second;
    const char *which;

    strbuf_init(&link, 1 << 20);
    strbuf_init(&again, 1 << 20);
    write_link(search, &link);
    if (link.len > 0) {
        struct text query = {link.at + 1, link.len - 1};
        enum search_fault fault =
            search_parse(&second, resource->params, query, true, arena, &which);
        assert(fault == SEARCH_OK);
        write_link(&second, &again);
        assert(text_equal(strbuf_text(&link), strbuf_text(&again)));
    }
    strbuf_release(&link);
    strbuf_release(&again);
}

static void check_statement(const struct resource *resource, const struct search *search,
                            struct arena *arena)
{
    struct query query = {0};
    struct statement statement;

    statement_init(&statement, &query, arena);
    narrow_by_id(search, &statement);
    resource->narrow(search, "northgate", &statement);
    if (statement_finish(&statement)) {
        assert(text_is_utf8(text_of(query.sql)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[SHA256_BYTES] = {7};
    static struct arena arena;
    struct text text = {(const char *)data, size};
    struct cursor_scope scope = {key, "northgate", {"Patient", 7}};
    struct text position;
    char *string;

    arena_clear(&arena);
    string = arena_strdup(&arena, text);
    for (size_t i = 0; i < sizeof(resources) / sizeof(resources[0]); i++) {
        struct search search;
        const char *which;
        if (search_parse(&search, resources[i]->params, text, size % 2 == 0, &arena, &which) ==
            SEARCH_OK) {
            check_link(resources[i], &search, &arena);
            check_statement(resources[i], &search, &arena);
        }
    }
    if (cursor_read(&scope, text, &arena, &position)) {
        abort(); /* nobody guesses a tag */
    }
    (void)accept_is_json(string);
    (void)etag_is_listed(string, "version");
    return 0;
}
