/*
 * map.h - one map: how the rows of one source table become rows of one canonical entity.
 *
 * Source    mappings/<system>/<table>[-entity].yml; the language is described in
 *           docs/LANGUAGE.md.
 * Shape     everything is resolved on loading: target columns are indexes, steps point at
 *           their row of the step table, conditions are parsed.
 * Ownership the map owns all its strings and arrays; freed by map_free().
 * Errors    ERROR_CONFIG with file:line:column and a caret (core/yaml.h).
 */
#ifndef HMS_MAPPINGS_MAP_H
#define HMS_MAPPINGS_MAP_H

#include "core/balance.h"
#include "core/batch_file.h"
#include "core/error.h"
#include "core/yaml.h"
#include "mappings/entity.h"
#include "mappings/step_table.h"

enum {
    MAP_RULES_MAX = 256,
    MAP_FROM_MAX = 8, /* columns a rule reads */
    MAP_TO_MAX = 4,   /* columns a rule writes */
    MAP_STEPS_MAX = 16,
    MAP_STEP_ARGS_MAX = 32,
    MAP_KEY_MAX = 8,
    MAP_EACH_MAX = 64,
};

/* One step of a `via` pipe. */
struct map_step {
    const struct step_spec *spec;
    const char *args[MAP_STEP_ARGS_MAX];
    int nargs;
    const struct yaml_node *node; /* where it stands, with ... */
    int offset, width;            /* ... its place inside that scalar */
};

struct map_test {
    const char *in[MAP_FROM_MAX]; /* NULL: the source has NULL */
    int nin;
    const char *out[MAP_TO_MAX]; /* NULL: the column becomes NULL */
    int nout;
    bool bad; /* the value must be refused */
    const struct yaml_node *node;
};

/* What happens to a row whose value a step or column refuses. */
struct map_bad {
    enum outcome outcome; /* QUARANTINED, REJECTED, EXCLUDED; ISSUE = blank the value, go on */
    const char *rule;     /* NULL: the rule id of the step or column that refused */
};

struct map_rule {
    const char *id; /* "M002"; never changes meaning */
    int to[MAP_TO_MAX];
    int nto;
    const char *from[MAP_FROM_MAX]; /* source columns; none for a constant */
    int nfrom;
    struct map_step via[MAP_STEPS_MAX];
    int nvia;
    struct map_bad bad;
    const char *risk; /* "high", "medium", "low" or "" */
    const char *why;
    struct map_test *tests;
    int ntests;
    const struct yaml_node *node;
};

struct expr; /* mappings/expr.h */

/* `only`: rows for which `when` is false leave here. */
struct map_only {
    struct expr *when;
    const char *when_text;
    enum outcome outcome;
    const char *rule;
    const char *why;
    const struct yaml_node *node;
};

struct map_drop {
    const char *column; /* may hold '*' and '?' */
    const char *why;
    const char *by;
    const struct yaml_node *node;
};

/* `each`: the source row is read once for every member, whose columns appear under the alias.
 * A member whose alias columns are all NULL or blank is excluded by rule "<entity>.blank". */
struct map_each {
    const char *alias[MAP_FROM_MAX]; /* as: [DX, DX_VERSION] */
    int nalias;
    const char *members[MAP_EACH_MAX][MAP_FROM_MAX]; /* of: [[DGNS1, V1], [DGNS2, V2]] */
    int nmembers;
    const char *ordinal; /* column name under which 1, 2, 3 ... is seen; "EACH" */
};

struct map {
    const char *path;   /* of the file */
    const char *name;   /* "northgate/patient" */
    const char *system; /* "northgate" */
    const char *release;
    const char *table; /* source table */
    const char *key[MAP_KEY_MAX];
    int nkey;
    const char *part; /* a word added to the key, or NULL: several maps of one table that feed
                         one entity have different ones */
    const char *const *nulls;    /* NULL-terminated texts that mean "no value" */
    const char *const *optional; /* NULL-terminated columns that some exports do not have */
    const char *zone;            /* IANA zone of the source's local times */
    enum repeat_policy repeats;
    const struct entity *target;
    struct map_only *only;
    int nonly;
    struct map_each each; /* nmembers 0: not used */
    struct map_rule *rules;
    int nrules;
    struct map_drop *drops;
    int ndrops;
    struct yaml *yaml; /* kept for located errors */
    struct arena arena;
};

struct map *map_load(const char *path, struct error *err); /* NULL on error */
void map_free(struct map *map);

/* Whether `source.optional` names the column: an export without it is fine. */
bool map_is_optional(const struct map *map, const char *column);
/* Whether the map only counts its table's rows as left out (`only: {when: never, ...}`). */
bool map_leaves_all(const struct map *map);

/* All maps (*.yml with a `map:` key) of a folder, sorted by name. */
struct map_set {
    struct map **maps;
    size_t count;
};
bool map_set_load(struct map_set *set, const char *folder, struct error *err) MUST_CHECK;
/* For a set made by hand: the set owns the map; sort by name when all are in. */
void map_set_add(struct map_set *set, struct map *map);
void map_set_sort(struct map_set *set);
/* Calls `visit` with the path of each map file of the folder, by name; it returns false to
 * stop. A file that is not YAML is an error, one without `map:` is passed over. */
bool map_folder_each(const char *folder,
                     bool (*visit)(const char *path, void *context, struct error *err),
                     void *context, struct error *err) MUST_CHECK;
void map_set_release(struct map_set *set);

#endif
