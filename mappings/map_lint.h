/*
 * map_lint.h - everything that can be said against a set of maps before a row is read.
 *
 * Findings  beside those of map_check.h; what concerns the source needs `raw`.
 *   errors    to.required      a required column of the target has no rule
 *             column.unknown   a map names a column that its source table does not have
 *             column.unmapped  a populated source column has neither use nor drop
 *             table.unknown    the source has no such table
 *             table.unmapped   no map reads a table of the source: transform would stop
 *             risk.untested    a rule of high risk has no test
 *             set.name         two maps have one name
 *             set.clash        two maps give rows of one entity the same ids: same table, same
 *                              key and part, and no `only` to tell the rows apart
 *             ref.key          a reference has another number of values, or another part, than
 *                              the key of the maps that make what it refers to
 *   warnings  ref.nobody       no map of the system makes what a reference refers to
 *             why.missing      a rule does not say why
 *             only.why         rows leave, and nobody says why
 *             release.missing  the map has no release
 *             drop.unmatched   the column or glob matches nothing
 *             drop.used        the same map uses the dropped column
 *             drop.by          nobody is named
 *             set.key          maps of one table and entity have keys of which neither
 *                              extends the other
 *             set.source       maps of one table disagree on zone or null marks
 */
#ifndef HMS_MAPPINGS_MAP_LINT_H
#define HMS_MAPPINGS_MAP_LINT_H

#include "mappings/map_finding.h"
#include "mappings/raw_tables.h"

/* Loads a map for lint: what loading would stop at becomes findings.  A map that cannot be read
 * at all is not added to the set. */
void map_lint_load(struct map_set *set, const char *path, struct map_findings *findings);
/* `raw` may be NULL.  Adds to the findings and sorts them. */
void map_lint(const struct map_set *set, const struct raw_tables *raw,
              struct map_findings *findings);

#endif
