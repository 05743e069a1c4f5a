/*
 * reject_places.h - places in the source for rows that load put aside: it knows them by key alone.
 *
 * Use       open collects the keys of all such rejects of the filter and looks for them in the raw
 *           folder; write adds what was found to a record.
 */
#ifndef HMS_CLI_REJECT_PLACES_H
#define HMS_CLI_REJECT_PLACES_H

#include "core/json_out.h"
#include "load/reject_list.h"

struct reject_places;

struct reject_places *reject_places_open(struct pg *pg, const struct reject_filter *filter,
                                         const char *raw_folder, const char *maps_folder,
                                         struct error *err); /* NULL on error */
void reject_places_free(struct reject_places *places);
/* "rows_of_key" and "places", for a row that has no place of its own. */
void reject_places_write(const struct reject_places *places, const PGresult *rows, int row,
                         struct json_out *out);

#endif
