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
#include "transform/distinct.h"

struct view_slot {
    const char *name;
    int column;  /* of the raw table; -1 for an alias or the ordinal */
    int alias;   /* index, or -1 */
    bool absent; /* optional, and this export does not have it */
    struct cell *cells;
    bool is_filled; /* cells, of the batch at hand */
    struct distinct distinct;
    bool is_searched; /* distinct, of the batch at hand */
};

struct view {
    const struct map *map;
    struct view_slot *slots;
    int nslots;
    int *member_columns; /* nmembers x nalias, raw column numbers */
    struct text *nulls;
    size_t nnulls;
    uint32_t rows_max;
    const struct batch *batch; /* at hand */
    int member;
};

void view_init(struct view *view, const struct map *map);
int view_slot(struct view *view, const char *name);
bool view_bind(struct view *view, const struct table_shape *shape, uint32_t rows_max,
               struct error *err) MUST_CHECK;
/* To a batch, and to member number `member` of `each` (0 when not used).  What is then asked
 * for lives until the next turn. */
void view_turn(struct view *view, const struct batch *batch, int member);
const struct cell *view_fill(struct view *view, int number); /* for view_cells() */
/* The cells of a slot, one a row. */
static inline const struct cell *view_cells(struct view *view, int number)
{
    const struct view_slot *slot = &view->slots[number];

    return slot->is_filled ? slot->cells : view_fill(view, number);
}
/* The different values of a slot among the rows that are not gone when it is first asked for. */
const struct distinct *view_distinct(struct view *view, int number, const char *const *gone);
/* Whether all alias cells of that row are blank: a member that is not there. */
bool view_member_is_blank(struct view *view, uint32_t row);
void view_release(struct view *view);

#endif
