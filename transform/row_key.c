#include "transform/row_key.h"

#include "core/ident.h"

void row_key_init(struct row_key *key, struct view *view)
{
    key->view = view;
    for (int i = 0; i < view->map->nkey; i++) {
        key->slots[i] = view_slot(view, view->map->key[i]);
    }
}

static struct text join_parts(const struct text *parts, int nparts, size_t total,
                              struct arena *arena)
{
    char *joined = arena_bytes(arena, total);
    char *at = joined;

    for (int i = 0; i < nparts; i++) {
        memcpy(at, parts[i].at, parts[i].len);
        at += parts[i].len;
        *at++ = IDENT_KEY_PART; /* the last one is not counted */
    }
    return (struct text){joined, total - 1};
}

const char *row_key_make(const struct row_key *key, uint32_t row, struct arena *arena,
                         struct text *out)
{
    const struct map *map = key->view->map;
    struct text parts[MAP_KEY_MAX + 1];
    int nparts = map->nkey;
    size_t total = 0;
    bool blank = true;

    for (int i = 0; i < map->nkey; i++) {
        parts[i] = text_trim(cell_text(view_cells(key->view, key->slots[i])[row]));
        if (text_has_control(parts[i])) {
            return "key.control";
        }
        blank = blank && parts[i].len == 0;
        total += parts[i].len + 1;
    }
    if (blank) {
        return "key.missing";
    }
    if (map->part != NULL) {
        parts[nparts] = text_of(map->part);
        total += parts[nparts++].len + 1;
    }
    *out = nparts == 1 ? parts[0] : join_parts(parts, nparts, total, arena);
    return NULL;
}
