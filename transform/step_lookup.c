/*
 * step_lookup.c - steps that look a value up: in a code map, in another table of the source.
 */
#include "core/file.h"
#include "transform/code_map.h"
#include "transform/lookup.h"
#include "transform/step_cell.h"

struct code_step {
    struct code_map map;
    bool keep; /* a code that the map does not have stays */
};

static void code_map_step_release(struct step *step)
{
    struct code_step *code = step->data;

    code_map_release(&code->map);
    free(code);
}

static bool code_options(struct code_step *code, const struct step *step, struct error *err)
{
    const char *unmapped = step_arg_option(step, "unmapped");

    for (int i = 1; i < step->source->nargs; i++) {
        if (strncmp(step->source->args[i], "unmapped=", 9) != 0 &&
            strncmp(step->source->args[i], "take=", 5) != 0) {
            return step_error(step, err,
                              "options are 'unmapped=keep', 'unmapped=null' and "
                              "'take=COLUMN'");
        }
    }
    code->keep = unmapped != NULL && strcmp(unmapped, "keep") == 0;
    return unmapped == NULL || code->keep || strcmp(unmapped, "null") == 0 ||
           step_error(step, err, "'unmapped=' is keep or null");
}

static bool code_map_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct code_step *code = xcalloc(1, sizeof(*code));
    const char *column = step_arg_option(step, "take");
    char *path = path_join(env->folder, step->source->args[0]);
    bool ok;

    step->data = code;
    ok = code_options(code, step, err) &&
         code_map_load(&code->map, path, column == NULL ? "object_id" : column, err);
    free(path);
    return ok;
}

static void code_map_cell(const struct step_cell *at)
{
    const struct code_step *code = at->data;
    struct text target;
    enum code_map_state state = code_map_find(&code->map, cell_text(*at->cell), &target);

    if (target.len == 0) {
        cell_flag(at, "code.unmapped");
    } else if (state == CODE_MAP_PROPOSED) {
        at->frame->flag[at->row] = "code.proposed"; /* whatever else: a cutover must see it */
    }
    if (target.len > 0 || !code->keep) {
        cell_put(at->cell, target);
    }
}

STEP_RUN_WORD(code_map)

static void lookup_step_release(struct step *step)
{
    lookup_release(step->data);
    free(step->data);
}

static bool lookup_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct lookup *lookup = xcalloc(1, sizeof(*lookup));
    struct lookup_source source = {.folder = env->raw_folder,
                                   .table = step->source->args[0],
                                   .key = step->source->args[1],
                                   .value = step->source->args[2],
                                   .nulls = step->map->nulls};

    step->data = lookup;
    if (env->raw_folder == NULL) {
        return step_error(step, err, "needs the folder of raw tables, and there is none here");
    }
    if (strchr(source.table, '/') != NULL) {
        return step_error(step, err, "a table's name has no '/'");
    }
    return lookup_load(lookup, &source, err) ||
           error_wrap(err, "step 'lookup' of map %s", step->map->name);
}

static void lookup_cell(const struct step_cell *at)
{
    struct text value;
    enum lookup_found found = lookup_find(at->data, cell_text(*at->cell), &value);

    if (found == LOOKUP_NONE) {
        cell_flag(at, "lookup.missing");
    } else if (found == LOOKUP_SEVERAL) {
        cell_flag(at, "lookup.ambiguous");
    }
    cell_put(at->cell, value);
}

STEP_RUN_WORD(lookup)

const struct step_impl step_lookup_impls[] = {
    {"code_map", code_map_compile, code_map_run, code_map_step_release},
    {"lookup", lookup_compile, lookup_run, lookup_step_release},
    {0},
};
