/*
 * people_dict.h - the distinct values of one field.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_DICT_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_DICT_H

#include "transform/dedup/people.h"

void people_dict_init(struct people_dict *dict);
void people_dict_release(struct people_dict *dict);
/* The number of a form, made when it is new; counts one record more. */
uint32_t people_dict_put(struct people_dict *dict, enum people_kind kind, struct text form);

#endif
