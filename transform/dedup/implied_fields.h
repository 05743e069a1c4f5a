/*
 * implied_fields.h - places that go with a postcode, states that go with a place.
 *
 * Rule      a postcode or place implies another when of any two records that agree on the first
 *           nearly all agree on the second, too: then the second says nothing that the first has
 *           not said, and counting both would make neighbours out to be one person.
 */
#ifndef HMS_TRANSFORM_DEDUP_IMPLIED_FIELDS_H
#define HMS_TRANSFORM_DEDUP_IMPLIED_FIELDS_H

#include "transform/dedup/people.h"

/* Sets people->implied_by. */
void implied_fields_find(struct people *people);

#endif
