/*
 * people_builder.h - a table of people from records that come one by one, or from CSV files.
 *
 * Use       new, add each record, end.  people_read() does it for files.
 * Cells     of people_model_columns(): the columns of the first field, those of the second, ...;
 *           an empty cell is missing.  Cells and ids are copied.
 * Memory    people_memory() says what the table takes.
 * Errors    ERROR_SOURCE: a record without an id, or with one that another has (said at the
 *           end); ERROR_LIMIT: more than PEOPLE_MAX records, or DICT_TEXT_MAX bytes of one field.
 * Threads   one adds; `jobs` of them make forms and number values.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_BUILDER_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_BUILDER_H

#include "transform/dedup/people.h"

struct people_builder;

struct people_builder *people_builder_new(const struct people_model *model, int jobs);
bool people_builder_add(struct people_builder *builder, struct text id,
                        const struct text *cells, struct error *err) MUST_CHECK;
/* Frees the builder in any case. */
bool people_builder_end(struct people_builder *builder, struct people *people,
                        struct error *err) MUST_CHECK;
/* Without an end, after an error. */
void people_builder_free(struct people_builder *builder);

#endif
