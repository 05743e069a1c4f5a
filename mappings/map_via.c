/* The pipe of a rule: "trim | partial_date 'dd/MM/yyyy' 'yyyy'". */
#include "mappings/map_load.h"
#include "mappings/nearest.h"

#include <string.h>

struct pipe {
    const struct map *map;
    struct map_rule *rule;
    const struct yaml_node *node;
    struct arena *arena;
    const char *text;
    size_t at;
    struct error *err;
};

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

/* A text folded over several lines has no place of its own inside: the caret stays in front. */
static bool pipe_error(struct pipe *pipe, size_t offset, size_t width, const char *message)
{
    bool folded = pipe->node->width < (int)strlen(pipe->text);

    return yaml_error_at(pipe->map->yaml, pipe->node, folded ? 0 : (int)offset,
                         folded ? 0 : (int)width, pipe->err, "%s", message);
}

static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '|' || c == '\0';
}

static void skip_spaces(struct pipe *pipe)
{
    pipe->at += strspn(pipe->text + pipe->at, " \t\n");
}

static bool read_quoted(struct pipe *pipe, const char **out)
{
    size_t start = pipe->at++;
    char *word = arena_bytes(pipe->arena, strlen(pipe->text + start) + 1);
    size_t len = 0;

    for (;; pipe->at++) {
        char c = pipe->text[pipe->at];

        if (c == '\0') {
            return pipe_error(pipe, start, 1, "this quote is never closed");
        }
        if (c == '\'' && pipe->text[pipe->at + 1] != '\'') {
            break;
        }
        if (c == '\'') {
            pipe->at++;
        }
        word[len++] = c;
    }
    word[len] = '\0';
    pipe->at++;
    *out = word;
    if (!is_separator(pipe->text[pipe->at])) {
        return pipe_error(pipe, pipe->at, 1,
                          "a space or '|' follows a quoted argument; a quote inside one is "
                          "written twice");
    }
    return true;
}

static bool read_bare(struct pipe *pipe, const char **out)
{
    size_t start = pipe->at;

    while (!is_separator(pipe->text[pipe->at])) {
        if (pipe->text[pipe->at] == '\'') {
            return pipe_error(pipe, pipe->at, 1,
                              "a quote inside a bare word; put the whole argument in quotes");
        }
        pipe->at++;
    }
    *out = arena_strdup(pipe->arena, (struct text){pipe->text + start, pipe->at - start});
    return true;
}

static bool read_args(struct pipe *pipe, struct map_step *step)
{
    for (skip_spaces(pipe); pipe->text[pipe->at] && pipe->text[pipe->at] != '|';
         skip_spaces(pipe)) {
        const char **arg = &step->args[step->nargs];

        if (step->nargs == MAP_STEP_ARGS_MAX) {
            return pipe_error(pipe, pipe->at, 1, "a step has at most 32 arguments");
        }
        if (!(pipe->text[pipe->at] == '\'' ? read_quoted(pipe, arg) : read_bare(pipe, arg))) {
            return false;
        }
        step->nargs++;
    }
    return true;
}

static bool check_args(struct pipe *pipe, const struct map_step *step)
{
    const struct step_spec *spec = step->spec;
    char message[256];
    char range[48];

    if (step->nargs >= spec->args_min && step->nargs <= spec->args_max) {
        return true;
    }
    if (spec->args_max == 0) {
        snprintf(message, sizeof(message), "step '%s' takes no argument", spec->name);
        return pipe_error(pipe, (size_t)step->offset, (size_t)step->width, message);
    }
    if (spec->args_min == spec->args_max) {
        snprintf(range, sizeof(range), "%d argument%s", spec->args_min, plural(spec->args_min));
    } else if (spec->args_max == MAP_STEP_ARGS_MAX) {
        snprintf(range, sizeof(range), "%d or more arguments", spec->args_min);
    } else {
        snprintf(range, sizeof(range), "%d to %d arguments", spec->args_min, spec->args_max);
    }
    snprintf(message, sizeof(message), "step '%s' takes %s, this has %d; it is written: %s %s",
             spec->name, range, step->nargs, spec->name, spec->args);
    return pipe_error(pipe, (size_t)step->offset, (size_t)step->width, message);
}

