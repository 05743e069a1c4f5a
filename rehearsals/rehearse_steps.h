/*
 * rehearse_steps.h - runs the steps of a plan, several at a time, and times them.
 */
#ifndef HMS_REHEARSALS_REHEARSE_STEPS_H
#define HMS_REHEARSALS_REHEARSE_STEPS_H

#include "rehearsals/rehearse.h"

/* `changed` is called with a step's index after each change of its state. */
bool rehearse_steps(struct rehearsal *rehearsal, const struct rehearse_options *options,
                    bool (*changed)(int index, void *context, struct error *err), void *context,
                    struct error *err) MUST_CHECK;

#endif
