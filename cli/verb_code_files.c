/* verb_code_files.c - `hms code export` and `import`: decisions as files. */
#include "cli/code_verb.h"
#include "cli/store.h"

#include "core/file.h"
#include "core/strmap.h"
#include "transform/codes/code_exchange.h"
#include "transform/sssom.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

enum { CODES_MAX = 1000000 };

/* ---- export */

static bool is_json_name(const char *path)
{
    size_t len = strlen(path);

    return len > 5 && strcmp(path + len - 5, ".json") == 0;
}

/* The local codes of a table: the first cell of each line. */
static void add_codes(struct strmap *codes, struct text content)
{
    while (content.len > 0) {
        const char *tab = memchr(content.at, '\t', content.len);
        const char *end = memchr(content.at, '\n', content.len);
        if (tab == NULL || end == NULL) {
            return;
        }
        strmap_put(codes, (struct text){content.at, (size_t)(tab - content.at)});
        content.len -= (size_t)(end + 1 - content.at);
        content.at = end + 1;
    }
}

/* True when the table there speaks of a code that `content` lacks: writing over it would lose
 * what somebody decided. */
static bool would_lose(const char *path, struct text content, struct error *err)
{
    struct strmap codes;
    struct sssom old;
    struct sssom_row row;
    enum sssom_next next;
    uint64_t lost = 0;

    if (is_json_name(path) || !file_exists(path)) {
        return false;
    }
    if (!sssom_open(&old, path, err)) {
        return true;
    }
    strmap_init(&codes, CODES_MAX);
    add_codes(&codes, content);
    while ((next = sssom_next(&old, &row, err)) == SSSOM_ROW) {
        lost += strmap_find(&codes, row.at[SSSOM_subject_id]) == NULL;
    }
    strmap_release(&codes);
    sssom_release(&old);
    if (next == SSSOM_END && lost > 0) {
        error_set(err, ERROR_CONFIG,
                  "%s holds %" PRIu64 " codes that were never imported and would be lost", path,
                  lost);
        error_hint(err, "'hms code import %s' takes them in; or write elsewhere", path);
    }
    return next == SSSOM_BAD || lost > 0;
}

static bool write_list(struct pg *pg, const struct code_export *wanted, const char *path,
                       struct error *err)
{
    struct strbuf out;
    int count;
    bool ok;

    strbuf_init(&out, CODE_EXPORT_MAX);
    ok = (path == NULL ? cli_json : is_json_name(path))
             ? code_export_fhir(pg, wanted, &out, &count, err)
             : code_export_sssom(pg, wanted, &out, &count, err);
    if (ok && path == NULL) {
        fwrite(out.at, 1, out.len, stdout);
    } else if (ok) {
        ok = !would_lose(path, strbuf_text(&out), err) &&
             file_write(path, strbuf_text(&out), err);
        if (ok) {
            cli_say("%s: %d codes", path, count);
        }
    }
    strbuf_release(&out);
    return ok;
}

/* "lindenhof/lab.tsv" becomes FOLDER/lab.tsv, "lindenhof/allergy" FOLDER/allergy.tsv. */
static char *path_in_folder(const char *folder, const char *list)
{
    const char *slash = strrchr(list, '/');
    const char *name = slash == NULL ? list : slash + 1;
    const char *dot = strrchr(name, '.');
    int stem = dot == NULL ? (int)strlen(name) : (int)(dot - name);

    return xasprintf("%s/%.*s%s", folder, stem, name, cli_json ? ".json" : ".tsv");
}

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Two lists of one name would become one file. */
static bool names_differ(const PGresult *lists, struct error *err)
{
    for (int row = 0; row < PQntuples(lists); row++) {
        char *name = path_in_folder("", PQgetvalue(lists, row, 0));
        bool is_taken = false;
        for (int other = 0; other < row; other++) {
            char *before = path_in_folder("", PQgetvalue(lists, other, 0));
            is_taken = is_taken || strcmp(name, before) == 0;
            free(before);
        }
        free(name);
        if (is_taken) {
            error_set(err, ERROR_CONFIG, "two lists are called like %s",
                      PQgetvalue(lists, row, 0));
            error_hint(err, "export them one by one with --list");
            return false;
        }
    }
    return true;
}

static bool export_all(struct pg *pg, struct code_export *wanted, struct error *err)
{
    PGresult *lists = code_export_lists(pg, wanted, err);
    bool ok = lists != NULL && names_differ(lists, err);

    for (int row = 0; ok && row < PQntuples(lists); row++) {
        char *path;
        wanted->list = PQgetvalue(lists, row, 0);
        path = path_in_folder(code_options.output, wanted->list);
        ok = write_list(pg, wanted, path, err);
        free(path);
    }
    if (ok && PQntuples(lists) == 0) {
        cli_say("nothing is settled yet");
    }
    PQclear(lists);
    return ok;
}

int code_run_export(int argc, char **argv, struct error *err)
{
    struct code_export wanted = {.organisation = code_options.organisation,
                                 .list = code_options.list,
                                 .with_proposed =
                                     argc == 1 && strcmp(argv[0], "proposed") == 0};
    bool all = wanted.list == NULL;
    struct pg *pg;
    bool ok;

    if (argc > wanted.with_proposed || wanted.organisation == NULL) {
        return cli_usage("code", "export takes --org, and the word 'proposed' or nothing", err);
    }
    if (all && (code_options.output == NULL || !is_folder(code_options.output))) {
        return cli_usage("code", "export takes --list, or a folder as --output for all lists",
                         err);
    }
    pg = cli_store_open(err);
    ok = pg != NULL && (all ? export_all(pg, &wanted, err)
                            : write_list(pg, &wanted, code_options.output, err));
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

/* ---- import */

int code_run_import(int argc, char **argv, struct error *err)
{
    struct code_import import = {.organisation = code_options.organisation,
                                 .list = code_options.list,
                                 .system = code_options.system};
    struct pg *pg;
    bool ok;

    if (argc != 1 || import.organisation == NULL) {
        return cli_usage("code", "import takes --org and one file", err);
    }
    import.path = argv[0];
    pg = cli_store_open(err);
    ok = pg != NULL && code_import(pg, &import, err);
    pg_free(pg);
    if (ok) {
        cli_say("%s: %" PRIu64 " codes, %" PRIu64 " decisions new", import.path,
                import.nmappings, import.ndecisions);
    }
    return ok ? 0 : VERB_FAILED;
}