static bool read_step(struct pipe *pipe)
{
    struct map_step *step = &pipe->rule->via[pipe->rule->nvia];
    size_t start = pipe->at;
    struct text name;

    if (pipe->rule->nvia == MAP_STEPS_MAX) {
        return pipe_error(pipe, start, 1, "a pipe has at most 16 steps");
    }
    while (!is_separator(pipe->text[pipe->at])) {
        pipe->at++;
    }
    name = (struct text){pipe->text + start, pipe->at - start};
    if (name.len == 0) {
        return pipe_error(pipe, start, 1, "a step is missing here");
    }
    *step = (struct map_step){.spec = step_spec_find(name), .node = pipe->node};
    if (!step->spec) {
        char message[256];
        char phrase[NEAREST_PHRASE_MAX];

        snprintf(message, sizeof(message), "unknown step '%.*s'%s",
                 (int)(name.len < 64 ? name.len : 64), name.at,
                 nearest_phrase(step_nearest(name), phrase));
        return pipe_error(pipe, start, name.len, message);
    }
    step->offset = (int)start;
    if (!read_args(pipe, step)) {
        return false;
    }
    step->width = (int)(strlen(step->spec->name));
    pipe->rule->nvia++;
    return check_args(pipe, step);
}

static bool read_steps(struct pipe *pipe)
{
    for (;;) {
        skip_spaces(pipe);
        if (!read_step(pipe)) {
            return false;
        }
        if (pipe->text[pipe->at] == '\0') {
            return true;
        }
        pipe->at++; /* the '|' */
    }
}

static bool inputs_error(struct pipe *pipe, const struct map_step *step, int values)
{
    const struct step_spec *spec = step->spec;
    char message[256];

    if (spec->in_max == 0) {
        snprintf(message, sizeof(message),
                 "step '%s' makes its value itself, but %d come%s in; it stands first, in a "
                 "rule without 'from'",
                 spec->name, values, values == 1 ? "s" : "");
    } else if (values == 0) {
        snprintf(message, sizeof(message),
                 "step '%s' needs a value, but none comes in; the rule has no 'from'",
                 spec->name);
    } else if (spec->in_min == spec->in_max) {
        snprintf(message, sizeof(message), "step '%s' takes %d value%s, but %d come%s in",
                 spec->name, spec->in_min, plural(spec->in_min), values,
                 values == 1 ? "s" : "");
    } else {
        snprintf(message, sizeof(message), "step '%s' takes %d to %d values, but %d come%s in",
                 spec->name, spec->in_min, spec->in_max, values, values == 1 ? "s" : "");
    }
    return pipe_error(pipe, (size_t)step->offset, (size_t)step->width, message);
}

/* From as many values as `from` names, through each step, to as many as `to` names. */
static bool check_arity(struct pipe *pipe)
{
    const struct map_rule *rule = pipe->rule;
    int values = rule->nfrom;
    char message[128];

    for (int i = 0; i < rule->nvia; i++) {
        const struct step_spec *spec = rule->via[i].spec;

        if (values < spec->in_min || values > spec->in_max) {
            return inputs_error(pipe, &rule->via[i], values);
        }
        values = spec->out == STEP_OUT_SAME ? values : spec->out;
    }
    if (values == rule->nto) {
        return true;
    }
    snprintf(message, sizeof(message),
             "the pipe ends with %d value%s, but 'to' names %d column%s", values,
             plural(values), rule->nto, plural(rule->nto));
    return pipe_error(pipe, (size_t)rule->via[rule->nvia - 1].offset,
                      (size_t)rule->via[rule->nvia - 1].width, message);
}

bool map_parse_via(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                   struct error *err)
{
    struct pipe pipe = {
        .map = map, .rule = rule, .node = node, .arena = &map->arena, .err = err};

    if (!node && rule->nfrom == 0) {
        return map_key_error(map, rule->node, err,
                             "rule %s has neither 'from' nor 'via'; a fixed value is written "
                             "via: constant 'x'",
                             rule->id);
    }
    if (!node) {
        return rule->nfrom == rule->nto ||
               map_key_error(map, rule->node, err,
                             "rule %s reads %d column%s and writes %d; without 'via' they are "
                             "as many",
                             rule->id, rule->nfrom, plural(rule->nfrom), rule->nto);
    }
    return map_text(map, node, "via", &pipe.text, err) && read_steps(&pipe) &&
           check_arity(&pipe);
}
