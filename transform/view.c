#include "transform/view.h"

#include <assert.h>

static const char *const default_nulls[] = {"", NULL};

void view_init(struct view *view, const struct map *map)
{
    const char *const *nulls = map->nulls == NULL ? default_nulls : map->nulls;

    *view = (struct view){.map = map};
    while (nulls[view->nnulls] != NULL) {
        view->nnulls++;
    }
    view->nulls = xcalloc(view->nnulls, sizeof(*view->nulls));
    for (size_t i = 0; i < view->nnulls; i++) {
        view->nulls[i] = text_of(nulls[i]);
    }
}

int view_slot(struct view *view, const char *name)
{
    struct view_slot *slot;

    for (int i = 0; i < view->nslots; i++) {
        if (strcmp(view->slots[i].name, name) == 0) {
            return i;
        }
    }
    view->slots = xrealloc(view->slots, ((size_t)view->nslots + 1) * sizeof(*view->slots));
    slot = &view->slots[view->nslots];
    *slot = (struct view_slot){.name = name, .column = -1, .alias = -1};
    for (int i = 0; i < view->map->each.nalias; i++) {
        if (strcmp(view->map->each.alias[i], name) == 0) {
            slot->alias = i;
        }
    }
    return view->nslots++;
}

static int column_of(const struct table_shape *shape, const char *name)
{
    for (uint32_t i = 0; i < shape->ncols; i++) {
        if (strcmp(shape->columns[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_ordinal(const struct view *view, const struct view_slot *slot)
{
    return view->map->each.nmembers > 0 && strcmp(slot->name, view->map->each.ordinal) == 0;
}

static void bind_members(struct view *view, const struct table_shape *shape)
{
    const struct map_each *each = &view->map->each;

    view->member_columns =
        xcalloc((size_t)each->nmembers * MAP_FROM_MAX, sizeof(*view->member_columns));
    for (int m = 0; m < each->nmembers; m++) {
        for (int i = 0; i < each->nalias; i++) {
            view->member_columns[m * MAP_FROM_MAX + i] = column_of(shape, each->members[m][i]);
        }
    }
}

bool view_bind(struct view *view, const struct table_shape *shape, uint32_t rows_max,
               struct error *err)
{
    view->rows_max = rows_max;
    for (int i = 0; i < view->nslots; i++) {
        struct view_slot *slot = &view->slots[i];
        slot->cells = xcalloc(rows_max, sizeof(*slot->cells));
        if (slot->alias >= 0 || is_ordinal(view, slot)) {
            continue;
        }
        slot->column = column_of(shape, slot->name);
        if (slot->column < 0 && map_is_optional(view->map, slot->name)) {
            slot->absent = true;
        } else if (slot->column < 0) {
            error_set(err, ERROR_CONFIG, "%s: the table %s has no column '%s'", view->map->path,
                      shape->table, slot->name);
            error_hint(err, "'hms map lint' with --raw shows every such place");
            return false;
        }
    }
    bind_members(view, shape);
    return true;
}

static bool is_null_mark(const struct view *view, struct cell cell)
{
    for (size_t i = 0; i < view->nnulls; i++) {
        if (cell.len == view->nulls[i].len &&
            memcmp(cell.at, view->nulls[i].at, cell.len) == 0) {
            return true;
        }
    }
    return false;
}

static struct cell null_applied(const struct view *view, struct cell cell)
{
    return cell.state == CELL_TEXT && is_null_mark(view, cell) ? (struct cell){"", 0, CELL_NULL}
                                                               : cell;
}

static struct cell ordinal_cell(int member)
{
    static const char *const words[] = {
        "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11", "12", "13",
        "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26",
        "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
        "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52",
        "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64"};

    static_assert(sizeof(words) / sizeof(words[0]) == MAP_EACH_MAX, "a word for each member");
    return (struct cell){words[member], (uint32_t)strlen(words[member]), CELL_TEXT};
}

void view_turn(struct view *view, const struct batch *batch, int member)
{
    view->batch = batch;
    view->member = member;
    for (int i = 0; i < view->nslots; i++) {
        view->slots[i].is_filled = false;
        view->slots[i].is_searched = false;
    }
}

/* The cells of the raw table as they are; NULL when the slot is none of its columns, and all
 * rows have *other. */
static const struct cell *raw_cells(const struct view *view, const struct view_slot *slot,
                                    struct cell *other)
{
    int column = slot->alias < 0
                     ? slot->column
                     : view->member_columns[view->member * MAP_FROM_MAX + slot->alias];

    *other = slot->alias < 0 && !slot->absent ? ordinal_cell(view->member)
                                              : (struct cell){"", 0, CELL_ABSENT};
    return column < 0 ? NULL : batch_cell(view->batch, 0, (uint32_t)column);
}

const struct cell *view_fill(struct view *view, int number)
{
    struct view_slot *slot = &view->slots[number];
    struct cell other;
    const struct cell *raw = raw_cells(view, slot, &other);

    for (uint32_t row = 0; row < view->batch->nrows; row++) {
        slot->cells[row] = raw == NULL ? other : null_applied(view, raw[row]);
    }
    slot->is_filled = true;
    return slot->cells;
}

const struct distinct *view_distinct(struct view *view, int number, const char *const *gone)
{
    struct view_slot *slot = &view->slots[number];
    struct distinct *distinct = &slot->distinct;
    struct cell other;
    const struct cell *raw = raw_cells(view, slot, &other);

    if (distinct->at == NULL) {
        distinct_init(distinct, view->rows_max);
    }
    if (slot->is_searched) {
        return distinct;
    }
    if (raw == NULL) {
        raw = view_cells(view, number);
    }
    distinct_find(distinct, raw, gone, view->batch->nrows);
    for (uint32_t i = 0; i < distinct->count; i++) {
        distinct->cells[i] = null_applied(view, distinct->cells[i]);
    }
    slot->is_searched = true;
    return distinct;
}

bool view_member_is_blank(struct view *view, uint32_t row)
{
    for (int i = 0; i < view->nslots; i++) {
        struct cell cell;
        if (view->slots[i].alias < 0) {
            continue;
        }
        cell = view_cells(view, i)[row];
        if (cell.state == CELL_TEXT && !text_is_blank(cell_text(cell))) {
            return false;
        }
    }
    return true;
}

void view_release(struct view *view)
{
    for (int i = 0; i < view->nslots; i++) {
        free(view->slots[i].cells);
        distinct_release(&view->slots[i].distinct);
    }
    free(view->slots);
    free(view->member_columns);
    free(view->nulls);
    *view = (struct view){0};
}
