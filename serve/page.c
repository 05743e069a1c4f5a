#include "serve/page.h"

#include "serve/cursor.h"
#include "serve/narrow.h"
#include "serve/outcome.h"

enum {
    LINK_MAX = 64 << 10,
    ADDED_COLUMNS = 4, /* key_time, key_id, total, position */
};

/* ---- asking ---- */

/* The self link without a cursor, which a cursor is bound to. */
static struct text link_of(const struct page *page, struct request *request)
{
    struct strbuf link;
    struct text copy;

    strbuf_init(&link, LINK_MAX);
    search_write(&request->search, page->resource->type, &link);
    copy = arena_copy(&request->arena, strbuf_text(&link));
    strbuf_release(&link);
    return copy;
}

static struct cursor_scope scope_of(const struct page *page, struct request *request)
{
    return (struct cursor_scope){page->cursor_key, request->organisation,
                                 link_of(page, request)};
}

static void add_conditions(const struct page *page, struct request *request,
                           struct statement *statement)
{
    const struct resource *resource = page->resource;
    const struct search_value *patient = search_find(&request->search, "patient");

    statement_add(statement, " FROM ");
    statement_add_constant(statement, resource->from);
    statement_add(statement, " r WHERE r.org_id = {org}");
    if (patient != NULL) {
        statement_add(statement, " AND ");
        statement_add_constant(statement, resource->patient);
        statement_add(statement, " = ");
        statement_add_value(statement, patient->alternatives[0].value.at);
        statement_add(statement, "::uuid");
    }
    narrow_by_id(&request->search, statement);
    resource->narrow(&request->search, request->organisation, statement);
}

/* " AND (key) comes after the cursor's".  A position is "id" or "time id"; we wrote it. */
static void add_position(const struct page *page, struct arena *arena, struct text position,
                         struct statement *statement)
{
    const char *blank = memrchr(position.at, ' ', position.len);
    size_t len = blank == NULL ? 0 : (size_t)(blank - position.at);
    const char *time = arena_strdup(arena, (struct text){position.at, len});
    const char *id = blank == NULL ? position.at : blank + 1;

    if (page->resource->time == NULL) {
        statement_add(statement, " AND r.id > ");
        statement_add_value(statement, id);
        statement_add(statement, "::uuid");
        return;
    }
    statement_add(statement, " AND (coalesce(");
    statement_add_constant(statement, page->resource->time);
    statement_add(statement, ", '-infinity') < ");
    statement_add_value(statement, time);
    statement_add(statement, "::timestamptz OR (coalesce(");
    statement_add_constant(statement, page->resource->time);
    statement_add(statement, ", '-infinity') = ");
    statement_add_value(statement, time);
    statement_add(statement, "::timestamptz AND r.id > ");
    statement_add_value(statement, id);
    statement_add(statement, "::uuid))");
}

/* What there is one of: the total, and that the patient is here. */
static void add_head(const struct page *page, struct request *request,
                     struct statement *statement)
{
    const struct search_value *patient = search_find(&request->search, "patient");

    statement_add(statement, "(SELECT ");
    if (request->search.total) {
        statement_add(statement, "(SELECT count(*)");
        add_conditions(page, request, statement);
        statement_add(statement, ")::text");
    } else {
        statement_add(statement, "NULL::text");
    }
    statement_add(statement, " AS total");
    if (patient != NULL) {
        statement_add(statement, " FROM hms.patient h WHERE h.org_id = {org} AND h.id = ");
        statement_add_value(statement, patient->alternatives[0].value.at);
        statement_add(statement, "::uuid");
    }
    statement_add(statement, ") head");
}

static void add_rows(const struct page *page, struct request *request, struct text position,
                     struct statement *statement)
{
    const char *time = page->resource->time;

    statement_add(statement, "(");
    statement_add_constant(statement, page->resource->select);
    statement_add(statement, ", r.key_time, r.id AS key_id FROM (SELECT r.*, ");
    if (time == NULL) {
        statement_add(statement, "NULL::timestamptz");
    } else {
        statement_add(statement, "coalesce(");
        statement_add_constant(statement, time);
        statement_add(statement, ", '-infinity')");
    }
    statement_add(statement, " AS key_time");
    add_conditions(page, request, statement);
    if (position.len > 0) {
        add_position(page, &request->arena, position, statement);
    }
    statement_add_constant(statement, time == NULL ? " ORDER BY r.id LIMIT "
                                                   : " ORDER BY key_time DESC, r.id LIMIT ");
    statement_add_value(statement,
                        arena_printf(&request->arena, "%u", request->search.count + 1));
    statement_add(statement, "::integer) r) s");
}

static bool check_patient(const struct page *page, struct request *request)
{
    const struct search_value *patient = search_find(&request->search, "patient");

    if (page->resource->patient == NULL) {
        return true;
    }
    if (patient == NULL && search_find(&request->search, "_id") == NULL) {
        return outcome_reply(&request->reply, 400, ISSUE_REQUIRED,
                             "this search needs the parameter 'patient'");
    }
    if (patient != NULL && patient->nalternatives > 1) {
        return outcome_reply(&request->reply, 400, ISSUE_NOT_SUPPORTED,
                             "this search takes one patient");
    }
    return true;
}

