/* map_lint_set.h - the parts of lint that look at more than one map; for map_lint.c only. */
#ifndef HMS_MAPPINGS_MAP_LINT_SET_H
#define HMS_MAPPINGS_MAP_LINT_SET_H

#include "mappings/map_lint.h"

/* Maps against each other. */
void map_lint_set(const struct map_set *set, struct map_findings *findings);
/* References against the keys of what they refer to; not for one map alone. */
void map_lint_refs(const struct map_set *set, struct map_findings *findings);
/* Maps against the tables and columns that the source has. */
void map_lint_source(const struct map_set *set, const struct raw_tables *raw,
                     struct map_findings *findings);

#endif
