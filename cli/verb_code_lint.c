/* verb_code_lint.c - `hms code lint`: local codes that a spreadsheet has damaged. */
#include "cli/code_verb.h"
#include "cli/store.h"

#include "core/json_out.h"
#include "transform/codes/code_lint.h"
#include "transform/codes/worklist.h"
#include "transform/sssom.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LINE_BYTES_MAX = 1 << 20 };

struct linting {
    const char *list; /* or file */
    struct text *codes;
    int *lines; /* of the file, or 0 */
    size_t count;
    uint64_t total;
    uint64_t findings;
};

static void show(size_t index, const char *word, const char *what, void *context)
{
    struct linting *linting = context;
    struct text code = linting->codes[index];
    struct json_out out;
    struct strbuf sb;

    linting->findings++;
    if (!cli_json) {
        if (linting->lines[index] > 0) {
            printf("%s:%d: %.*s: %s (%s)\n", linting->list, linting->lines[index],
                   (int)code.len, code.at, what, word);
        } else {
            printf("%s: %.*s: %s (%s)\n", linting->list, (int)code.len, code.at, what, word);
        }
        return;
    }
    strbuf_init(&sb, LINE_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.code_damage/1");
    json_out_member(&out, "list", linting->list);
    json_out_member_text(&out, "code", code);
    json_out_member(&out, "damage", word);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void add_code(struct linting *linting, struct text code, int line)
{
    linting->codes = xrealloc(linting->codes, (linting->count + 1) * sizeof(*linting->codes));
    linting->lines = xrealloc(linting->lines, (linting->count + 1) * sizeof(*linting->lines));
    linting->codes[linting->count] = code;
    linting->lines[linting->count++] = line;
}

static void end_list(struct linting *linting)
{
    code_lint(linting->codes, linting->count, show, linting);
    linting->total += linting->count;
    linting->count = 0;
}

static bool lint_file(struct linting *linting, const char *path, struct error *err)
{
    struct sssom sssom;
    struct sssom_row row;
    enum sssom_next next = SSSOM_BAD;

    linting->list = path;
    if (sssom_open(&sssom, path, err)) {
        while ((next = sssom_next(&sssom, &row, err)) == SSSOM_ROW) {
            add_code(linting, row.at[SSSOM_subject_id], row.line);
        }
    }
    if (next == SSSOM_END) {
        end_list(linting);
    }
    sssom_release(&sssom);
    return next == SSSOM_END;
}

/* Codes of the worklist, list by list. */
static void lint_rows(struct linting *linting, const PGresult *rows)
{
    int count = PQntuples(rows);
    bool *is_done = xcalloc((size_t)count + 1, sizeof(*is_done));

    for (int first = 0; first < count; first++) {
        if (is_done[first]) {
            continue;
        }
        linting->list = PQgetvalue(rows, first, WORKLIST_list);
        for (int row = first; row < count; row++) {
            if (!is_done[row] &&
                strcmp(PQgetvalue(rows, row, WORKLIST_list), linting->list) == 0) {
                const char *code = PQgetvalue(rows, row, WORKLIST_source_code);
                is_done[row] = true;
                if (code[0] != '\0') {
                    add_code(linting, text_of(code), 0);
                }
            }
        }
        end_list(linting);
    }
    free(is_done);
}

static bool lint_store(struct linting *linting, struct error *err)
{
    struct code_filter filter = {.organisation = code_options.organisation,
                                 .list = code_options.list,
                                 .entity = code_options.entity};
    struct pg *pg = cli_store_open(err);
    PGresult *rows = NULL;

    if (pg != NULL && worklist_refresh(pg, filter.organisation, err)) {
        rows = worklist_read(pg, &filter, err);
    }
    if (rows != NULL) {
        lint_rows(linting, rows);
    }
    PQclear(rows);
    pg_free(pg);
    return rows != NULL;
}

int code_run_lint(int argc, char **argv, struct error *err)
{
    struct linting linting = {0};
    bool ok = true;

    if ((argc == 0) == (code_options.organisation == NULL)) {
        return cli_usage("code", "code lint takes files, or --org", err);
    }
    for (int i = 0; ok && i < argc; i++) {
        ok = lint_file(&linting, argv[i], err);
    }
    if (ok && argc == 0) {
        ok = lint_store(&linting, err);
    }
    free(linting.codes);
    free(linting.lines);
    if (!ok) {
        return VERB_FAILED;
    }
    cli_say("lint: %" PRIu64 " local codes, %" PRIu64 " damaged", linting.total,
            linting.findings);
    return linting.findings > 0 ? EXIT_DIFFERENCES : 0;
}
