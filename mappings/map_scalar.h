/*
 * map_scalar.h - one text of a map written as YAML: plain where that is safe, else quoted; long
 * ones folded.  For map_fmt.c only.
 *
 * Rule      what its author quoted stays quoted ("01" is a text); single quotes when the text
 *           holds a double quote or a backslash, else double ones.
 */
#ifndef HMS_MAPPINGS_MAP_SCALAR_H
#define HMS_MAPPINGS_MAP_SCALAR_H

#include "core/strbuf.h"
#include "core/yaml.h"

/* False: the text has several lines and goes into a block. */
bool map_scalar_inline(struct strbuf *out, const struct yaml_node *node, bool in_flow);
void map_scalar_key(struct strbuf *out, const char *key, bool in_flow);
/* why, via, when, by: prose that may be broken at its spaces. */
bool map_scalar_can_fold(const struct yaml_node *node);
/* ">-" or "|-" */
const char *map_scalar_block_mark(const struct yaml_node *node);
/* The lines under the mark. */
void map_scalar_block(struct strbuf *out, const struct yaml_node *node, int indent, int width);

#endif
