/*
 * review_screen.h - reviewing at a terminal: one key a decision.
 *
 * Keys      s same, d different, u unsure (asks for a note), z take the last decision back,
 *           r uncover a field, w weights, n put back, q quit.
 * Lease     every key that does not decide renews it.  A task whose lease ran out is shown again,
 *           or another one when somebody took it.  Quitting keeps the lease, so that who comes
 *           back finds the task.
 * Terminal  without echo and line editing while it runs; put back as it was at the end.
 */
#ifndef HMS_CLI_REVIEW_SCREEN_H
#define HMS_CLI_REVIEW_SCREEN_H

#include "transform/people/review.h"

bool review_screen_run(const struct review *review, bool weights, struct error *err) MUST_CHECK;

#endif
