#include "transform/step.h"

#include "transform/step_cell.h"

#include <assert.h>
#include <stdarg.h>

static const struct step_impl *const step_tables[] = {
    step_text_impls,   step_strip_impls,   step_join_impls,     step_unicode_impls,
    step_choice_impls, step_date_impls,    step_time_impls,     step_number_impls,
    step_sum_impls,    step_result_impls,  step_unit_impls,     step_code_impls,
    step_ident_impls,  step_contact_impls, step_postcode_impls, step_lookup_impls,
};

static const struct step_impl *step_impl_find(const char *name)
{
    for (size_t table = 0; table < sizeof(step_tables) / sizeof(step_tables[0]); table++) {
        for (const struct step_impl *impl = step_tables[table]; impl->name != NULL; impl++) {
            if (strcmp(impl->name, name) == 0) {
                return impl;
            }
        }
    }
    return NULL;
}

bool step_compile(struct step *step, const struct map *map, const struct map_step *source,
                  const struct step_env *env, struct error *err)
{
    *step = (struct step){.source = source, .map = map};
    step->impl = step_impl_find(source->spec->name);
    assert(step->impl != NULL); /* a test looks for every row of the table */
    if (step->impl->compile != NULL && !step->impl->compile(step, env, err)) {
        step_release(step);
        return false;
    }
    return true;
}

void step_run(const struct step *step, struct step_frame *frame)
{
    step->impl->run(step, frame);
}

void step_release(struct step *step)
{
    if (step->impl != NULL && step->impl->release != NULL && step->data != NULL) {
        step->impl->release(step);
    } else {
        free(step->data);
    }
    *step = (struct step){0};
}

bool step_error(const struct step *step, struct error *err, const char *format, ...)
{
    char what[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    return yaml_error_at(step->map->yaml, step->source->node, step->source->offset,
                         step->source->width, err, "step '%s': %s", step->source->spec->name,
                         what);
}

bool step_compile_words(struct step *step, const struct step_env *env, struct error *err)
{
    struct step_words *words = xcalloc(1, sizeof(*words));

    (void)env;
    (void)err;
    words->count = step->source->nargs;
    for (int i = 0; i < words->count; i++) {
        words->at[i] = text_of(step->source->args[i]);
    }
    step->data = words;
    return true;
}

bool step_arg_number(const struct step *step, int n, int min, int max, int *number,
                     struct error *err)
{
    const char *arg = step->source->args[n];
    char *end = NULL;
    long value = strtol(arg, &end, 10);

    if (end == arg || *end != '\0' || value < min || value > max) {
        return step_error(step, err, "argument %d is no whole number from %d to %d", n + 1, min,
                          max);
    }
    *number = (int)value;
    return true;
}

const char *step_arg_option(const struct step *step, const char *name)
{
    size_t len = strlen(name);

    for (int i = 0; i < step->source->nargs; i++) {
        const char *arg = step->source->args[i];
        if (strncmp(arg, name, len) == 0 && arg[len] == '=') {
            return arg + len + 1;
        }
    }
    return NULL;
}

bool step_words_hold(const struct step_words *words, int from, struct text word)
{
    for (int i = from; i < words->count; i++) {
        if (text_equal(words->at[i], word)) {
            return true;
        }
    }
    return false;
}
