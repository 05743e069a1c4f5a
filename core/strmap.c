#include "core/strmap.h"

#include "core/ident.h"

enum { STRMAP_FIRST = 64 };

void strmap_init(struct strmap *map, size_t max)
{
    *map = (struct strmap){.max = max};
}

void strmap_release(struct strmap *map)
{
    free(map->slots);
    arena_release(&map->arena);
    *map = (struct strmap){.max = map->max};
}

/* The slot that holds `key` or would hold it; there is always a free one. */
static struct strmap_entry **strmap_slot(const struct strmap *map, struct text key)
{
    size_t mask = map->nslots - 1;
    size_t i = (size_t)checksum_of(key.at, key.len) & mask;

    while (map->slots[i] != NULL && !text_equal(map->slots[i]->key, key)) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

struct strmap_entry *strmap_find(const struct strmap *map, struct text key)
{
    return map->nslots == 0 ? NULL : *strmap_slot(map, key);
}

static void strmap_grow(struct strmap *map)
{
    struct strmap_entry **old = map->slots;
    size_t nold = map->nslots;

    map->nslots = nold == 0 ? STRMAP_FIRST : nold * 2;
    map->slots = xcalloc(map->nslots, sizeof(struct strmap_entry *));
    for (size_t i = 0; i < nold; i++) {
        if (old[i] != NULL) {
            *strmap_slot(map, old[i]->key) = old[i];
        }
    }
    free(old);
}

struct strmap_entry *strmap_put(struct strmap *map, struct text key)
{
    struct strmap_entry **slot;

    if (map->count * 2 >= map->nslots) {
        strmap_grow(map);
    }
    slot = strmap_slot(map, key);
    if (*slot == NULL) {
        if (map->count >= map->max) {
            return NULL;
        }
        *slot = arena_alloc(&map->arena, sizeof(**slot));
        **slot = (struct strmap_entry){.key = arena_copy(&map->arena, key)};
        map->count++;
    }
    return *slot;
}

void strmap_each(const struct strmap *map,
                 void (*visit)(struct strmap_entry *entry, void *context), void *context)
{
    for (size_t i = 0; i < map->nslots; i++) {
        if (map->slots[i] != NULL) {
            visit(map->slots[i], context);
        }
    }
}
