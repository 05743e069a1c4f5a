/*
 * rule.h - one compiled rule of a map: its steps, and room for a batch of values.
 *
 * Shape     values[] are the cells that go in, nfrom columns of them; after rule_run() the same
 *           columns hold what comes out, nto of them.
 * Once      steps are pure, so a rule runs once for each different value and not for each row:
 *           at[row] says which of the `count` values is the row's.
 * Lifetime  run; the map outlives it.
 */
#ifndef HMS_TRANSFORM_RULE_H
#define HMS_TRANSFORM_RULE_H

#include "transform/step.h"

struct rule {
    const struct map_rule *source;
    struct step steps[MAP_STEPS_MAX];
    int nsteps;
    struct cell *values[MAP_FROM_MAX]; /* each rows_max long */
    uint32_t count;                    /* of the batch at hand, as is `at` */
    const uint16_t *at;
};

bool rule_compile(struct rule *rule, const struct map *map, const struct map_rule *source,
                  const struct step_env *env, uint32_t rows_max, struct error *err) MUST_CHECK;
/* Over rule->count values; `bad` and `flag` as in struct step_frame, one entry a value. */
void rule_run(struct rule *rule, const char **bad, const char **flag, struct arena *arena);
void rule_release(struct rule *rule);

/* One row, for `hms map test` and `hms map explain`: values in, values out (in
 * rule->values[i][0]); when `after` is not NULL it is called with the values after each step.
 * NULL, or the rule id that refused: by a step, or by the type or value set of a target column.
 */
const char *rule_run_one(struct rule *rule, const struct entity *target, const struct cell *in,
                         struct arena *arena,
                         void (*after)(const struct rule *rule, int step, int nvalues,
                                       void *context),
                         void *context);

#endif
