/*
 * verb_extract.c - `hms extract`: legacy files become sealed raw tables.
 */
#include "cli/verb.h"

#include "core/json_out.h"
#include "extract/extract.h"

#include <inttypes.h>

static const char *folder;
static const char *output;
static const char *verify;
static const char *charset = "utf-8";
static const char *delimiter = ",";
static const char *quote = "\"";
static const char *columns;
static const char *table;
static const char *source_name = "files";

static const struct opt opts[] = {
    {OPT_TEXT, 0, "dir", "DIR", "folder of the dump that SOURCE.yml describes", &folder},
    {OPT_TEXT, 'o', "output", "DIR", "raw folder to write, or - for a stream", &output},
    {OPT_TEXT, 0, "verify", "DIR", "read a raw folder again and check its seal", &verify},
    {OPT_TEXT, 0, "charset", "NAME", "of FILEs [utf-8]", &charset},
    {OPT_TEXT, 0, "delimiter", "CHAR", "of FILEs; tab for a tab [,]", &delimiter},
    {OPT_TEXT, 0, "quote", "CHAR", "of FILEs, or none [\"]", &quote},
    {OPT_TEXT, 0, "columns", "A,B,C", "FILEs have no header, but these columns", &columns},
    {OPT_TEXT, 0, "table", "NAME", "FILEs are one table [a table each]", &table},
    {OPT_TEXT, 0, "source", "NAME", "source system of FILEs [files]", &source_name},
    {0},
};

/* "A,B,C" cut in place of a copy that lives in the arena. */
static struct source_list split_columns(struct arena *arena, const char *names)
{
    char *rest = arena_strdup(arena, text_of(names));
    struct source_list list = {arena_alloc(arena, (strlen(names) + 1) * sizeof(char *)), 0};
    char *name;

    while ((name = strsep(&rest, ",")) != NULL) {
        list.at[list.count++] = name;
    }
    return list;
}

static bool load_spec(struct source_spec *spec, int argc, char **argv, struct arena *arena,
                      struct error *err)
{
    struct source_format format = source_format_default();
    struct source_list files = {arena_alloc(arena, (size_t)argc * sizeof(char *)),
                                (size_t)argc};
    struct source_list names = {0};

    if (folder != NULL) {
        return source_spec_load(spec, argv[0], err);
    }
    if (!source_delimiter_parse(delimiter, &format.delimiter)) {
        return error_set(err, ERROR_USAGE, "--delimiter takes one ASCII character, or tab");
    }
    if (!source_quote_parse(quote, &format.quote)) {
        return error_set(err, ERROR_USAGE, "--quote takes one ASCII character, or none");
    }
    format.charset = charset;
    if (columns != NULL) {
        names = split_columns(arena, columns);
        format.header = false;
    }
    for (int i = 0; i < argc; i++) {
        files.at[i] = argv[i];
    }
    return source_spec_of_files(spec, source_name, table, format, names, files, err);
}

static void print_json(const struct extract_table *one)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, 64 << 10);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "extract 1");
    json_out_member(&out, "table", one->name);
    json_out_member_uint(&out, "files", one->nfiles);
    json_out_member_uint(&out, "columns", one->ncols);
    json_out_member_uint(&out, "bytes", one->bytes);
    json_out_member_uint(&out, "rows", one->rows);
    json_out_member_uint(&out, "rows_with_issues", one->rows_with_issues);
    json_out_key(&out, "issues");
    json_out_object(&out);
    for (size_t i = 0; i < one->nissues; i++) {
        json_out_member_uint(&out, one->issues[i].rule, one->issues[i].count);
    }
    json_out_end_object(&out);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void say_table(const struct extract_table *one)
{
    if (cli_verbose) {
        cli_say("%-32s %9" PRIu64 " rows, %" PRIu32 " columns, %zu file%s", one->name,
                one->rows, one->ncols, one->nfiles, one->nfiles == 1 ? "" : "s");
    }
    for (size_t i = 0; i < one->nissues; i++) {
        cli_say("%-32s %9" PRIu64 " %s", one->name, one->issues[i].count, one->issues[i].rule);
    }
}

static void show_report(const struct extract_report *report)
{
    uint64_t rows = 0;
    uint64_t with_issues = 0;

    for (size_t i = 0; i < report->ntables; i++) {
        const struct extract_table *one = &report->tables[i];

        rows += one->rows;
        with_issues += one->rows_with_issues;
        if (cli_json) {
            print_json(one);
        } else {
            say_table(one);
        }
    }
    cli_say("extract: %zu table%s, %" PRIu64 " rows, %" PRIu64 " of them with issues",
            report->ntables, report->ntables == 1 ? "" : "s", rows, with_issues);
}

static int run_verify(int argc, struct error *err)
{
    if (argc != 0 || folder != NULL || output != NULL) {
        return error_set(err, ERROR_USAGE, "--verify goes with nothing else"), VERB_FAILED;
    }
    if (!extract_verify(verify, err)) {
        return VERB_FAILED;
    }
    cli_say("extract: %s is as it was sealed", verify);
    return 0;
}

static bool check_options(int argc, struct error *err)
{
    if (output == NULL || argc == 0 || (folder != NULL && argc != 1)) {
        error_set(err, ERROR_USAGE,
                  "extract needs SOURCE.yml with --dir, or files, and -o to write to");
        error_hint(err, "try 'hms extract --help'");
        return false;
    }
    if (strcmp(output, "-") == 0 && cli_json) {
        return error_set(err, ERROR_USAGE, "--json and -o - would both write to stdout");
    }
    return true;
}

static int run(int argc, char **argv, struct error *err)
{
    struct source_spec spec = {0};
    struct extract_report report = {0};
    struct arena arena = {0};
    bool ok;

    if (verify != NULL) {
        return run_verify(argc, err);
    }
    if (!check_options(argc, err)) {
        return VERB_FAILED;
    }
    ok = load_spec(&spec, argc, argv, &arena, err) &&
         extract_run(&spec, folder, output, &report, err);
    if (ok) {
        show_report(&report);
    }
    extract_report_release(&report);
    source_spec_release(&spec);
    arena_release(&arena);
    return ok ? 0 : VERB_FAILED;
}

const struct verb verb_extract = {
    .name = "extract",
    .summary = "copy legacy files, cell by cell, into sealed raw tables",
    .usage = "SOURCE.yml --dir DIR -o DIR|- | FILE... -o DIR|- | --verify DIR",
    .example =
        "hms extract mappings/lindenhof/source.yml --dir dump/lindenhof -o raw/lindenhof",
    .opts = opts,
    .run = run,
};
