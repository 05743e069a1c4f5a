/* verb_code_work.c - `hms code worklist`: which local codes there are, and how far they are. */
#include "cli/code_verb.h"
#include "cli/store.h"

#include "core/file.h"
#include "core/json_out.h"
#include "transform/codes/worklist.h"

#include <stdio.h>

enum { OUTPUT_MAX = 1 << 30, SHOWN_TEXT = 28 };

static bool is_number(enum worklist_column column)
{
    return column == WORKLIST_item || column == WORKLIST_probability ||
           (column >= WORKLIST_rows && column <= WORKLIST_patients) ||
           column >= WORKLIST_value_count;
}

static bool is_quantile(enum worklist_column column)
{
    return column >= WORKLIST_p01 && column <= WORKLIST_p99;
}

/* Six digits of a percentile: more would be those of somebody's value. */
static void put_value(struct strbuf *out, const PGresult *rows, int row,
                      enum worklist_column column)
{
    const char *value = PQgetvalue(rows, row, (int)column);

    if (is_quantile(column) && value[0] != '\0') {
        strbuf_addf(out, "%.6g", strtod(value, NULL));
    } else {
        strbuf_puts(out, value);
    }
}

static void put_record(struct strbuf *sb, const PGresult *rows, int row)
{
    struct json_out out;
    struct strbuf value;

    strbuf_init(&value, OUTPUT_MAX);
    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.code/1");
    json_out_member(&out, "organisation", code_options.organisation);
    for (int column = 0; column < WORKLIST_COLUMNS; column++) {
        strbuf_clear(&value);
        put_value(&value, rows, row, (enum worklist_column)column);
        json_out_key(&out, worklist_column_name((enum worklist_column)column));
        if (PQgetisnull(rows, row, column)) {
            json_out_null(&out);
        } else if (is_number((enum worklist_column)column)) {
            json_out_raw(&out, strbuf_text(&value));
        } else {
            json_out_text(&out, strbuf_text(&value));
        }
    }
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
    strbuf_release(&value);
}

static void put_csv_cell(struct strbuf *out, struct text cell)
{
    bool is_quoted = false;

    for (size_t i = 0; i < cell.len; i++) {
        is_quoted = is_quoted || strchr(",\"\r\n", cell.at[i]) != NULL;
    }
    if (!is_quoted) {
        strbuf_add_text(out, cell);
        return;
    }
    strbuf_putc(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        strbuf_add(out, "\"\"", cell.at[i] == '"' ? 2 : 0);
        strbuf_add(out, cell.at + i, cell.at[i] != '"');
    }
    strbuf_putc(out, '"');
}

static void put_csv_row(struct strbuf *out, const PGresult *rows, int row)
{
    struct strbuf value;

    strbuf_init(&value, OUTPUT_MAX);
    for (int column = 0; column < WORKLIST_COLUMNS; column++) {
        strbuf_clear(&value);
        put_value(&value, rows, row, (enum worklist_column)column);
        strbuf_puts(out, column == 0 ? "" : ",");
        put_csv_cell(out, strbuf_text(&value));
    }
    strbuf_putc(out, '\n');
    strbuf_release(&value);
}

static void put_csv(struct strbuf *out, const PGresult *rows)
{
    for (int column = 0; column < WORKLIST_COLUMNS; column++) {
        strbuf_addf(out, "%s%s", column == 0 ? "" : ",",
                    worklist_column_name((enum worklist_column)column));
    }
    strbuf_putc(out, '\n');
    for (int row = 0; row < PQntuples(rows); row++) {
        put_csv_row(out, rows, row);
    }
}

/* At most `width` characters of UTF-8, filled up with spaces. */
static void put_padded(struct strbuf *out, const char *value, int width)
{
    for (; *value != '\0' && width > 0; width--) {
        do {
            strbuf_putc(out, *value++);
        } while (((unsigned char)*value & 0xC0) == 0x80);
    }
    strbuf_addf(out, "%*s ", width, "");
}

