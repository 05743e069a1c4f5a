/*
 * strmap.h - a hash from text to pointer or number, filled once and read often.
 *
 * Shape     open addressing, XXH3-64, keys copied into the map's own arena.
 * Ownership keys are the map's; values are the caller's.
 * Limits    `max` entries, given at init; strmap_put() returns NULL beyond it.
 */
#ifndef HMS_CORE_STRMAP_H
#define HMS_CORE_STRMAP_H

#include "core/arena.h"

struct strmap_entry {
    struct text key;
    union {
        void *pointer;
        uint64_t number;
        struct text text;
    };
};

struct strmap {
    struct strmap_entry **slots;
    size_t nslots;
    size_t count;
    size_t max;
    struct arena arena;
};

void strmap_init(struct strmap *map, size_t max);
void strmap_release(struct strmap *map);
struct strmap_entry *strmap_find(const struct strmap *map,
                                 struct text key); /* NULL: not there */
/* The entry of that key, made (value zeroed) when it was not there; NULL when the map is full.
 */
struct strmap_entry *strmap_put(struct strmap *map, struct text key);
/* Calls each entry, in no promised order. */
void strmap_each(const struct strmap *map,
                 void (*visit)(struct strmap_entry *entry, void *context), void *context);

#endif
