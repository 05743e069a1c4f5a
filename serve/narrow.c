#include "serve/narrow.h"

#include "core/calendar.h"
#include "serve/fhir.h"

static const char *timestamp_text(struct arena *arena, int64_t us)
{
    struct strbuf text;
    const char *copy;

    strbuf_init(&text, 64);
    calendar_format_timestamp(&text, us);
    copy = arena_strdup(arena, strbuf_text(&text));
    strbuf_release(&text);
    return copy;
}

/* " AND (low OP value" and so on; the pieces are constants, the times parameters. */
static void compare(struct statement *statement, const char *what, const char *how, int64_t us)
{
    statement_add_constant(statement, what);
    statement_add_constant(statement, how);
    statement_add(statement, "(");
    statement_add_value(statement, timestamp_text(statement->arena, us));
    statement_add(statement, "::timestamptz AT TIME ZONE 'UTC')");
}

void narrow_by_date(const struct search *search, const char *name, const char *low,
                    const char *high, struct statement *statement)
{
    for (size_t i = 0; i < search->nvalues; i++) {
        const struct search_value *value = &search->values[i];

        if (strcmp(value->param->name, name) != 0) {
            continue;
        }
        statement_add(statement, " AND (");
        if (value->prefix == PREFIX_LT || value->prefix == PREFIX_LE) {
            compare(statement, low, " < ", value->from_us);
        }
        if (value->prefix == PREFIX_GT || value->prefix == PREFIX_GE) {
            compare(statement, high, " > ", value->to_us);
        }
        if (value->prefix == PREFIX_LE || value->prefix == PREFIX_GE) {
            statement_add(statement, " OR ");
        }
        if (value->prefix != PREFIX_LT && value->prefix != PREFIX_GT) {
            compare(statement, low, " >= ", value->from_us);
            statement_add(statement, " AND ");
            compare(statement, high, " <= ", value->to_us);
        }
        statement_add(statement, ")");
    }
}

void narrow_by_id(const struct search *search, struct statement *statement)
{
    for (size_t i = 0; i < search->nvalues; i++) {
        if (strcmp(search->values[i].param->name, "_id") == 0) {
            statement_add(statement, " AND r.id = ANY(");
            statement_add_value(statement, narrow_values(&search->values[i], statement->arena));
            statement_add(statement, "::uuid[])");
        }
    }
}

char *narrow_values(const struct search_value *value, struct arena *arena)
{
    struct text *items = arena_alloc(arena, value->nalternatives * sizeof(items[0]));

    for (size_t i = 0; i < value->nalternatives; i++) {
        items[i] = value->alternatives[i].value;
    }
    return array_literal(arena, items, value->nalternatives);
}

char *narrow_systems(const struct search_value *value, const char *organisation,
                     struct arena *arena)
{
    struct text *items = arena_alloc(arena, value->nalternatives * sizeof(items[0]));

    for (size_t i = 0; i < value->nalternatives; i++) {
        struct text system = value->alternatives[i].system;
        items[i] = system.at == NULL ? system : fhir_system_name(arena, system, organisation);
    }
    return array_literal(arena, items, value->nalternatives);
}
