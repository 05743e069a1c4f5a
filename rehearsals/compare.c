#include "rehearsals/compare.h"

#include "rehearsals/rule_meaning.h"

/* One table: a query whose columns are the grid's, in order; a last column "meaning" that the
 * query does not have is filled from its column "rule". */
struct table {
    const char *record;
    const char *caption;
    const struct grid_column *columns;
    const char *sql;
    int rule_column; /* -1: no meanings */
};

/* ---- all */

static const struct grid_column list_columns[] = {
    {"number", "number", GRID_NUMBER},   {"plan", "plan", GRID_TEXT},
    {"state", "state", GRID_TEXT},       {"started", "started", GRID_TEXT},
    {"wall_ms", "ms", GRID_NUMBER},      {"steps_done", "steps done", GRID_NUMBER},
    {"steps", "of", GRID_NUMBER},        {"unexplained", "unexplained", GRID_ZERO},
    {"database", "database", GRID_CODE}, {0}};

/* A rehearsal that says "running" and holds no lock has died. */
static const struct table list_table = {
    "rehearsal", "Rehearsals", list_columns,
    "SELECT r.number, r.plan, CASE WHEN r.state <> 'running' THEN r.state WHEN EXISTS ("
    "   SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = 1919248740"
    "      AND l.objid = r.number::oid AND l.objsubid = 2) THEN 'running' ELSE 'abandoned' END,"
    " to_char(r.started_at, 'YYYY-MM-DD HH24:MI:SS'), r.wall_ms,"
    " (SELECT count(*) FROM ops.rehearsal_step s"
    "   WHERE s.number = r.number AND s.state = 'done'),"
    " (SELECT count(*) FROM ops.rehearsal_step s WHERE s.number = r.number),"
    " (SELECT sum(unexplained) FROM ops.rehearsal_reconciliation c"
    "   WHERE c.number = r.number),"
    " CASE WHEN r.dropped_at IS NULL THEN r.database_name ELSE 'dropped' END"
    " FROM ops.rehearsal r ORDER BY r.number",
    -1};

/* ---- one */

static const struct grid_column step_columns[] = {
    {"step", "step", GRID_TEXT},        {"state", "state", GRID_TEXT},
    {"wall_ms", "ms", GRID_NUMBER},     {"cpu_ms", "CPU ms", GRID_NUMBER},
    {"max_rss_kb", "KiB", GRID_NUMBER}, {"exit_status", "exit", GRID_NUMBER},
    {"log", "log", GRID_CODE},          {0}};
static const struct grid_column balance_columns[] = {
    {"organisation", "organisation", GRID_TEXT},
    {"entity", "entity", GRID_TEXT},
    {"read", "read", GRID_NUMBER},
    {"loaded", "loaded", GRID_NUMBER},
    {"merged", "merged", GRID_NUMBER},
    {"excluded", "excluded", GRID_NUMBER},
    {"quarantined", "quarantined", GRID_NUMBER},
    {"rejected", "rejected", GRID_NUMBER},
    {0}};
static const struct grid_column rule_columns[] = {{"organisation", "organisation", GRID_TEXT},
                                                  {"outcome", "outcome", GRID_TEXT},
                                                  {"rule", "rule", GRID_CODE},
                                                  {"rows", "rows", GRID_NUMBER},
                                                  {"meaning", "what it means", GRID_TEXT},
                                                  {0}};
static const struct grid_column coverage_columns[] = {
    {"organisation", "organisation", GRID_TEXT}, {"entity", "entity", GRID_TEXT},
    {"code_system", "codes", GRID_TEXT},         {"rows", "rows", GRID_NUMBER},
    {"patients", "patients", GRID_NUMBER},       {"standard", "standard", GRID_NUMBER},
    {"approved", "approved", GRID_NUMBER},       {"proposed", "proposed", GRID_NUMBER},
    {"invalid", "invalid", GRID_NUMBER},         {"unverified", "unverified", GRID_NUMBER},
    {"unmapped", "unmapped", GRID_NUMBER},       {0}};
