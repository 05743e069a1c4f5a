/*
 * map_rule.h - one rule of a map, compiled to be run on values that a person typed: what lint,
 * test and explain of `hms map` share.
 *
 * Surroundings  organisation and system are the map's system; the zone and null marks are the
 *               map's; code maps lie beside it; look-ups read --raw.
 */
#ifndef HMS_CLI_MAP_RULE_H
#define HMS_CLI_MAP_RULE_H

#include "mappings/map_finding.h"
#include "transform/rule.h"

struct map_rule_run {
    const struct map *map;
    struct step_env env;
    char *folder; /* of the map */
    struct rule rule;
    struct arena arena;
};

/* A rule with a `lookup` cannot be compiled without --raw. */
bool map_rule_needs_raw(const struct map_rule *rule);
bool map_rule_open(struct map_rule_run *run, const struct map *map, const struct map_rule *rule,
                   struct error *err) MUST_CHECK;
/* What the source has in the cell: NULL for a null mark of the map. */
struct cell map_rule_cell(const struct map *map, const char *text);
void map_rule_release(struct map_rule_run *run);

/* Compiles every rule: a wrong pattern or a missing code map becomes a finding. */
void map_compile_each(const struct map_set *set, struct map_findings *findings);

#endif
