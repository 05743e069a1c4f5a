/* verb_map_check.c - `hms map lint`, `coverage` and `fmt`. */
#include "cli/map_rule.h"
#include "cli/map_verb.h"

#include "core/file.h"
#include "core/json_out.h"
#include "mappings/map_coverage.h"
#include "mappings/map_fmt.h"
#include "mappings/map_lint.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The source's columns from --raw or --headers; `*given` says whether either was. */
static bool load_source(struct raw_tables *raw, const struct map_set *set, bool *given,
                        struct error *err)
{
    *raw = (struct raw_tables){0};
    *given = map_options.raw || map_options.headers;
    if (map_options.raw && map_options.headers) {
        return error_set(err, ERROR_USAGE, "--raw and --headers say the same thing; give one");
    }
    if (map_options.raw) {
        return raw_tables_read(raw, map_options.raw, set, err);
    }
    return !map_options.headers || raw_tables_read_headers(raw, map_options.headers, err);
}

struct linting {
    struct map_set set;
    struct map_findings findings;
};

static bool lint_file(const char *path, void *context, struct error *err)
{
    struct linting *linting = context;

    (void)err;
    map_lint_load(&linting->set, path, &linting->findings);
    return true;
}

static void print_finding_json(const struct map_finding *finding)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, 1 << 20);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "map-finding 1");
    json_out_member(&out, "severity", finding->severity == MAP_ERROR ? "error" : "warning");
    json_out_member(&out, "id", finding->id);
    json_out_member(&out, "path", finding->path);
    json_out_member_int(&out, "line", finding->line);
    json_out_member_int(&out, "column", finding->col);
    json_out_member(&out, "message", finding->message);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static int report(const struct linting *linting, struct error *err)
{
    const struct map_findings *findings = &linting->findings;

    for (size_t i = 0; i < findings->count; i++) {
        if (cli_json) {
            print_finding_json(&findings->at[i]);
        } else {
            printf("%s\n", findings->at[i].shown);
        }
    }
    if (findings->errors > 0) {
        error_set(err, ERROR_CONFIG, "%zu error%s and %zu warning%s in the maps",
                  findings->errors, findings->errors == 1 ? "" : "s", findings->warnings,
                  findings->warnings == 1 ? "" : "s");
        return VERB_FAILED;
    }
    cli_say("%zu map%s: no error, %zu warning%s", linting->set.count,
            linting->set.count == 1 ? "" : "s", findings->warnings,
            findings->warnings == 1 ? "" : "s");
    return 0;
}

int map_run_lint(int argc, char **argv, struct error *err)
{
    struct linting linting = {0};
    struct raw_tables raw = {0};
    bool has_source = false;
    int status = VERB_FAILED;

    if (!map_operands_each(argc, argv, lint_file, &linting, err)) {
        goto out;
    }
    if (linting.set.count == 0 && linting.findings.count == 0) {
        error_set(err, ERROR_CONFIG, "%s: no map in this folder", argv[0]);
        goto out;
    }
    map_set_sort(&linting.set);
    if (!load_source(&raw, &linting.set, &has_source, err)) {
        goto out;
    }
    map_compile_each(&linting.set, &linting.findings);
    map_lint(&linting.set, has_source ? &raw : NULL, &linting.findings);
    status = report(&linting, err);

out:
    map_findings_release(&linting.findings);
    map_set_release(&linting.set);
    raw_tables_release(&raw);
    return status;
}

int map_run_coverage(int argc, char **argv, struct error *err)
{
    struct map_coverage coverage = {0};
    struct map_set set = {0};
    struct raw_tables raw = {0};
    struct strbuf out;
    bool has_source = false;
    bool ok;

    strbuf_init(&out, MAP_OUTPUT_MAX);
    ok = map_operands_load(&set, argc, argv, err) && load_source(&raw, &set, &has_source, err);
    if (ok) {
        map_coverage_make(&coverage, &set, has_source ? &raw : NULL);
        if (cli_json) {
            map_coverage_json(&coverage, &out);
        } else {
            map_coverage_text(&coverage, &out);
        }
        ok = map_print(&out, err);
    }
    map_coverage_release(&coverage);
    raw_tables_release(&raw);
    map_set_release(&set);
    strbuf_release(&out);
    return ok ? 0 : VERB_FAILED;
}

/* As file_write(), but the file keeps its mode: maps are not patient data. */
static bool rewrite(const char *path, struct text content, struct error *err)
{
    struct stat st;

    if (stat(path, &st) != 0) {
        return error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
    }
    return file_write(path, content, err) &&
           (chmod(path, st.st_mode & 07777) == 0 ||
            error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno)));
}

static bool fmt_file(const char *path, void *context, struct error *err)
{
    int *changed = context;
    struct strbuf content, out;
    bool ok;

    strbuf_init(&content, YAML_BYTES_MAX);
    strbuf_init(&out, MAP_OUTPUT_MAX);
    ok = file_read(path, YAML_BYTES_MAX, &content, err) &&
         map_fmt(path, strbuf_text(&content), &out, err);
    if (ok && !text_equal(strbuf_text(&content), strbuf_text(&out))) {
        (*changed)++;
        printf("%s\n", path);
        ok = map_options.check || rewrite(path, strbuf_text(&out), err);
    }
    strbuf_release(&content);
    strbuf_release(&out);
    return ok;
}

int map_run_fmt(int argc, char **argv, struct error *err)
{
    int changed = 0;

    if (!map_operands_each(argc, argv, fmt_file, &changed, err)) {
        return VERB_FAILED;
    }
    cli_say("%d map%s %s", changed, changed == 1 ? "" : "s",
            map_options.check ? "would change" : "formatted");
    return map_options.check && changed > 0 ? EXIT_DIFFERENCES : 0;
}