static const struct grid_column recon_columns[] = {
    {"organisation", "organisation", GRID_TEXT}, {"source_rows", "staged", GRID_NUMBER},
    {"store_rows", "in store", GRID_NUMBER},     {"explained", "explained", GRID_NUMBER},
    {"unexplained", "unexplained", GRID_ZERO},   {0}};
static const struct grid_column input_columns[] = {{"name", "input", GRID_CODE},
                                                   {"path", "path", GRID_CODE},
                                                   {"bytes", "bytes", GRID_NUMBER},
                                                   {"checksum", "XXH3-64", GRID_CODE},
                                                   {0}};

#define COVERED(state) " coalesce(sum(rows) FILTER (WHERE code_state = '" state "'), 0)"

static const struct table show_tables[] = {
    {"step", "Steps", step_columns,
     "SELECT step, state, wall_ms, cpu_ms, max_rss_kb, exit_status, log"
     " FROM ops.rehearsal_step WHERE number = $1 ORDER BY ordinal",
     -1},
    {"balance", "Balance by organisation and entity", balance_columns,
     "SELECT organisation, entity,"
     " sum(rows) FILTER (WHERE outcome <> 'issue'),"
     " coalesce(sum(rows) FILTER (WHERE outcome = 'loaded'), 0),"
     " coalesce(sum(rows) FILTER (WHERE outcome = 'merged'), 0),"
     " coalesce(sum(rows) FILTER (WHERE outcome = 'excluded'), 0),"
     " coalesce(sum(rows) FILTER (WHERE outcome = 'quarantined'), 0),"
     " coalesce(sum(rows) FILTER (WHERE outcome = 'rejected'), 0)"
     " FROM ops.rehearsal_balance WHERE number = $1 GROUP BY 1, 2 ORDER BY 1, 2",
     -1},
    {"rule", "Rows and values by rule", rule_columns,
     "SELECT organisation, outcome, rule, sum(rows) FROM ops.rehearsal_balance"
     " WHERE number = $1 AND rule <> '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
     2},
    {"coverage", "Coverage by code system", coverage_columns,
     "SELECT organisation, entity, coalesce(nullif(code_system, ''), '-'),"
     " sum(rows) FILTER (WHERE code_state = 'all'),"
     " sum(patients) FILTER (WHERE code_state = 'all')," COVERED("standard") "," COVERED(
         "a"
         "p"
         "p"
         "r"
         "o"
         "v"
         "e"
         "d") "," COVERED("proposed") "," COVERED("invalid") "," COVERED("unverified") "," COVERED("unmappe"
                                                                                                   "d") " FR"
                                                                                                        "OM "
                                                                                                        "ops"
                                                                                                        ".re"
                                                                                                        "hea"
                                                                                                        "rsa"
                                                                                                        "l_"
                                                                                                        "cov"
                                                                                                        "era"
                                                                                                        "ge "
                                                                                                        "WHE"
                                                                                                        "RE "
                                                                                                        "num"
                                                                                                        "ber"
                                                                                                        " = "
                                                                                                        "$1 "
                                                                                                        "GRO"
                                                                                                        "UP "
                                                                                                        "BY "
                                                                                                        "1, "
                                                                                                        "2, "
                                                                                                        "3"
                                                                                                        " OR"
                                                                                                        "DER"
                                                                                                        " BY"
                                                                                                        " 1,"
                                                                                                        " 2,"
                                                                                                        " 3",
     -1},
    {"reconciliation", "Reconciliation", recon_columns,
     "SELECT organisation, source_rows, store_rows, explained, unexplained"
     " FROM ops.rehearsal_reconciliation WHERE number = $1 ORDER BY 1",
     -1},
    {"input", "Inputs", input_columns,
     "SELECT name, path, bytes, checksum FROM ops.rehearsal_input WHERE number = $1 ORDER "
     "BY 1",
     -1},
};

/* ---- two */

static const struct grid_column variable_columns[] = {{"name", "variable", GRID_TEXT},
                                                      {"first", "first", GRID_CODE},
                                                      {"second", "second", GRID_CODE},
                                                      {0}};
