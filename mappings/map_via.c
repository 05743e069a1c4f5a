/* The pipe of a rule: "trim | partial_date 'dd/MM/yyyy' 'yyyy'". */
#include "mappings/map_load.h"
#include "mappings/nearest.h"

#include <stdarg.h>
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

/* `where` is a part of the pipe's text.  A text folded over several lines has no places of its
 * own inside: the caret then stays in front of it. */
static bool PRINTF_LIKE(3, 4)
    pipe_error(struct pipe *pipe, struct text where, const char *format, ...)
{
    bool folded = pipe->node->width < (int)strlen(pipe->text);
    int offset = folded ? 0 : (int)(where.at - pipe->text);
    int width = folded ? 0 : (int)where.len;
    char message[256];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    return yaml_error_at(pipe->map->yaml, pipe->node, offset, width, pipe->err, "%s", message);
}

static struct text sign_at(const struct pipe *pipe, size_t at)
{
    return (struct text){pipe->text + at, 1};
}

/* The step's name in the pipe. */
static struct text name_of(const struct pipe *pipe, const struct map_step *step)
{
    return (struct text){pipe->text + step->offset, (size_t)step->width};
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
            return pipe_error(pipe, sign_at(pipe, start), "this quote is never closed");
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
        return pipe_error(pipe, sign_at(pipe, pipe->at),
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
            return pipe_error(pipe, sign_at(pipe, pipe->at),
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
            return pipe_error(pipe, sign_at(pipe, pipe->at), "a step has at most 32 arguments");
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
    struct text where = name_of(pipe, step);

    if (step->nargs >= spec->args_min && step->nargs <= spec->args_max) {
        return true;
    }
    if (spec->args_max == 0) {
        return pipe_error(pipe, where, "step '%s' takes no argument", spec->name);
    }
    if (spec->args_min == spec->args_max) {
        return pipe_error(pipe, where,
                          "step '%s' takes %d argument%s, this has %d; it is written: %s %s",
                          spec->name, spec->args_min, plural(spec->args_min), step->nargs,
                          spec->name, spec->args);
    }
    return pipe_error(
        pipe, where, "step '%s' takes %d to %d arguments, this has %d; it is written: %s %s",
        spec->name, spec->args_min, spec->args_max, step->nargs, spec->name, spec->args);
}

static bool read_step(struct pipe *pipe)
{
    struct map_step *step = &pipe->rule->via[pipe->rule->nvia];
    size_t start = pipe->at;
    struct text name;

    if (pipe->rule->nvia == MAP_STEPS_MAX) {
        return pipe_error(pipe, sign_at(pipe, start), "a pipe has at most 16 steps");
    }
    while (!is_separator(pipe->text[pipe->at])) {
        pipe->at++;
    }
    name = (struct text){pipe->text + start, pipe->at - start};
    if (name.len == 0) {
        return pipe_error(pipe, sign_at(pipe, start), "a step is missing here");
    }
    *step = (struct map_step){.spec = step_spec_find(name), .node = pipe->node};
    if (!step->spec) {
        char phrase[NEAREST_PHRASE_MAX];

        return pipe_error(pipe, name, "unknown step '%.*s'%s",
                          (int)(name.len < 64 ? name.len : 64), name.at,
                          nearest_phrase(step_nearest(name), phrase));
    }
    step->offset = (int)start;
    step->width = (int)name.len;
    if (!read_args(pipe, step)) {
        return false;
    }
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
    struct text where = name_of(pipe, step);

    if (spec->in_max == 0) {
        return pipe_error(
            pipe, where,
            "step '%s' makes its value itself, but %d come%s in; it stands first, "
            "in a rule without 'from'",
            spec->name, values, values == 1 ? "s" : "");
    }
    if (values == 0) {
        return pipe_error(pipe, where,
                          "step '%s' needs a value, but none comes in; the rule has no 'from'",
                          spec->name);
    }
    if (spec->in_min == spec->in_max) {
        return pipe_error(pipe, where, "step '%s' takes %d value%s, but %d come%s in",
                          spec->name, spec->in_min, plural(spec->in_min), values,
                          values == 1 ? "s" : "");
    }
    return pipe_error(pipe, where, "step '%s' takes %d to %d values, but %d come%s in",
                      spec->name, spec->in_min, spec->in_max, values, values == 1 ? "s" : "");
}

/* From as many values as `from` names, through each step, to as many as `to` names. */
static bool check_arity(struct pipe *pipe)
{
    const struct map_rule *rule = pipe->rule;
    int values = rule->nfrom;

    for (int i = 0; i < rule->nvia; i++) {
        const struct step_spec *spec = rule->via[i].spec;

        if (values < spec->in_min || values > spec->in_max) {
            return inputs_error(pipe, &rule->via[i], values);
        }
        values = spec->out == STEP_OUT_SAME ? values : spec->out;
    }
    return values == rule->nto ||
           pipe_error(pipe, name_of(pipe, &rule->via[rule->nvia - 1]),
                      "the pipe ends with %d value%s, but 'to' names %d column%s", values,
                      plural(values), rule->nto, plural(rule->nto));
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
