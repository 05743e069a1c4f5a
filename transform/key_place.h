/*
 * key_place.h - where rows of certain keys stand in the source.  What load finds (a key that came
 * twice, a parent that is missing) it knows by key alone: a tuple does not carry its place.
 *
 * Use       want() each key; find() reads the raw tables of the maps concerned once; each row of
 *           a wanted key is then at() by its number, in the order of the source.
 * Limits    KEY_PLACES_MAX keys (ERROR_LIMIT), PLACES_PER_KEY rows of one key are kept.
 * Errors    ERROR_CONFIG: a map that is not in the set; those of core/raw_file.h.
 */
#ifndef HMS_TRANSFORM_KEY_PLACE_H
#define HMS_TRANSFORM_KEY_PLACE_H

#include "core/strmap.h"
#include "mappings/map.h"

enum { KEY_PLACES_MAX = 200000, PLACES_PER_KEY = 8 };

struct key_place {
    const char *file;
    uint64_t line;
    uint64_t offset;
    uint32_t length;
};

struct key_places {
    const struct map_set *maps;
    struct strmap wanted; /* map, then 0x1F, then key */
    struct arena arena;
};

void key_places_init(struct key_places *places, const struct map_set *maps);
void key_places_release(struct key_places *places);
bool key_places_want(struct key_places *places, const char *map, struct text key,
                     struct error *err) MUST_CHECK;
bool key_places_find(struct key_places *places, const char *raw_folder,
                     struct error *err) MUST_CHECK;
/* How many rows of the key there are; those that were kept are in out[]. */
uint64_t key_places_at(const struct key_places *places, const char *map, struct text key,
                       struct key_place out[PLACES_PER_KEY]);

#endif
