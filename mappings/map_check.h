/*
 * map_check.h - what a map must keep beside its grammar, so that no wrong tuple can be built.
 *
 * Rules     to.fixed     a map may not write id, org_id, source_system, source_key, row_hash
 *           to.twice     a column has one rule
 *           ref.missing  a column that refers to an entity is made by the step `ref`, last
 *           ref.entity   ... and by `ref` to that entity
 *           value.set    a word written by constant, default or map, last in the pipe, is in
 *                        the column's value set
 * Use       loading a map stops at the first; lint shows them all.
 */
#ifndef HMS_MAPPINGS_MAP_CHECK_H
#define HMS_MAPPINGS_MAP_CHECK_H

#include "mappings/map.h"
#include "mappings/map_finding.h"

void map_check(const struct map *map, struct map_findings *findings);
/* Reads a map without map_check(); NULL on error.  Takes the document over in both cases. */
struct map *map_parse(struct yaml *yaml, struct error *err);
/* The node of the `index`-th name under `key` of a rule, a scalar or a list. */
const struct yaml_node *map_rule_name_node(const struct map_rule *rule, const char *key,
                                           int index);

#endif
