#include "cli/reject_places.h"

#include "transform/key_place.h"

enum { MAP = 2, FILE_NAME = 7, KEY = 11 };

struct reject_places {
    struct map_set maps;
    struct key_places keys;
};

static bool has_no_place(const PGresult *rows, int row)
{
    return PQgetvalue(rows, row, FILE_NAME)[0] == '\0' && !PQgetisnull(rows, row, KEY);
}

static struct text key_of(const PGresult *rows, int row)
{
    return (struct text){PQgetvalue(rows, row, KEY), (size_t)PQgetlength(rows, row, KEY)};
}

static bool want_row(const PGresult *rows, int row, void *context, struct error *err)
{
    struct reject_places *places = context;

    return !has_no_place(rows, row) ||
           key_places_want(&places->keys, PQgetvalue(rows, row, MAP), key_of(rows, row), err);
}

struct reject_places *reject_places_open(struct pg *pg, const struct reject_filter *filter,
                                         const char *raw_folder, const char *maps_folder,
                                         struct error *err)
{
    struct reject_places *places = xcalloc(1, sizeof(*places));

    key_places_init(&places->keys, &places->maps);
    if (!map_set_load(&places->maps, maps_folder, err) ||
        !reject_each(pg, filter, true, want_row, places, err) ||
        !key_places_find(&places->keys, raw_folder, err)) {
        reject_places_free(places);
        return NULL;
    }
    return places;
}

void reject_places_free(struct reject_places *places)
{
    if (places != NULL) {
        key_places_release(&places->keys);
        map_set_release(&places->maps);
        free(places);
    }
}

void reject_places_write(const struct reject_places *places, const PGresult *rows, int row,
                         struct json_out *out)
{
    struct key_place at[PLACES_PER_KEY];
    uint64_t count;

    if (!has_no_place(rows, row)) {
        return;
    }
    count = key_places_at(&places->keys, PQgetvalue(rows, row, MAP), key_of(rows, row), at);
    json_out_member_uint(out, "rows_of_key", count);
    json_out_key(out, "places");
    json_out_array(out);
    for (uint64_t i = 0; i < count && i < PLACES_PER_KEY; i++) {
        json_out_object(out);
        json_out_member(out, "file", at[i].file);
        json_out_member_uint(out, "line", at[i].line);
        json_out_member_uint(out, "offset", at[i].offset);
        json_out_member_uint(out, "length", at[i].length);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}
