/*
 * view.h - the columns of a raw batch as one map sees them: null marks applied, and under
 * `each` the member's columns under their alias.
 *
 * Shape     slots, one for each name the map uses; view_slot() finds or adds one while
 *           compiling, view_bind() resolves them against the columns a raw table has.
 * Missing   a column that the raw table does not have is an error, unless it is a member of
 *           `each` or `source.optional` names it: then its cells are ABSENT.
 */
#ifndef HMS_TRANSFORM_VIEW_H
#define HMS_TRANSFORM_VIEW_H

#include "mappings/map.h"

struct view_slot {
    const char *name;
    int column;  /* of the raw table; -1 for an alias or the ordinal */
    int alias;   /* index, or -1 */
    bool absent; /* optional, and this export does not have it */
    struct cell *cells;
};

struct view {
    const struct map *map;
    struct view_slot *slots;
    int nslots;
    int *member_columns; /* nmembers x nalias, raw column numbers */
    struct text *nulls;
    size_t nnulls;
    uint32_t rows_max;
};

void view_init(struct view *view, const struct map *map);
int view_slot(struct view *view, const char *name);
bool view_bind(struct view *view, const struct table_shape *shape, uint32_t rows_max,
               struct error *err) MUST_CHECK;
/* Fills every slot from the batch, for member number `member` of `each` (0 when not used). */
void view_fill(struct view *view, const struct batch *batch, int member);
/* Whether all alias cells of that row are blank: a member that is not there. */
bool view_member_is_blank(const struct view *view, uint32_t row);
void view_release(struct view *view);

#endif
