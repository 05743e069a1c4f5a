/* verb_map.c - `hms map`: everything one does with maps before a row is moved. */
#include "cli/map_verb.h"

#include "core/file.h"

#include <string.h>
#include <sys/stat.h>

struct map_options map_options;

static const struct opt opts[] = {
    {OPT_TEXT, 0, "raw", "DIR", "raw tables to compare with (lint, coverage, test)",
     &map_options.raw},
    {OPT_TEXT, 0, "headers", "FILE", "TABLE, tab, COLUMN a line, in place of --raw",
     &map_options.headers},
    {OPT_TEXT, 0, "rule", "ID", "rule to explain or test", &map_options.rule},
    {OPT_FLAG, 0, "check", NULL, "fmt: write nothing, exit 1 when a map would change",
     &map_options.check},
    {OPT_FLAG, 0, "markdown", NULL, "steps: a table for a page", &map_options.markdown},
    {OPT_TEXT, 'o', "output", "FILE", "doc, coverage, steps: write here [-]",
     &map_options.output},
    {0},
};

static const struct action actions[] = {
    {"lint", map_run_lint},         {"fmt", map_run_fmt},
    {"test", map_run_test},         {"doc", map_run_doc},
    {"coverage", map_run_coverage}, {"explain", map_run_explain},
    {"steps", map_run_steps},       {0},
};

static int run(int argc, char **argv, struct error *err)
{
    return action_run("map", actions, argc, argv, err);
}

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool map_operands_each(int argc, char **argv,
                       bool (*visit)(const char *path, void *context, struct error *err),
                       void *context, struct error *err)
{
    if (argc == 0) {
        error_set(err, ERROR_USAGE, "a map file or a folder of maps is needed");
        error_hint(err, "try 'hms map --help'");
        return false;
    }
    for (int i = 0; i < argc; i++) {
        if (!(is_folder(argv[i]) ? map_folder_each(argv[i], visit, context, err)
                                 : visit(argv[i], context, err))) {
            return false;
        }
    }
    return true;
}

static bool load_into(const char *path, void *context, struct error *err)
{
    struct map *map = map_load(path, err);

    if (map) {
        map_set_add(context, map);
    }
    return map != NULL;
}

bool map_operands_load(struct map_set *set, int argc, char **argv, struct error *err)
{
    *set = (struct map_set){0};
    if (!map_operands_each(argc, argv, load_into, set, err)) {
        map_set_release(set);
        return false;
    }
    if (set->count == 0) {
        return error_set(err, ERROR_CONFIG, "%s: no map in this folder", argv[0]);
    }
    map_set_sort(set);
    return true;
}

bool map_print(const struct strbuf *out, struct error *err)
{
    if (strbuf_is_full(out)) {
        return error_set(err, ERROR_LIMIT, "the output is larger than %d bytes",
                         MAP_OUTPUT_MAX);
    }
    if (map_options.output && strcmp(map_options.output, "-") != 0) {
        return file_write(map_options.output, strbuf_text(out), err);
    }
    return fwrite(out->at ? out->at : "", 1, out->len, stdout) == out->len ||
           error_set(err, ERROR_CONFIG, "cannot write to standard output");
}

const struct verb verb_map = {
    .name = "map",
    .summary = "check, format, test and explain maps",
    .usage = "lint|fmt|test|doc|coverage MAP|DIR...\n"
             "       hms map explain MAP.yml --rule ID VALUE...\n"
             "       hms map steps",
    .example = "hms map lint mappings/northgate --raw raw/northgate",
    .opts = opts,
    .run = run,
};
