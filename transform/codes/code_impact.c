#include "transform/codes/code_impact.h"

#include "core/ident.h"
#include "terminology/code_system.h"

#include <stdlib.h>

enum { QUERY_BYTES_MAX = 1 << 20, ARRAY_BYTES_MAX = 256 << 20 };

void code_impact_init(struct code_impact *impact, const char *system, enum code_dialect dialect)
{
    *impact = (struct code_impact){.system = system, .dialect = dialect};
    strmap_init(&impact->touched, CODE_IMPACT_MAX);
}

static void free_touch(struct strmap_entry *entry, void *context)
{
    (void)context;
    free(entry->pointer);
}

void code_impact_release(struct code_impact *impact)
{
    strmap_each(&impact->touched, free_touch, NULL);
    strmap_release(&impact->touched);
    *impact = (struct code_impact){0};
}

bool code_impact_add(struct code_impact *impact, struct text code, bool is_stale,
                     struct error *err)
{
    struct strmap_entry *entry = strmap_put(&impact->touched, code);

    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d codes have changed", CODE_IMPACT_MAX);
    }
    if (entry->pointer == NULL) {
        entry->pointer = xcalloc(1, sizeof(struct code_touch));
    }
    ((struct code_touch *)entry->pointer)->is_stale = is_stale;
    return true;
}

struct code_touch code_impact_find(const struct code_impact *impact, struct text code)
{
    const struct strmap_entry *entry = strmap_find(&impact->touched, code);

    return entry == NULL ? (struct code_touch){0} : *(const struct code_touch *)entry->pointer;
}

/* --- the store --- */

static void put_element(struct strbuf *array, struct text code)
{
    strbuf_puts(array, array->len == 1 ? "\"" : ",\"");
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] == '"' || code.at[i] == '\\') {
            strbuf_putc(array, '\\');
        }
        strbuf_putc(array, code.at[i]);
    }
    strbuf_putc(array, '"');
}

struct listing {
    const struct code_impact *impact;
    struct strbuf array;
};

/* Stores hold codes as maps wrote them: with their dots or without. */
static void list_code(struct strmap_entry *entry, void *context)
{
    struct listing *listing = context;
    char dotted[CODE_FORM_MAX];
    struct text written = code_dotted(listing->impact->dialect, entry->key, dotted);

    put_element(&listing->array, entry->key);
    if (!text_equal(written, entry->key)) {
        put_element(&listing->array, written);
    }
}

/* One SELECT over all entities that have codes. */
static bool make_query(struct pg *pg, struct strbuf *query, struct error *err)
{
    PGresult *entities =
        pg_query(pg,
                 "SELECT c.relname, bool_or(a.attname = 'patient_id') FROM pg_class c "
                 "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'hms' "
                 "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('code_state', "
                 "'patient_id') "
                 "WHERE c.relname IN (SELECT entity FROM mig.entity) GROUP BY 1 "
                 "HAVING bool_or(a.attname = 'code_state') ORDER BY 1",
                 0, NULL, err);

    if (entities == NULL) {
        return false;
    }
    strbuf_puts(query, "SELECT code_system, code, count(*), count(DISTINCT patient_id) FROM (");
    for (int i = 0; i < PQntuples(entities); i++) {
        char *name = pg_quote_name(pg, PQgetvalue(entities, i, 0));
        bool has_patient = PQgetvalue(entities, i, 1)[0] == 't';
        strbuf_addf(query,
                    "%sSELECT code_system, code, %s AS patient_id FROM hms.%s "
                    "WHERE org_id = $1 AND code = ANY ($2)",
                    i == 0 ? "" : " UNION ALL ", has_patient ? "patient_id" : "NULL::uuid",
                    name);
        free(name);
    }
    strbuf_puts(query, ") r GROUP BY GROUPING SETS ((code_system, code), (code_system))");
    PQclear(entities);
    return true;
}

static void take_row(struct code_impact *impact, const PGresult *rows, int row)
{
    struct text system = code_system_pack(text_of(PQgetvalue(rows, row, 0)));
    uint64_t patients = strtoull(PQgetvalue(rows, row, 3), NULL, 10);
    char normal[CODE_FORM_MAX];
    struct strmap_entry *entry;

    if (!text_is(system, impact->system)) {
        return;
    }
    if (PQgetisnull(rows, row, 1)) {
        impact->patients += patients;
        return;
    }
    entry =
        strmap_find(&impact->touched,
                    code_normal(impact->dialect, text_of(PQgetvalue(rows, row, 1)), normal));
    if (entry != NULL) {
        struct code_touch *touch = entry->pointer;
        touch->rows += strtoull(PQgetvalue(rows, row, 2), NULL, 10);
        touch->patients += patients;
    }
}

bool code_impact_read_store(struct code_impact *impact, struct pg *pg, const char *organisation,
                            struct error *err)
{
    struct listing listing = {.impact = impact};
    struct strbuf query;
    char org_id[16];
    PGresult *rows = NULL;
    bool ok;

    snprintf(org_id, sizeof(org_id), "%d", org_id_of(text_of(organisation)));
    strbuf_init(&query, QUERY_BYTES_MAX);
    strbuf_init(&listing.array, ARRAY_BYTES_MAX);
    strbuf_putc(&listing.array, '{');
    strmap_each(&impact->touched, list_code, &listing);
    strbuf_putc(&listing.array, '}');
    const char *const params[] = {org_id, listing.array.at};
    ok = pg_setting(pg, "hms.org_id", org_id, err) && make_query(pg, &query, err);
    rows = ok ? pg_query(pg, query.at, 2, params, err) : NULL;
    for (int row = 0; rows != NULL && row < PQntuples(rows); row++) {
        take_row(impact, rows, row);
    }
    ok = rows != NULL;
    PQclear(rows);
    strbuf_release(&listing.array);
    strbuf_release(&query);
    return ok;
}
