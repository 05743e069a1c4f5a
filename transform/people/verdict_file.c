/* verdict_file.c - verdicts to a CSV file and back.  PostgreSQL writes and reads the CSV, so that what
 * comes back is what went out, to the byte. */
#include "transform/people/verdicts.h"

#include "transform/dedup/text_file.h"
#include "transform/people/copy_tuple.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PART_BYTES = 1 << 20, ID_TUPLE = 54 };

#define VERDICT_COLUMNS                                                                        \
    "a_organisation, a_system, a_key, b_organisation, b_system, b_key, answer, origin, "       \
    "\"by\", "                                                                                 \
    "at, why, withdrawn_by, withdrawn_at"

static const char export_sql[] =
    "COPY (SELECT a_organisation, a_system, a_key, b_organisation, b_system, b_key, "
    "  CASE WHEN same THEN 'same' ELSE 'different' END AS answer, origin, decided_by AS "
    "\"by\", "
    "  to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at, why, "
    "  withdrawn_by, "
    "  to_char(withdrawn_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') "
    "    AS withdrawn_at "
    "FROM mpi.verdict ORDER BY a_organisation COLLATE \"C\", a_system COLLATE \"C\", "
    "  a_key COLLATE \"C\", b_organisation COLLATE \"C\", b_system COLLATE \"C\", "
    "  b_key COLLATE \"C\", decided_at, verdict_id) TO STDOUT (FORMAT csv, HEADER)";

static const char make_sql[] =
    "CREATE TEMPORARY TABLE verdict_in (line bigint GENERATED ALWAYS AS IDENTITY, "
    "  a_organisation text, a_system text, a_key text, b_organisation text, b_system text, "
    "  b_key text, answer text, origin text, \"by\" text, at text, why text, withdrawn_by "
    "text, "
    "  withdrawn_at text) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE verdict_id (line bigint, a uuid, b uuid) ON COMMIT DROP";

static const char fill_sql[] =
    "COPY pg_temp.verdict_in (" VERDICT_COLUMNS ") FROM STDIN (FORMAT csv, HEADER match)";

/* The first line that is no verdict, 0 when all are. */
static const char bad_sql[] =
    "SELECT coalesce(min(line), 0) FROM pg_temp.verdict_in WHERE NOT coalesce("
    "  a_organisation ~ '^[a-z][a-z0-9_]{0,30}$' AND b_organisation ~ '^[a-z][a-z0-9_]{0,30}$' "
    "  AND a_system <> '' AND b_system <> '' AND a_key <> '' AND b_key <> '' "
    "  AND (a_organisation, a_system, a_key) <> (b_organisation, b_system, b_key) "
    "  AND answer IN ('same', 'different') "
    "  AND origin IN ('review', 'merge', 'unmerge', 'import') AND \"by\" <> '' "
    "  AND at ~ '^\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z$' "
    "  AND (withdrawn_by IS NULL) = (withdrawn_at IS NULL) "
    "  AND coalesce(withdrawn_at, at) ~ "
    "      '^\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z$', false)";

static const char keys_sql[] =
    "COPY (SELECT line, a_organisation, a_system, a_key, b_organisation, b_system, b_key "
    "FROM pg_temp.verdict_in) TO STDOUT (FORMAT binary)";

/* The first line that says the opposite of what is in force, here or in the file. */
static const char conflict_sql[] =
    "SELECT coalesce(min(f.line), 0) FROM pg_temp.verdict_in f JOIN pg_temp.verdict_id i "
    "USING (line) WHERE f.withdrawn_at IS NULL AND ("
    "  EXISTS (SELECT FROM mpi.verdict v WHERE v.a = least(i.a, i.b) AND v.b = greatest(i.a, "
    "i.b) "
    "          AND v.withdrawn_at IS NULL AND v.same <> (f.answer = 'same')) "
    "  OR EXISTS (SELECT FROM pg_temp.verdict_in g JOIN pg_temp.verdict_id k USING (line) "
    "             WHERE g.line < f.line AND g.withdrawn_at IS NULL "
    "             AND least(k.a, k.b) = least(i.a, i.b) "
    "             AND greatest(k.a, k.b) = greatest(i.a, i.b)))";

static const char insert_sql[] =
    "INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, b_system, "
    "  b_key, same, origin, decided_by, decided_at, why, withdrawn_by, withdrawn_at) "
    "SELECT least(a, b), greatest(a, b), "
    "  CASE WHEN a < b THEN a_organisation ELSE b_organisation END, "
    "  CASE WHEN a < b THEN a_system ELSE b_system END, CASE WHEN a < b THEN a_key ELSE b_key "
    "END, "
    "  CASE WHEN a < b THEN b_organisation ELSE a_organisation END, "
    "  CASE WHEN a < b THEN b_system ELSE a_system END, CASE WHEN a < b THEN b_key ELSE a_key "
    "END, "
    "  answer = 'same', origin, \"by\", at::timestamptz, why, withdrawn_by, "
    "  withdrawn_at::timestamptz "
    "FROM pg_temp.verdict_in f JOIN pg_temp.verdict_id i USING (line) "
    "WHERE NOT EXISTS (SELECT FROM mpi.verdict v WHERE v.a = least(i.a, i.b) "
    "  AND v.b = greatest(i.a, i.b) AND v.same = (f.answer = 'same') "
    "  AND (f.withdrawn_at IS NULL AND v.withdrawn_at IS NULL "
    "       OR (v.decided_at, v.decided_by, v.withdrawn_at) = "
    "          (f.at::timestamptz, f.\"by\", f.withdrawn_at::timestamptz))) "
    "ORDER BY line";

