/*
 * shared_values.h - values that stand for none because many strangers have them: the number
 * 999-99-9999, the ward's phone, the clinic's e-mail, the address of a home for 300 people, the
 * birth date that a form fills in.
 *
 * Rule      a value of a kind that belongs to one person or home, held by more records than a
 *           family has, when the holders' names and birth dates are unlike: none is that of half
 *           of them.  One person with thousands of records has one name, so nothing is taken.
 * Birth     many share a birthday; a date is one of those only when ten times as many have it as
 * dates     the days around it, and as the same day of the years around it: neither a ward of
 *           newborn nor a country that writes 1 January for "year only" is a form's default.
 * Effect    these cells become missing; the values are kept in dict->strangers, so that records
 *           that come later lose them, too.
 */
#ifndef HMS_TRANSFORM_DEDUP_SHARED_VALUES_H
#define HMS_TRANSFORM_DEDUP_SHARED_VALUES_H

#include "transform/dedup/people.h"

/* Before anything is made of the rows but their order and facts. */
void shared_values_drop(struct people *people);
bool value_is_of_strangers(const struct people_dict *dict, uint32_t value);

#endif