static void put_table(struct strbuf *out, const PGresult *rows)
{
    strbuf_addf(out, "%6s %-22s %-12s %-28s %-8s %-6s %8s %8s %s\n", "item", "list", "code",
                "text", "state", "risk", "rows", "patients", "first suggestion");
    for (int row = 0; row < PQntuples(rows); row++) {
        strbuf_addf(out, "%6s ", PQgetvalue(rows, row, WORKLIST_item));
        put_padded(out, PQgetvalue(rows, row, WORKLIST_list), 22);
        put_padded(out, PQgetvalue(rows, row, WORKLIST_source_code), 12);
        put_padded(out, PQgetvalue(rows, row, WORKLIST_source_text), SHOWN_TEXT);
        strbuf_addf(out, "%-8s %-6s %8s %8s", PQgetvalue(rows, row, WORKLIST_state),
                    PQgetvalue(rows, row, WORKLIST_risk), PQgetvalue(rows, row, WORKLIST_rows),
                    PQgetvalue(rows, row, WORKLIST_patients));
        if (!PQgetisnull(rows, row, WORKLIST_suggested_code)) {
            strbuf_addf(out, " %s %s", PQgetvalue(rows, row, WORKLIST_suggested_code),
                        PQgetvalue(rows, row, WORKLIST_suggested_label));
        }
        strbuf_putc(out, '\n');
    }
}

static double share(const PGresult *rows, int row, int part, int whole)
{
    double all = strtod(PQgetvalue(rows, row, whole), NULL);

    return all == 0 ? 0 : 100 * strtod(PQgetvalue(rows, row, part), NULL) / all;
}

bool code_say_progress(struct pg *pg, const char *organisation, const char *list,
                       struct error *err)
{
    PGresult *rows = worklist_progress(pg, organisation, err);

    for (int row = 0; rows != NULL && row < PQntuples(rows); row++) {
        if (list == NULL || strcmp(list, PQgetvalue(rows, row, 0)) == 0) {
            cli_say("%s: %s of %s codes settled, %.1f %% of the rows, %.1f %% of the patients",
                    PQgetvalue(rows, row, 0), PQgetvalue(rows, row, 2),
                    PQgetvalue(rows, row, 1), share(rows, row, 4, 3), share(rows, row, 6, 5));
        }
    }
    PQclear(rows);
    return rows != NULL;
}

static bool print_worklist(const PGresult *rows, struct error *err)
{
    struct strbuf out;
    bool ok = true;

    strbuf_init(&out, OUTPUT_MAX);
    if (code_options.output != NULL) {
        put_csv(&out, rows);
    } else if (cli_json) {
        for (int row = 0; row < PQntuples(rows); row++) {
            put_record(&out, rows, row);
        }
    } else {
        put_table(&out, rows);
    }
    if (strbuf_is_full(&out)) {
        ok = error_set(err, ERROR_LIMIT, "the worklist is larger than %d bytes", OUTPUT_MAX);
    } else if (code_options.output != NULL) {
        ok = file_write(code_options.output, strbuf_text(&out), err);
    } else {
        fwrite(out.at, 1, out.len, stdout);
    }
    strbuf_release(&out);
    return ok;
}

int code_run_worklist(int argc, char **argv, struct error *err)
{
    const struct code_filter filter = {code_options.organisation, code_options.list,
                                       code_options.entity};
    PGresult *rows = NULL;
    struct pg *pg;
    bool ok;

    (void)argv;
    if (argc != 0 || filter.organisation == NULL) {
        return cli_usage("code", "worklist takes --org, and no operands", err);
    }
    pg = cli_store_open(err);
    ok = pg != NULL && worklist_refresh(pg, filter.organisation, err) &&
         (rows = worklist_read(pg, &filter, err)) != NULL && print_worklist(rows, err);
    fflush(stdout); /* the words below belong under the table */
    ok = ok && code_say_progress(pg, filter.organisation, filter.list, err);
    PQclear(rows);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}
