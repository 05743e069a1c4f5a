/*
 * store_model.h - the model of people for the canonical store: mappings/people.yml, inside the
 * program, or a file of the site's own.
 */
#ifndef HMS_TRANSFORM_PEOPLE_STORE_MODEL_H
#define HMS_TRANSFORM_PEOPLE_STORE_MODEL_H

#include "transform/dedup/people_model.h"

extern const char store_model_text[]; /* mappings/people.yml */

enum { MODEL_CHECKSUM_SIZE = 17 };

/* `path` NULL takes the one inside the program.  The checksum is of the fields and bands, not of
 * comments. */
bool store_model_load(struct people_model *model, const char *path,
                      char checksum[MODEL_CHECKSUM_SIZE], struct error *err) MUST_CHECK;

#endif
