/*
 * code_map.h - local codes to standard codes, as stewards keep them in a TSV file.
 *
 * Source    an SSSOM table (transform/sssom.h), which also says what an approved row is.
 * Errors    ERROR_CONFIG "file:line: what is wrong".
 * Memory    the file, and about 120 bytes a row; SSSOM_BYTES_MAX, CODE_MAP_ROWS_MAX.
 */
#ifndef HMS_TRANSFORM_CODE_MAP_H
#define HMS_TRANSFORM_CODE_MAP_H

#include "core/strmap.h"
#include "transform/sssom.h"

enum { CODE_MAP_ROWS_MAX = 500000 };

enum code_map_state {
    CODE_MAP_UNKNOWN,  /* no row */
    CODE_MAP_NONE,     /* a row that says there is no such code */
    CODE_MAP_PROPOSED, /* a row that nobody but its author looked at */
    CODE_MAP_APPROVED
};

struct code_map {
    struct sssom file;
    struct strmap approved; /* subject_id to the column taken; empty text: there is none */
    struct strmap proposed;
};

/* `column` is what code_map_find() gives, usually "object_id". */
bool code_map_load(struct code_map *map, const char *path, const char *column,
                   struct error *err) MUST_CHECK;
void code_map_release(struct code_map *map);
/* `*target` is empty for CODE_MAP_UNKNOWN and CODE_MAP_NONE. */
enum code_map_state code_map_find(const struct code_map *map, struct text subject,
                                  struct text *target);

#endif