bool page_ask(const struct page *page, struct request *request)
{
    struct text position = {"", 0};
    struct statement statement;

    request->search.total = request->search.total || request->search.count == 0;
    if (!check_patient(page, request)) {
        return false;
    }
    if (request->search.cursor.len > 0) {
        struct cursor_scope scope = scope_of(page, request);
        if (!cursor_read(&scope, request->search.cursor, &request->arena, &position)) {
            return outcome_reply(&request->reply, 400, ISSUE_VALUE,
                                 "the parameter '_cursor' is not one of this search; begin "
                                 "again without it");
        }
    }
    request->query.is_search = true;
    statement_init(&statement, &request->query, &request->arena);
    statement_add(&statement,
                  "SELECT s.*, head.total, CASE WHEN s.key_time IS NULL"
                  " THEN s.key_id::text ELSE s.key_time::text || ' ' || s.key_id END"
                  " FROM ");
    add_head(page, request, &statement);
    statement_add(&statement, " LEFT JOIN ");
    add_rows(page, request, position, &statement);
    statement_add(&statement, " ON true ORDER BY s.key_time DESC, s.key_id");
    return statement_finish(&statement) || outcome_reply(&request->reply, 400, ISSUE_TOO_LONG,
                                                         "the search has too many values");
}

/* ---- answering ---- */

static void write_link(struct json_out *out, const char *relation, const struct page *page,
                       struct text search, struct text cursor)
{
    struct strbuf url;

    strbuf_init(&url, LINK_MAX);
    strbuf_addf(&url, "%s/", page->base_url);
    strbuf_add_text(&url, search);
    if (cursor.len > 0) {
        strbuf_puts(&url, memchr(search.at, '?', search.len) == NULL ? "?" : "&");
        strbuf_puts(&url, "_cursor=");
        strbuf_add_text(&url, cursor);
    }
    json_out_object(out);
    json_out_member(out, "relation", relation);
    json_out_member_text(out, "url", strbuf_text(&url));
    json_out_end_object(out);
    strbuf_release(&url);
}

static void write_links(const struct page *page, struct request *request, struct json_out *out,
                        struct text next)
{
    struct cursor_scope scope = scope_of(page, request);
    struct strbuf cursor;

    json_out_key(out, "link");
    json_out_array(out);
    write_link(out, "self", page, scope.search, request->search.cursor);
    if (next.len > 0) {
        strbuf_init(&cursor, LINK_MAX);
        cursor_write(&scope, next, &cursor);
        write_link(out, "next", page, scope.search, strbuf_text(&cursor));
        strbuf_release(&cursor);
    }
    json_out_end_array(out);
}

static void write_entry(const struct page *page, struct fhir *fhir, struct row row)
{
    struct text id = row_text(row, COLUMN_ID);
    char version[33];
    char *url;

    resource_version(row, version);
    fhir->version = version;
    url = xasprintf("%s/%s/%.*s", page->base_url, page->resource->type, (int)id.len, id.at);
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "fullUrl", url);
    json_out_key(&fhir->out, "resource");
    page->resource->write(fhir, row);
    json_out_key(&fhir->out, "search");
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "mode", "match");
    json_out_end_object(&fhir->out);
    json_out_end_object(&fhir->out);
    free(url);
}

void page_write(const struct page *page, struct request *request, const PGresult *rows)
{
    struct row row = {rows, 0, PQnfields(rows) - ADDED_COLUMNS};
    int nrows = PQntuples(rows);
    int total = row.ncolumns + 2;
    int position = row.ncolumns + 3;
    int shown = nrows;
    bool has_more = nrows > (int)request->search.count;
    struct fhir fhir = {.organisation = request->organisation};

    if (nrows == 0) {
        outcome_reply(&request->reply, 404, ISSUE_NOT_FOUND, "there is no such patient");
        return;
    }
    if (row_text(row, COLUMN_ID).len == 0) {
        shown = 0;
    } else if (has_more) {
        shown = (int)request->search.count;
    }
    request->reply.status = 200;
    request->reply.content_type = "application/fhir+json";
    json_out_init(&fhir.out, &request->reply.body);
    json_out_object(&fhir.out);
    json_out_member(&fhir.out, "resourceType", "Bundle");
    json_out_member(&fhir.out, "type", "searchset");
    if (request->search.total) {
        json_out_key(&fhir.out, "total");
        json_out_raw(&fhir.out, row_text(row, total));
    }
    write_links(page, request, &fhir.out,
                has_more && shown > 0 ? row_text((struct row){rows, shown - 1, 0}, position)
                                      : (struct text){"", 0});
    if (shown > 0) {
        json_out_key(&fhir.out, "entry");
        json_out_array(&fhir.out);
        for (row.number = 0; row.number < shown; row.number++) {
            write_entry(page, &fhir, row);
        }
        json_out_end_array(&fhir.out);
    }
    json_out_end_object(&fhir.out);
}
