/*
 * map_finding.h - what is wrong with maps, as a list: `hms map lint` shows all of it at once,
 * loading stops at the first error.
 *
 * Shape     errors and warnings with a stable id ("drop.unmatched"), the place, the message,
 *           and the message as it is shown (source line and caret).
 * Ownership the list owns its strings; `path` is copied as well.
 * Limits    MAP_FINDINGS_MAX; what comes later is only counted.
 */
#ifndef HMS_MAPPINGS_MAP_FINDING_H
#define HMS_MAPPINGS_MAP_FINDING_H

#include "core/arena.h"
#include "core/error.h"
#include "core/yaml.h"

enum { MAP_FINDINGS_MAX = 1000 };

enum map_severity { MAP_ERROR, MAP_WARNING };

struct map_finding {
    enum map_severity severity;
    const char *id;
    const char *path;
    int line, col;
    const char *message;
    const char *located; /* "path:line:col: message", source line, caret */
    const char *shown;   /* the same as "path:line:col: error: message [id]" ... */
};

struct map_findings {
    struct map_finding *at;
    size_t count;
    size_t errors;
    size_t warnings;
    struct arena arena;
};

/* Where a finding stands: a node, or a part of it (width 0: the whole). */
struct map_spot {
    const struct yaml *yaml;
    const struct yaml_node *node;
    int offset, width;
    bool at_key; /* under the key of the node, not its value */
};

void map_findings_add(struct map_findings *findings, enum map_severity severity, const char *id,
                      struct map_spot spot, const char *format, ...) PRINTF_LIKE(5, 6);
/* An error of core/yaml.h or of loading a map, taken over with its place. */
void map_findings_take(struct map_findings *findings, const char *path,
                       const struct error *err);
/* By path, line and column, errors first where they are equal. */
void map_findings_sort(struct map_findings *findings);
/* False, with err set to the first error, when there is one. */
bool map_findings_none(const struct map_findings *findings, struct error *err) MUST_CHECK;
void map_findings_release(struct map_findings *findings);

#endif
