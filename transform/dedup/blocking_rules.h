/*
 * blocking_rules.h - the default rules of a model, by the kinds of its fields.
 */
#ifndef HMS_TRANSFORM_DEDUP_BLOCKING_RULES_H
#define HMS_TRANSFORM_DEDUP_BLOCKING_RULES_H

#include "transform/dedup/blocking.h"

void blocking_rules_make(struct blocking *blocking, const struct people_model *model);

#endif
