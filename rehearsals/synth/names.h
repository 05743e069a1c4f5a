/*
 * names.h - given names, family names and places of the synthetic people.
 *
 * Source    ordinary names of each culture, put together at random; no real person is meant.
 * Letters   all but CULTURE_EAST keep to Windows-1252, so that every organisation can write
 *           them; Arabic names carry their Arabic spelling beside the Latin one.
 */
#ifndef HMS_REHEARSALS_SYNTH_NAMES_H
#define HMS_REHEARSALS_SYNTH_NAMES_H

#include <stddef.h>

enum culture {
    CULTURE_ENGLISH,
    CULTURE_KENYAN,
    CULTURE_GERMAN,
    CULTURE_ARABIC,
    CULTURE_IRISH,
    CULTURE_EAST,
    CULTURE_END,
};

struct name {
    const char *name;
    const char *other;  /* nickname, or another spelling; "" when there is none */
    const char *arabic; /* "" outside CULTURE_ARABIC */
};

struct place {
    const char *city;
    const char *region; /* county, state, district */
    const char *postcode;
};

struct name_table {
    const struct name *female;
    const struct name *male;
    const struct name *family;
    const char *const *streets;
    const struct place *places;
    const char *country; /* ISO 3166-1, two letters */
    const char *phone;   /* country code */
    size_t nfemale, nmale, nfamily, nstreets, nplaces;
};

const struct name_table *name_table_of(enum culture culture);

#endif