static const struct grid_column changed_columns[] = {{"name", "input", GRID_CODE},
                                                     {"change", "change", GRID_TEXT},
                                                     {"first", "first XXH3-64", GRID_CODE},
                                                     {"second", "second XXH3-64", GRID_CODE},
                                                     {0}};
static const struct grid_column both_balance_columns[] = {
    {"organisation", "organisation", GRID_TEXT},
    {"entity", "entity", GRID_TEXT},
    {"loaded_first", "loaded 1st", GRID_NUMBER},
    {"loaded_second", "2nd", GRID_NUMBER},
    {"loaded_delta", "change", GRID_CHANGE},
    {"kept_first", "kept back 1st", GRID_NUMBER},
    {"kept_second", "2nd", GRID_NUMBER},
    {"kept_delta", "change", GRID_CHANGE},
    {"other_first", "merged, excluded 1st", GRID_NUMBER},
    {"other_second", "2nd", GRID_NUMBER},
    {0}};
static const struct grid_column both_rule_columns[] = {
    {"organisation", "organisation", GRID_TEXT},
    {"outcome", "outcome", GRID_TEXT},
    {"rule", "rule", GRID_CODE},
    {"first", "first", GRID_NUMBER},
    {"second", "second", GRID_NUMBER},
    {"delta", "change", GRID_CHANGE},
    {"meaning", "what it means", GRID_TEXT},
    {0}};
static const struct grid_column both_coverage_columns[] = {
    {"organisation", "organisation", GRID_TEXT},
    {"entity", "entity", GRID_TEXT},
    {"code_system", "codes", GRID_TEXT},
    {"rows_first", "rows 1st", GRID_NUMBER},
    {"rows_second", "2nd", GRID_NUMBER},
    {"relied_first", "standard, approved 1st", GRID_NUMBER},
    {"relied_second", "2nd", GRID_NUMBER},
    {"relied_delta", "change", GRID_CHANGE},
    {"open_first", "proposed, invalid, unverified, unmapped 1st", GRID_NUMBER},
    {"open_second", "2nd", GRID_NUMBER},
    {0}};
static const struct grid_column both_step_columns[] = {{"step", "step", GRID_TEXT},
                                                       {"state_first", "first", GRID_TEXT},
                                                       {"state_second", "second", GRID_TEXT},
                                                       {"ms_first", "ms 1st", GRID_NUMBER},
                                                       {"ms_second", "ms 2nd", GRID_NUMBER},
                                                       {"ratio", "2nd / 1st", GRID_NUMBER},
                                                       {"rss_first", "KiB 1st", GRID_NUMBER},
                                                       {"rss_second", "KiB 2nd", GRID_NUMBER},
                                                       {0}};
static const struct grid_column both_recon_columns[] = {
    {"organisation", "organisation", GRID_TEXT},
    {"source_first", "staged 1st", GRID_NUMBER},
    {"source_second", "2nd", GRID_NUMBER},
    {"store_first", "in store 1st", GRID_NUMBER},
    {"store_second", "2nd", GRID_NUMBER},
    {"unexplained_first", "unexplained 1st", GRID_ZERO},
    {"unexplained_second", "unexplained 2nd", GRID_ZERO},
    {0}};

#define SIGNED(change)                                                                         \
    "CASE WHEN " change " = 0 THEN '0' ELSE to_char(" change ", 'FMSG9999999999999990') END"

#define COVERED_IN(number, states)                                                             \
    " coalesce(sum(rows) FILTER (WHERE number = " number " AND code_state IN (" states ")), "  \
    "0)"

