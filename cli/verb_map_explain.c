/* verb_map_explain.c - `hms map explain`: one value, step by step.  The person typed the value,
 * so it may be shown. */
#include "cli/map_rule.h"
#include "cli/map_verb.h"

#include "core/json_out.h"
#include "mappings/nearest.h"

#include <string.h>

enum { EXPLAIN_LINES_MAX = MAP_STEPS_MAX + 2, EXPLAIN_TEXT_MAX = 1 << 16 };

/* A line of the table: what happened, and the values after it. */
struct explain_line {
    char *what;
    char *values;
};

struct explanation {
    struct explain_line lines[EXPLAIN_LINES_MAX];
    int nlines;
};

static char *join_cells(struct cell *const *values, int count)
{
    struct strbuf sb;
    char *out;

    strbuf_init(&sb, EXPLAIN_TEXT_MAX);
    for (int i = 0; i < count; i++) {
        struct cell cell = values[i][0];

        strbuf_puts(&sb, i > 0 ? " ; " : "");
        if (cell.state == CELL_TEXT) {
            strbuf_addf(&sb, "'%.*s'", (int)cell.len, cell.at);
        } else {
            strbuf_puts(&sb, "null");
        }
    }
    out = xstrdup(sb.at ? sb.at : "");
    strbuf_release(&sb);
    return out;
}

static char *step_words(const struct map_step *step)
{
    struct strbuf sb;
    char *out;

    strbuf_init(&sb, EXPLAIN_TEXT_MAX);
    strbuf_puts(&sb, step->spec->name);
    for (int i = 0; i < step->nargs; i++) {
        strbuf_addf(&sb, " '%s'", step->args[i]);
    }
    out = xstrdup(sb.at);
    strbuf_release(&sb);
    return out;
}

static void add_line(struct explanation *explanation, char *what, char *values)
{
    explanation->lines[explanation->nlines++] = (struct explain_line){what, values};
}

static void after_step(const struct rule *rule, int step, int nvalues, void *context)
{
    add_line(context, step_words(&rule->source->via[step]), join_cells(rule->values, nvalues));
}

/* The typed result, one line a column: "birth_date (date) = 1980-02-01". */
static void show_result(const struct map_rule_run *run)
{
    const struct map_rule *rule = run->rule.source;

    for (int i = 0; i < rule->nto; i++) {
        const struct entity_column *column = &run->map->target->columns[rule->to[i]];
        struct cell cell = run->rule.values[i][0];

        printf("%s.%s (%s) = %.*s\n", run->map->target->name, column->name,
               column_type_sql(column->type), cell.state == CELL_TEXT ? (int)cell.len : 4,
               cell.state == CELL_TEXT ? cell.at : "null");
    }
}

static const char *outcome_words(enum outcome outcome)
{
    return outcome == OUTCOME_ISSUE ? "the value is left empty and counted as an issue"
                                    : outcome_name(outcome);
}

static void show(const struct map_rule_run *run, const struct explanation *explanation,
                 const char *refused)
{
    const struct map_bad *bad = &run->rule.source->bad;
    int width = 0;

    for (int i = 0; i < explanation->nlines; i++) {
        int len = (int)strlen(explanation->lines[i].what);

        width = len > width ? len : width;
    }
    for (int i = 0; i < explanation->nlines; i++) {
        printf("%-*s  %s\n", width, explanation->lines[i].what, explanation->lines[i].values);
    }
    if (!refused) {
        show_result(run);
    } else if (bad->outcome == OUTCOME_ISSUE) {
        printf("refused: %s; %s (%s)\n", refused, outcome_words(bad->outcome),
               bad->rule ? bad->rule : refused);
    } else {
        printf("refused: %s; the row is %s (%s)\n", refused, outcome_words(bad->outcome),
               bad->rule ? bad->rule : refused);
    }
}

static void show_json(const struct map_rule_run *run, const struct explanation *explanation,
                      const char *refused)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, 1 << 22);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "map-explain 1");
    json_out_member(&out, "rule", run->rule.source->id);
    json_out_key(&out, "steps");
    json_out_array(&out);
    for (int i = 0; i < explanation->nlines; i++) {
        json_out_object(&out);
        json_out_member(&out, "step", explanation->lines[i].what);
        json_out_member(&out, "values", explanation->lines[i].values);
        json_out_end_object(&out);
    }
    json_out_end_array(&out);
    json_out_member(&out, "refused", refused);
    if (refused) {
        json_out_member(&out, "outcome", outcome_name(run->rule.source->bad.outcome));
    }
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static const struct map_rule *find_rule(const struct map *map, struct error *err)
{
    char phrase[NEAREST_PHRASE_MAX];
    struct nearest nearest;

    if (!map_options.rule) {
        error_set(err, ERROR_USAGE, "'map explain' needs --rule");
        return NULL;
    }
    nearest_init(&nearest, text_of(map_options.rule));
    for (int i = 0; i < map->nrules; i++) {
        if (strcmp(map->rules[i].id, map_options.rule) == 0) {
            return &map->rules[i];
        }
        nearest_offer(&nearest, map->rules[i].id);
    }
    error_set(err, ERROR_USAGE, "%s has no rule '%s'%s", map->path, map_options.rule,
              nearest_phrase(nearest.best, phrase));
    return NULL;
}

static bool explain(const struct map *map, const struct map_rule *rule, char **values,
                    struct error *err)
{
    struct map_rule_run run = {0};
    struct explanation explanation = {.nlines = 0};
    struct cell in[MAP_FROM_MAX];
    struct cell *inputs[MAP_FROM_MAX];
    const char *refused;
    bool ok = map_rule_open(&run, map, rule, err);

    for (int i = 0; ok && i < rule->nfrom; i++) {
        in[i] = map_rule_cell(map, values[i]);
        inputs[i] = &in[i];
    }
    if (ok) {
        if (rule->nfrom > 0) {
            add_line(&explanation, xstrdup("source"), join_cells(inputs, rule->nfrom));
        }
        refused =
            rule_run_one(&run.rule, map->target, in, &run.arena, after_step, &explanation);
        if (cli_json) {
            show_json(&run, &explanation, refused);
        } else {
            show(&run, &explanation, refused);
        }
    }
    for (int i = 0; i < explanation.nlines; i++) {
        free(explanation.lines[i].what);
        free(explanation.lines[i].values);
    }
    map_rule_release(&run);
    return ok;
}

int map_run_explain(int argc, char **argv, struct error *err)
{
    const struct map_rule *rule;
    struct map *map;
    bool ok = false;

    if (argc < 1) {
        error_set(err, ERROR_USAGE, "'map explain' needs a map, --rule and the rule's values");
        return VERB_FAILED;
    }
    map = map_load(argv[0], err);
    rule = map ? find_rule(map, err) : NULL;
    if (rule && argc - 1 != rule->nfrom) {
        error_set(err, ERROR_USAGE, "rule %s reads %d value%s, but %d %s given", rule->id,
                  rule->nfrom, rule->nfrom == 1 ? "" : "s", argc - 1, argc == 2 ? "is" : "are");
    } else if (rule) {
        ok = explain(map, rule, argv + 1, err);
    }
    map_free(map);
    return ok ? 0 : VERB_FAILED;
}