bool verdicts_export(struct pg *pg, const char *path, uint64_t *count, struct error *err)
{
    struct text_file *file = text_file_open(path, err);
    PGresult *result;
    char *line = NULL;
    bool ok;
    int len;

    if (file == NULL) {
        return false;
    }
    result = PQexec(pg->conn, export_sql);
    ok = PQresultStatus(result) == PGRES_COPY_OUT || pg_failed(pg, result, err);
    PQclear(result);
    while (ok && (len = PQgetCopyData(pg->conn, &line, 0)) > 0) {
        text_file_add(file, (struct text){line, (size_t)len});
        PQfreemem(line);
    }
    while ((result = PQgetResult(pg->conn)) != NULL) {
        ok = ok && (PQresultStatus(result) == PGRES_COMMAND_OK || pg_failed(pg, result, err));
        *count = strtoull(PQcmdTuples(result), NULL, 10);
        PQclear(result);
    }
    if (!ok) {
        text_file_drop(file);
        return false;
    }
    return text_file_close(file, err);
}

static bool send_file(struct pg *pg, FILE *file, struct error *err)
{
    char *bytes = xmalloc(PART_BYTES);
    size_t got;
    bool ok = true;

    while (ok && (got = fread(bytes, 1, PART_BYTES, file)) > 0) {
        ok = PQputCopyData(pg->conn, bytes, (int)got) == 1;
    }
    if (ok && ferror(file)) {
        ok = error_set(err, ERROR_SOURCE, "cannot read the verdicts: %s", strerror(errno));
    }
    free(bytes);
    return ok;
}

/* What PostgreSQL says of a file that is no such CSV comes without its words (core/pg.h). */
static bool fill(struct pg *pg, const char *path, struct error *err)
{
    FILE *file = fopen(path, "rbe");
    PGresult *result;
    bool ok;

    if (file == NULL) {
        return error_set(err, ERROR_SOURCE, "cannot read '%s': %s", path, strerror(errno));
    }
    result = PQexec(pg->conn, fill_sql);
    ok = PQresultStatus(result) == PGRES_COPY_IN || pg_failed(pg, result, err);
    PQclear(result);
    if (ok) {
        ok = send_file(pg, file, err);
        ok = PQputCopyEnd(pg->conn, ok ? NULL : "stopped by hms") == 1 && ok;
        while ((result = PQgetResult(pg->conn)) != NULL) {
            ok = (PQresultStatus(result) == PGRES_COMMAND_OK || pg_failed(pg, result, err)) &&
                 ok;
            PQclear(result);
        }
        if (!ok) {
            error_hint(err, "'hms people verdicts export FILE' writes such a file");
        }
    }
    fclose(file);
    return ok;
}

static struct ident patient_id(struct tuple_reader *reader)
{
    struct text organisation = tuple_next(reader, NULL);
    struct text system = tuple_next(reader, NULL);
    struct text key = tuple_next(reader, NULL);

    return ident_of(organisation, system, TEXT_LITERAL("patient"), key);
}

static bool add_ids(struct text tuple, void *context, struct error *err)
{
    struct strbuf *ids = context;
    struct tuple_reader reader = tuple_read(tuple);

    tuple_begin(ids, 3);
    tuple_put_int8(ids, tuple_next_int(&reader));
    tuple_put_ident(ids, patient_id(&reader));
    tuple_put_ident(ids, patient_id(&reader));
    return !strbuf_is_full(ids) ||
           error_set(err, ERROR_LIMIT, "more than %d verdicts", VERDICTS_MAX);
}

/* The ids of registrations follow from their keys. */
static bool number_lines(struct pg *pg, struct error *err)
{
    struct strbuf ids;
    bool ok;

    strbuf_init(&ids, (size_t)VERDICTS_MAX * ID_TUPLE);
    ok = pg_copy_out(pg, keys_sql, add_ids, &ids, err) &&
         pg_copy_in_begin(pg, "COPY pg_temp.verdict_id FROM STDIN (FORMAT binary)", err) &&
         pg_copy_in_put(pg, strbuf_text(&ids), err) && pg_copy_in_end(pg, NULL, err);
    strbuf_release(&ids);
    return ok;
}

static bool refuse_line(struct pg *pg, const char *sql, const char *what, struct error *err)
{
    int64_t line;

    return pg_query_int(pg, sql, 0, NULL, &line, err) &&
           (line == 0 || error_set(err, ERROR_SOURCE, "verdict %" PRId64 " %s", line, what));
}

static bool insert(struct pg *pg, struct verdict_import *done, struct error *err)
{
    int64_t lines;
    PGresult *result;

    if (!pg_query_int(pg, "SELECT count(*) FROM pg_temp.verdict_in", 0, NULL, &lines, err)) {
        return false;
    }
    result = pg_query(pg, insert_sql, 0, NULL, err);
    if (result == NULL) {
        return false;
    }
    done->added = strtoull(PQcmdTuples(result), NULL, 10);
    done->there = (uint64_t)lines - done->added;
    PQclear(result);
    return true;
}

bool verdicts_import(struct pg *pg, const char *path, struct verdict_import *done,
                     struct error *err)
{
    *done = (struct verdict_import){0};
    return pg_begin(pg, err) && pg_run(pg, make_sql, err) && fill(pg, path, err) &&
           refuse_line(pg, bad_sql, "is not one: see docs/people.md", err) &&
           number_lines(pg, err) &&
           refuse_line(pg, conflict_sql, "says the opposite of one that is in force", err) &&
           insert(pg, done, err) && pg_commit(pg, err);
}
