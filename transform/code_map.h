/*
 * code_map.h - local codes to standard codes, as a steward keeps them in a TSV file.
 *
 * Source    columns of SSSOM (mapping-commons.github.io/sssom): subject_id, predicate_id,
 *           object_id and mapping_justification are wanted, other SSSOM columns may be there.
 *           Lines in front of the header that start with '#' are SSSOM metadata.  Ids are plain
 *           codes; their systems stand in subject_source and object_source.
 * Rules     tab-separated, no quoting, UTF-8; sorted by subject_id, bytewise, each once, so
 * that a change is one line of a diff.  An object_id that is blank or sssom:NoTermFound says
 *           that somebody looked and there is none.
 * Errors    ERROR_CONFIG "file:line: what is wrong".
 * Memory    the file, and about 120 bytes a row; CODE_MAP_BYTES_MAX, CODE_MAP_ROWS_MAX.
 */
#ifndef HMS_TRANSFORM_CODE_MAP_H
#define HMS_TRANSFORM_CODE_MAP_H

#include "core/error.h"
#include "core/strbuf.h"
#include "core/strmap.h"

enum { CODE_MAP_BYTES_MAX = 64 << 20, CODE_MAP_ROWS_MAX = 500000, CODE_MAP_COLUMNS_MAX = 32 };

struct code_map {
    struct strbuf file;
    struct strmap rows; /* subject_id to the column taken */
};

/* `column` is what code_map_find() gives, usually "object_id". */
bool code_map_load(struct code_map *map, const char *path, const char *column,
                   struct error *err) MUST_CHECK;
void code_map_release(struct code_map *map);
/* Empty: no row, or a row that says there is no such code. */
struct text code_map_find(const struct code_map *map, struct text subject);

#endif
