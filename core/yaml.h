/*
 * yaml.h - YAML 1.2 (and so JSON) as a tree that knows where each node stands.
 *
 * Shape     scalars are text, never typed (no "Norway" problem); maps keep their order.
 * Ownership the document owns its nodes and its strings.
 * Errors    ERROR_CONFIG "path:line:col: what is wrong", then the source line and a caret:
 *               mappings/x/y.yml:8:11: unknown step 'daet'
 *                 8 |     via: daet 'dd/MM/yyyy'
 *                   |          ^^^^
 * A key given twice, aliases, anchors and tags are refused.
 * Limits    YAML_BYTES_MAX a file, YAML_DEPTH_MAX levels, YAML_NODES_MAX nodes.
 */
#ifndef HMS_CORE_YAML_H
#define HMS_CORE_YAML_H

#include "core/error.h"
#include "core/text.h"

enum { YAML_BYTES_MAX = 4 << 20, YAML_DEPTH_MAX = 32, YAML_NODES_MAX = 200000 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    const char *key;  /* of a map's member, else NULL */
    const char *text; /* scalar; NUL-terminated; "" otherwise.  A plain empty value is "" */
    bool quoted;      /* the scalar was quoted, so "null" is a word */
    int line;         /* from 1 */
    int col;          /* from 1 */
    int width;        /* of the scalar on its line, for the caret */
    int key_line, key_col;
    const struct yaml_node *child; /* first member of a list or map */
    const struct yaml_node *next;
    size_t nchildren;
};

struct yaml;

struct yaml *yaml_load(const char *path, struct error *err); /* NULL on error */
struct yaml *yaml_parse(const char *name, struct text content, struct error *err);
/* For what others wrote and may hold data (a ConceptMap, tokens): messages name the place and do
 * not quote the line. */
struct yaml *yaml_parse_data(const char *name, struct text content, struct error *err);
const struct yaml_node *yaml_root(const struct yaml *yaml);
const char *yaml_path(const struct yaml *yaml);
void yaml_free(struct yaml *yaml);

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key); /* or NULL */
/* The scalar under `key`, or `otherwise` when it is not there. */
const char *yaml_get_text(const struct yaml_node *map, const char *key, const char *otherwise);
/* Always false: sets ERROR_CONFIG with place and caret.  `offset` moves the caret into the
 * scalar, `width` 0 takes the node's own. */
bool yaml_error(const struct yaml *yaml, const struct yaml_node *node, struct error *err,
                const char *format, ...) PRINTF_LIKE(4, 5);
bool yaml_error_at(const struct yaml *yaml, const struct yaml_node *node, int offset, int width,
                   struct error *err, const char *format, ...) PRINTF_LIKE(6, 7);
/* False and an error that names the first member that is not in `known` (NULL-terminated). */
bool yaml_only(const struct yaml *yaml, const struct yaml_node *map, const char *const *known,
               struct error *err) MUST_CHECK;

#endif
