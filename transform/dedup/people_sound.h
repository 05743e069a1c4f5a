/*
 * people_sound.h - numbers of sounds: names that sound alike have the same.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_SOUND_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_SOUND_H

#include "transform/dedup/people.h"

/* Fills in the sounds of the values of a field from number `from` on. */
void people_number_sounds(struct people *people, int field, uint32_t from);
void sound_table_release(struct sound_table *table);

#endif
