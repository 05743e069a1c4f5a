/*
 * model_blocks.h - the `blocking` of a model: a list of rules, each a list of parts.
 *
 * Part      a field's name alone (the same value), or with "by sound", "by initial", "by year";
 *           "A and B in any order" of two names: by sound, also when they changed places.
 */
#ifndef HMS_TRANSFORM_DEDUP_MODEL_BLOCKS_H
#define HMS_TRANSFORM_DEDUP_MODEL_BLOCKS_H

#include "core/yaml.h"
#include "transform/dedup/people_model.h"

/* Nothing when the model has none; ERROR_CONFIG with line and caret. */
bool model_blocks_read(const struct yaml *yaml, struct people_model *model,
                       struct error *err) MUST_CHECK;

#endif
