#include "transform/rule.h"

bool rule_compile(struct rule *rule, const struct map *map, const struct map_rule *source,
                  const struct step_env *env, uint32_t rows_max, struct error *err)
{
    *rule = (struct rule){.source = source};
    for (int i = 0; i < MAP_FROM_MAX; i++) {
        rule->values[i] = NULL;
    }
    for (int i = 0; i < source->nvia; i++) {
        if (!step_compile(&rule->steps[i], map, &source->via[i], env, err)) {
            rule_release(rule);
            return false;
        }
        rule->nsteps++;
    }
    int columns = source->nfrom > source->nto ? source->nfrom : source->nto;
    for (int i = 0; i < source->nvia; i++) {
        columns = source->via[i].spec->out > columns ? source->via[i].spec->out : columns;
    }
    for (int i = 0; i < columns; i++) {
        rule->values[i] = xcalloc(rows_max, sizeof(struct cell));
    }
    return true;
}

void rule_release(struct rule *rule)
{
    for (int i = 0; i < rule->nsteps; i++) {
        step_release(&rule->steps[i]);
    }
    for (int i = 0; i < MAP_FROM_MAX; i++) {
        free(rule->values[i]);
    }
    *rule = (struct rule){0};
}

static struct step_frame frame_of(const struct rule *rule, uint32_t nrows, const char **bad,
                                  const char **flag, struct arena *arena)
{
    struct step_frame frame = {.nvalues = rule->source->nfrom,
                               .nrows = nrows,
                               .bad = bad,
                               .flag = flag,
                               .arena = arena};

    memcpy(frame.values, rule->values, sizeof(frame.values));
    return frame;
}

void rule_run(struct rule *rule, const char **bad, const char **flag, struct arena *arena)
{
    struct step_frame frame = frame_of(rule, rule->count, bad, flag, arena);

    for (int i = 0; i < rule->nsteps; i++) {
        step_run(&rule->steps[i], &frame);
    }
}

static const char *check_typed(const struct rule *rule, const struct entity *target)
{
    struct strbuf scratch;
    const char *refused = NULL;

    strbuf_init(&scratch, ROW_BYTES_MAX);
    for (int i = 0; i < rule->source->nto && refused == NULL; i++) {
        const struct entity_column *column = &target->columns[rule->source->to[i]];
        refused = entity_column_encode(column, rule->values[i][0], &scratch);
    }
    strbuf_release(&scratch);
    return refused;
}

const char *rule_run_one(
    struct rule *rule, const struct entity *target, const struct cell *in, struct arena *arena,
    void (*after)(const struct rule *rule, int step, int nvalues, void *context), void *context)
{
    const char *bad = NULL;
    const char *flag = NULL;
    struct step_frame frame = frame_of(rule, 1, &bad, &flag, arena);

    for (int i = 0; i < rule->source->nfrom; i++) {
        rule->values[i][0] = in[i];
    }
    for (int i = 0; i < rule->nsteps && bad == NULL; i++) {
        step_run(&rule->steps[i], &frame);
        if (after != NULL && bad == NULL) {
            after(rule, i, frame.nvalues, context);
        }
    }
    return bad != NULL ? bad : check_typed(rule, target);
}
