/*
 * map_columns.h - every mention of a source column in a map, with its place: one walk, used by
 * lint (does it exist?) and coverage (is it used?).
 *
 * Shape     names under an alias of `each` and its ordinal are no source columns and are left
 *           out; a `lookup` mentions the columns of another table.  Drops are not visited: they
 *           may be globs.
 */
#ifndef HMS_MAPPINGS_MAP_COLUMNS_H
#define HMS_MAPPINGS_MAP_COLUMNS_H

#include "mappings/map.h"
#include "mappings/map_finding.h"

enum column_use {
    USE_KEY = 1,
    USE_RULE = 2,
    USE_ONLY = 4,
    USE_EACH = 8,
    USE_LOOKUP = 16,
    USE_DROP = 32,
};

struct map_mention {
    const struct map *map;
    const char *table;
    const char *column;
    enum column_use use;
    const struct map_rule *rule; /* for USE_RULE and USE_LOOKUP, else NULL */
    struct map_spot spot;
};

void map_each_mention(const struct map *map,
                      void (*visit)(const struct map_mention *mention, void *context),
                      void *context);
/* An alias or the ordinal of `each`. */
bool map_is_alias(const struct map *map, const char *name);

#endif
