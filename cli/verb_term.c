/* verb_term.c - `hms term`: terminology packs, from official files to codes in force. */
#include "cli/term_verb.h"

#include "core/calendar.h"
#include "core/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct term_options term_options = {.limit = 20};

static const struct opt opts[] = {
    {OPT_TEXT, 0, "registry", "DIR", "packs of this site [$HMS_TERMINOLOGY, var/terminology]",
     &term_options.registry},
    {OPT_TEXT, 0, "on", "DATE", "the day of service", &term_options.on},
    {OPT_TEXT, 'o', "output", "DIR", "build: where packs go [.]", &term_options.output},
    {OPT_TEXT, 0, "release", "NAME", "build: when no file says it", &term_options.release},
    {OPT_TEXT, 0, "name", "NAME", "build: of the one pack", &term_options.name},
    {OPT_TEXT, 0, "dialect", "NAME", "build: such as icd10-uk", &term_options.dialect},
    {OPT_TEXT, 0, "from", "DATE", "build: first day", &term_options.from},
    {OPT_TEXT, 0, "until", "DATE", "build: the day after the last", &term_options.until},
    {OPT_TEXT, 0, "key", "FILE", "build: sign with it; install: must be signed by it",
     &term_options.key},
    {OPT_TEXT, 0, "loinc", "CODE", "convert: of the value; it may change with the unit",
     &term_options.loinc},
    {OPT_TEXT, 0, "org", "CODE", "diff: count this organisation's rows and patients",
     &term_options.organisation},
    {OPT_TEXT, 0, "maps", "DIR", "diff: count rows of code maps that point at changed codes",
     &term_options.maps},
    {OPT_FLAG, 0, "mark", NULL, "diff: mark these rows as stale", &term_options.mark},
    {OPT_UINT, 0, "limit", "N", "search: at most so many [20]", &term_options.limit},
    {0},
};

static const struct action actions[] = {
    {"build", term_run_build},
    {"list", term_run_list},
    {"install", term_run_install},
    {"activate", term_run_activate},
    {"rollback", term_run_rollback},
    {"lookup", term_run_lookup},
    {"search", term_run_search},
    {"codes", term_run_codes},
    {"validate", term_run_validate},
    {"translate", term_run_translate},
    {"diff", term_run_diff},
    {"convert", term_run_convert},
    {0},
};

static int run(int argc, char **argv, struct error *err)
{
    return action_run("term", actions, argc, argv, err);
}

bool term_registry(struct registry *registry, struct error *err)
{
    return registry_open(registry, cli_terminology(term_options.registry), err);
}

bool term_day(int32_t *day, struct error *err)
{
    *day = CODE_NO_DAY;
    return term_options.on == NULL || calendar_parse_date(text_of(term_options.on), day) ||
           error_set(err, ERROR_USAGE, "--on takes a day as YYYY-MM-DD");
}

struct code_pack *term_pack(const char *system, struct error *err)
{
    struct code_pack *pack = NULL;
    struct registry registry;
    int32_t day;

    if (strchr(system, '/') != NULL || strstr(system, ".hmspack") != NULL) {
        return code_pack_open(system, err);
    }
    if (!term_day(&day, err) || !term_registry(&registry, err)) {
        return NULL;
    }
    pack = registry_pack(&registry, system, day, err);
    registry_release(&registry);
    return pack;
}

void term_flush(struct strbuf *out)
{
    fwrite(out->len == 0 ? "" : out->at, 1, out->len, stdout);
    strbuf_clear(out);
}

bool term_words(int argc, char **argv,
                bool (*visit)(struct text word, void *context, struct error *err),
                void *context, struct error *err)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    bool ok = true;

    if (argc != 1 || strcmp(argv[0], "-") != 0) {
        for (int i = 0; ok && i < argc; i++) {
            ok = visit(text_of(argv[i]), context, err);
        }
        return ok;
    }
    while (ok && (len = getline(&line, &size, stdin)) >= 0) {
        len -= len > 0 && line[len - 1] == '\n';
        ok = len <= TERM_LINE_MAX ? visit((struct text){line, (size_t)len}, context, err)
                                  : error_set(err, ERROR_LIMIT, "a line is too long");
    }
    free(line);
    return ok;
}

const struct verb verb_term = {
    .name = "term",
    .summary = "build, switch and ask terminology packs",
    .usage = "build|install|activate|rollback|list|lookup|validate|translate|search|codes|"
             "diff|convert WORD...",
    .example = "hms term validate icd10cm --on 2019-03-01 S52.501A",
    .opts = opts,
    .run = run,
};
