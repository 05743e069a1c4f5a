#include "transform/code_map.h"

static bool put_row(struct code_map *map, const struct sssom_row *row, int column,
                    struct error *err)
{
    struct strmap *rows = sssom_is_approved(row) ? &map->approved : &map->proposed;
    struct strmap_entry *entry = strmap_put(rows, row->at[SSSOM_subject_id]);

    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "%s: more than %d rows", map->file.path,
                         CODE_MAP_ROWS_MAX);
    }
    entry->text = sssom_has_object(row) ? row->at[column] : (struct text){"", 0};
    return true;
}

static bool read_rows(struct code_map *map, int column, struct error *err)
{
    struct sssom_row row;
    enum sssom_next next;

    while ((next = sssom_next(&map->file, &row, err)) == SSSOM_ROW &&
           put_row(map, &row, column, err)) {
    }
    return next == SSSOM_END;
}

bool code_map_load(struct code_map *map, const char *path, const char *column,
                   struct error *err)
{
    int taken = sssom_column(column);

    *map = (struct code_map){0};
    strmap_init(&map->approved, CODE_MAP_ROWS_MAX);
    strmap_init(&map->proposed, CODE_MAP_ROWS_MAX);
    if (sssom_open(&map->file, path, err)) {
        if (taken < 0 || map->file.places[taken] < 0) {
            error_set(err, ERROR_CONFIG, "%s:%d: no column '%s'", path, map->file.line, column);
        } else if (read_rows(map, taken, err)) {
            return true;
        }
    }
    code_map_release(map);
    return false;
}

void code_map_release(struct code_map *map)
{
    sssom_release(&map->file);
    strmap_release(&map->approved);
    strmap_release(&map->proposed);
}

enum code_map_state code_map_find(const struct code_map *map, struct text subject,
                                  struct text *target)
{
    const struct strmap_entry *entry = strmap_find(&map->approved, subject);
    bool is_approved = entry != NULL;

    if (entry == NULL) {
        entry = strmap_find(&map->proposed, subject);
    }
    *target = entry == NULL ? (struct text){"", 0} : entry->text;
    if (target->len == 0) {
        return entry == NULL ? CODE_MAP_UNKNOWN : CODE_MAP_NONE;
    }
    return is_approved ? CODE_MAP_APPROVED : CODE_MAP_PROPOSED;
}
