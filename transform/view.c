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

static struct cell null_applied(const struct view *view, struct cell cell)
{
    if (cell.state == CELL_TEXT) {
        for (size_t i = 0; i < view->nnulls; i++) {
            if (text_equal(cell_text(cell), view->nulls[i])) {
                return (struct cell){"", 0, CELL_NULL};
            }
        }
    }
    return cell;
}

static void fill_ordinal(struct view_slot *slot, uint32_t nrows, int member)
{
    static const char *const words[] = {
        "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11", "12", "13",
        "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26",
        "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
        "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52",
        "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64"};
    struct cell cell = {words[member], (uint32_t)strlen(words[member]), CELL_TEXT};

    static_assert(sizeof(words) / sizeof(words[0]) == MAP_EACH_MAX, "a word for each member");
    for (uint32_t row = 0; row < nrows; row++) {
        slot->cells[row] = cell;
    }
}

void view_fill(struct view *view, const struct batch *batch, int member)
{
    for (int i = 0; i < view->nslots; i++) {
        struct view_slot *slot = &view->slots[i];
        int column = slot->alias < 0
                         ? slot->column
                         : view->member_columns[member * MAP_FROM_MAX + slot->alias];
        if (column < 0 && slot->alias < 0 && !slot->absent) {
            fill_ordinal(slot, batch->nrows, member);
            continue;
        }
        for (uint32_t row = 0; row < batch->nrows; row++) {
            slot->cells[row] =
                column < 0 ? (struct cell){"", 0, CELL_ABSENT}
                           : null_applied(view, *batch_cell(batch, row, (uint32_t)column));
        }
    }
}

bool view_member_is_blank(const struct view *view, uint32_t row)
{
    for (int i = 0; i < view->nslots; i++) {
        const struct view_slot *slot = &view->slots[i];
        if (slot->alias >= 0 && slot->cells[row].state == CELL_TEXT &&
            !text_is_blank(cell_text(slot->cells[row]))) {
            return false;
        }
    }
    return true;
}

void view_release(struct view *view)
{
    for (int i = 0; i < view->nslots; i++) {
        free(view->slots[i].cells);
    }
    free(view->slots);
    free(view->member_columns);
    free(view->nulls);
    *view = (struct view){0};
}
