#include "transform/codes/code_exchange.h"

#include "transform/codes/concept_map.h"
#include "transform/sssom.h"

#define MAPPINGS                                                                               \
    "(SELECT a.list, a.source_code, a.source_text, a.choice, a.code_label, a.code_system, "    \
    "a.release, a.predicate, a.justification, a.confidence, a.author, a.reviewers, "           \
    "a.decided_on, a.comment FROM mig.code_approved a WHERE a.organisation = $1 "              \
    "UNION ALL "                                                                               \
    "SELECT i.list, i.source_code, i.source_text, s.code, s.code_label, s.code_system, "       \
    "s.release, i.predicate, s.justification, s.probability, s.engine, NULL, NULL, NULL "      \
    "FROM mig.local_code i JOIN mig.code_suggestion s ON s.item_id = i.item_id AND s.rank = "  \
    "1 "                                                                                       \
    "JOIN mig.code_outcome o ON o.item_id = i.item_id "                                        \
    "WHERE $2 = 'true' AND i.organisation = $1 AND o.state IN ('open', 'second', "             \
    "'conflict')) m "

#define FIELDS                                                                                 \
    "m.source_code, m.source_text, m.choice, m.code_label, m.code_system, m.release, "         \
    "m.predicate, m.justification, m.confidence, m.author, m.reviewers, m.decided_on, "        \
    "m.comment "

/* The columns of a file of ours, and what fills them. */
static const struct {
    enum sssom_column column;
    int field; /* enum code_mapping_field, or -1: the list */
} columns[] = {
    {SSSOM_subject_id, CODE_MAPPING_source_code},
    {SSSOM_subject_label, CODE_MAPPING_source_text},
    {SSSOM_subject_source, -1},
    {SSSOM_predicate_id, CODE_MAPPING_predicate},
    {SSSOM_object_id, CODE_MAPPING_choice},
    {SSSOM_object_label, CODE_MAPPING_code_label},
    {SSSOM_object_source, CODE_MAPPING_code_system},
    {SSSOM_object_source_version, CODE_MAPPING_release},
    {SSSOM_mapping_justification, CODE_MAPPING_justification},
    {SSSOM_author_id, CODE_MAPPING_author},
    {SSSOM_reviewer_id, CODE_MAPPING_reviewers},
    {SSSOM_mapping_date, CODE_MAPPING_decided_on},
    {SSSOM_confidence, CODE_MAPPING_confidence},
    {SSSOM_comment, CODE_MAPPING_comment},
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

PGresult *code_export_lists(struct pg *pg, const struct code_export *wanted, struct error *err)
{
    const char *const params[] = {wanted->organisation,
                                  wanted->with_proposed ? "true" : "false"};

    return pg_query(pg,
                    "SELECT DISTINCT m.list COLLATE \"C\" FROM " MAPPINGS
                    "ORDER BY m.list COLLATE \"C\"",
                    2, params, err);
}

/* All mappings of a list, sorted; `by_system`: by standard and release first. */
static PGresult *query_rows(struct pg *pg, const struct code_export *wanted, bool by_system,
                            struct error *err)
{
    const char *const params[] = {wanted->organisation,
                                  wanted->with_proposed ? "true" : "false", wanted->list,
                                  by_system ? "true" : "false"};

    return pg_query(pg,
                    "SELECT " FIELDS "FROM " MAPPINGS "WHERE m.list = $3 "
                    "ORDER BY CASE WHEN $4 = 'true' THEN coalesce(m.code_system, '') END "
                    "COLLATE \"C\", CASE WHEN $4 = 'true' THEN coalesce(m.release, '') END "
                    "COLLATE \"C\", m.source_code COLLATE \"C\"",
                    4, params, err);
}

struct code_mapping code_mapping_of(const PGresult *rows, int row)
{
    struct code_mapping mapping;

    for (int field = 0; field < CODE_MAPPING_FIELDS; field++) {
        mapping.at[field] =
            (struct text){PQgetvalue(rows, row, field), (size_t)PQgetlength(rows, row, field)};
    }
    return mapping;
}

/* A cell cannot hold a tab or a line's end: they become spaces. */
static void put_cell(struct strbuf *out, struct text cell)
{
    for (size_t i = 0; i < cell.len; i++) {
        strbuf_putc(out, (unsigned char)cell.at[i] < ' ' ? ' ' : cell.at[i]);
    }
}

/* A code with such a byte in it would be read back as another one. */
static bool is_writable(struct text code)
{
    for (size_t i = 0; i < code.len; i++) {
        if ((unsigned char)code.at[i] < ' ') {
            return false;
        }
    }
    return code.len > 0 && text_trim(code).len == code.len;
}

static void put_row(struct strbuf *out, const struct code_mapping *mapping, const char *list)
{
    for (int i = 0; i < COLUMNS; i++) {
        struct text cell = columns[i].field < 0 ? text_of(list) : mapping->at[columns[i].field];
        if (columns[i].column == SSSOM_object_id && cell.len == 0) {
            cell = text_of(SSSOM_NONE);
        }
        strbuf_puts(out, i == 0 ? "" : "\t");
        put_cell(out, cell);
    }
    strbuf_putc(out, '\n');
}

bool code_export_sssom(struct pg *pg, const struct code_export *wanted, struct strbuf *out,
                       int *count, struct error *err)
{
    PGresult *rows = query_rows(pg, wanted, false, err);
    bool ok = rows != NULL;

    for (int i = 0; ok && i < COLUMNS; i++) {
        strbuf_addf(out, "%s%s", i == 0 ? "" : "\t", sssom_column_name(columns[i].column));
    }
    strbuf_putc(out, '\n');
    for (int row = 0; ok && row < PQntuples(rows); row++) {
        struct code_mapping mapping = code_mapping_of(rows, row);
        ok = is_writable(mapping.at[CODE_MAPPING_source_code]) ||
             error_set(err, ERROR_CONFIG,
                       "row %d of %s: a local code with control characters or outer spaces "
                       "cannot stand in a table",
                       row + 1, wanted->list);
        put_row(out, &mapping, wanted->list);
    }
    *count = ok ? PQntuples(rows) : 0;
    PQclear(rows);
    return ok &&
           (!strbuf_is_full(out) || error_set(err, ERROR_LIMIT, "%s: larger than %d bytes",
                                              wanted->list, CODE_EXPORT_MAX));
}

bool code_export_fhir(struct pg *pg, const struct code_export *wanted, struct strbuf *out,
                      int *count, struct error *err)
{
    PGresult *rows = query_rows(pg, wanted, true, err);

    if (rows != NULL) {
        concept_map_write(rows, wanted->list, out);
        *count = PQntuples(rows);
    }
    PQclear(rows);
    return rows != NULL &&
           (!strbuf_is_full(out) || error_set(err, ERROR_LIMIT, "%s: larger than %d bytes",
                                              wanted->list, CODE_EXPORT_MAX));
}