static const struct table compare_tables[] = {
    {"variable", "Variables that differ", variable_columns,
     "SELECT name, a.value, b.value"
     " FROM (SELECT name, value FROM ops.rehearsal_variable WHERE number = $1) a"
     " FULL JOIN (SELECT name, value FROM ops.rehearsal_variable WHERE number = $2) b"
     " USING (name) WHERE a.value IS DISTINCT FROM b.value AND name NOT IN ('work', 'number')"
     " ORDER BY name",
     -1},
    {"input", "Inputs that differ", changed_columns,
     "SELECT name, CASE WHEN b.name IS NULL THEN 'only in the first'"
     " WHEN a.name IS NULL THEN 'only in the second' ELSE 'changed' END, a.checksum, b.checksum"
     " FROM (SELECT * FROM ops.rehearsal_input WHERE number = $1) a"
     " FULL JOIN (SELECT * FROM ops.rehearsal_input WHERE number = $2) b USING (name)"
     " WHERE a.checksum IS DISTINCT FROM b.checksum ORDER BY name",
     -1},
    {"balance", "Balance by organisation and entity", both_balance_columns,
     "SELECT organisation, entity, l1, l2, " SIGNED("l2 - l1") ", k1, k2, " SIGNED(
         "k2 - k1") ", o1, o2 FROM (SELECT organisation, entity,"
                    " coalesce(sum(rows) FILTER (WHERE number = $1 AND outcome = 'loaded'), 0) "
                    "AS l1,"
                    " coalesce(sum(rows) FILTER (WHERE number = $2 AND outcome = 'loaded'), 0) "
                    "AS l2,"
                    " coalesce(sum(rows) FILTER (WHERE number = $1 AND outcome IN "
                    "('quarantined',"
                    "    'rejected')), 0) AS k1,"
                    " coalesce(sum(rows) FILTER (WHERE number = $2 AND outcome IN "
                    "('quarantined',"
                    "    'rejected')), 0) AS k2,"
                    " coalesce(sum(rows) FILTER (WHERE number = $1 AND outcome IN ('merged', "
                    "'excluded')), 0)"
                    "    AS o1,"
                    " coalesce(sum(rows) FILTER (WHERE number = $2 AND outcome IN ('merged', "
                    "'excluded')), 0)"
                    "    AS o2"
                    " FROM ops.rehearsal_balance WHERE number IN ($1, $2) GROUP BY 1, 2) s "
                    "ORDER BY 1, 2",
     -1},
    {"rule", "Rows and values by rule", both_rule_columns,
     "SELECT organisation, outcome, rule, n1, n2, " SIGNED(
         "n2 - n1") " FROM (SELECT organisation, outcome, rule,"
                    " coalesce(sum(rows) FILTER (WHERE number = $1), 0) AS n1,"
                    " coalesce(sum(rows) FILTER (WHERE number = $2), 0) AS n2"
                    " FROM ops.rehearsal_balance WHERE number IN ($1, $2) AND rule <> '' GROUP "
                    "BY 1, 2, 3) s"
                    " ORDER BY abs(n2 - n1) DESC, 1, 2, 3",
     2},
    {"coverage", "Coverage by code system", both_coverage_columns,
     "SELECT organisation, entity, coalesce(nullif(code_system, ''), '-'), a1, a2, r1, r2,"
     " " SIGNED(
         "r2 - r1") ", a1 - r1, a2 - r2 FROM (SELECT organisation, entity, "
                    "code_system," COVERED_IN("$1", "'all'") " AS a1," COVERED_IN("$2", "'all'") " AS a2," COVERED_IN(
                        "$1", "'standard', 'approved'") " AS r1," COVERED_IN("$2", "'standard'"
                                                                                   ", "
                                                                                   "'approved"
                                                                                   "'") " AS "
                                                                                        "r2"
                                                                                        " FROM"
                                                                                        " ops."
                                                                                        "rehea"
                                                                                        "rsal_"
                                                                                        "cover"
                                                                                        "age "
                                                                                        "WHERE"
                                                                                        " numb"
                                                                                        "er "
                                                                                        "IN "
                                                                                        "($1, "
                                                                                        "$2) "
                                                                                        "GROUP"
                                                                                        " BY "
                                                                                        "1, "
                                                                                        "2, "
                                                                                        "3) s"
                                                                                        " ORDE"
                                                                                        "R BY "
                                                                                        "1, "
                                                                                        "2, 3",
     -1},
    {"step", "Steps", both_step_columns,
     "SELECT step, a.state, b.state, a.wall_ms, b.wall_ms,"
     " round(b.wall_ms::numeric / nullif(a.wall_ms, 0), 2), a.max_rss_kb, b.max_rss_kb"
     " FROM (SELECT * FROM ops.rehearsal_step WHERE number = $1) a"
     " FULL JOIN (SELECT * FROM ops.rehearsal_step WHERE number = $2) b USING (step)"
     " ORDER BY coalesce(a.ordinal, b.ordinal), step",
     -1},
    {"reconciliation", "Reconciliation", both_recon_columns,
     "SELECT organisation, a.source_rows, b.source_rows, a.store_rows, b.store_rows,"
     " a.unexplained, b.unexplained"
     " FROM (SELECT * FROM ops.rehearsal_reconciliation WHERE number = $1) a"
     " FULL JOIN (SELECT * FROM ops.rehearsal_reconciliation WHERE number = $2) b"
     " USING (organisation) ORDER BY 1",
     -1},
};

