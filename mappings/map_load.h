/*
 * map_load.h - how a map is read from its YAML tree; shared by the files that read its parts
 * (map.c, map_rows.c, map_rule.c, map_via.c) only.
 *
 * Shape     each map_parse_X() fills one part of the map from its node, or sets ERROR_CONFIG
 *           with file, line, column and caret and returns false.
 * Memory    texts stay in the YAML document, which the map owns; arrays are in map->arena.
 */
#ifndef HMS_MAPPINGS_MAP_LOAD_H
#define HMS_MAPPINGS_MAP_LOAD_H

#include "mappings/map.h"

bool map_parse_only(struct map *map, const struct yaml_node *node,
                    struct error *err) MUST_CHECK;
bool map_parse_each(struct map *map, const struct yaml_node *node,
                    struct error *err) MUST_CHECK;
bool map_parse_drops(struct map *map, const struct yaml_node *node,
                     struct error *err) MUST_CHECK;
bool map_parse_rules(struct map *map, const struct yaml_node *node,
                     struct error *err) MUST_CHECK;
/* `node` NULL: no pipe; from and to must then be equally many. */
bool map_parse_via(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                   struct error *err) MUST_CHECK;
/* inline tests of one rule; from and to are known already */
bool map_parse_tests(struct map *map, struct map_rule *rule, const struct yaml_node *node,
                     struct error *err) MUST_CHECK;

/* Small readers.  `what` is the key, for the message. */
bool map_is_map(const struct map *map, const struct yaml_node *node, const char *what,
                struct error *err) MUST_CHECK;
/* First key that is not in `known` (NULL-terminated) is an error with a "did you mean". */
bool map_known_keys(const struct map *map, const struct yaml_node *node,
                    const char *const *known, struct error *err) MUST_CHECK;
/* A text that is not empty. */
bool map_text(const struct map *map, const struct yaml_node *node, const char *what,
              const char **out, struct error *err) MUST_CHECK;
/* One such text or a list of 1 to `max` of them; the number, or -1. */
int map_texts(const struct map *map, const struct yaml_node *node, const char *what,
              const char **out, int max, struct error *err) MUST_CHECK;
/* "WORD [RULE.ID]": the outcome of that word, and the rule id or NULL. */
struct map_outcome_word {
    const char *word;
    enum outcome outcome;
};
bool map_parse_outcome(struct map *map, const struct yaml_node *node,
                       const struct map_outcome_word *words, struct map_bad *out,
                       struct error *err) MUST_CHECK;
/* Always false: an error with the caret under the key of a member. */
bool map_key_error(const struct map *map, const struct yaml_node *member, struct error *err,
                   const char *format, ...) PRINTF_LIKE(4, 5);

#endif