static bool add_table(struct rehearsal_record *record, const struct table *table, struct pg *pg,
                      struct error *err)
{
    char first[16], second[16];
    snprintf(first, sizeof(first), "%d", record->first);
    snprintf(second, sizeof(second), "%d", record->second);
    const char *const params[] = {first, second};
    int nparams = record->first == 0 ? 0 : record->second == 0 ? 1 : 2;
    PGresult *result = pg_query(pg, table->sql, nparams, params, err);
    if (result == NULL) {
        return false;
    }
    struct grid *grid = &record->grids[record->ngrids++];
    grid_init(grid, table->record, table->caption, table->columns);
    for (int row = 0; row < PQntuples(result); row++) {
        for (int col = 0; col < PQnfields(result); col++) {
            grid_add(grid, "%s", PQgetvalue(result, row, col));
        }
        if (table->rule_column >= 0) {
            grid_add(grid, "%s", rule_meaning(PQgetvalue(result, row, table->rule_column)));
        }
    }
    PQclear(result);
    return true;
}

static bool check_number(struct pg *pg, int number, struct error *err)
{
    char text[16];
    const char *const params[] = {text};
    int64_t found = 0;
    snprintf(text, sizeof(text), "%d", number);
    if (!pg_query_int(pg, "SELECT count(*) FROM ops.rehearsal WHERE number = $1", 1, params,
                      &found, err)) {
        return false;
    }
    if (found == 0) {
        error_set(err, ERROR_USAGE, "there is no rehearsal %d", number);
        error_hint(err, "'hms rehearse list' lists them");
    }
    return found > 0;
}

static bool add_tables(struct rehearsal_record *record, const struct table *tables,
                       size_t count, struct pg *pg, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!add_table(record, &tables[i], pg, err)) {
            return false;
        }
    }
    return true;
}

bool rehearsal_list(struct rehearsal_record *record, struct pg *pg, struct error *err)
{
    *record = (struct rehearsal_record){0};
    return add_table(record, &list_table, pg, err);
}

bool rehearsal_show(struct rehearsal_record *record, struct pg *pg, int number,
                    struct error *err)
{
    *record = (struct rehearsal_record){.first = number};
    return check_number(pg, number, err) &&
           add_tables(record, show_tables, sizeof(show_tables) / sizeof(show_tables[0]), pg,
                      err);
}

bool rehearsal_compare(struct rehearsal_record *record, struct pg *pg, int first, int second,
                       struct error *err)
{
    *record = (struct rehearsal_record){.first = first, .second = second};
    return check_number(pg, first, err) && check_number(pg, second, err) &&
           add_tables(record, compare_tables,
                      sizeof(compare_tables) / sizeof(compare_tables[0]), pg, err);
}

void rehearsal_record_release(struct rehearsal_record *record)
{
    for (size_t i = 0; i < record->ngrids; i++) {
        grid_release(&record->grids[i]);
    }
    record->ngrids = 0;
}
