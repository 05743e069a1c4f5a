/*
 * code_review_show.h - one item of a review, shown; and one decision, made and answered.
 */
#ifndef HMS_CLI_CODE_REVIEW_SHOW_H
#define HMS_CLI_CODE_REVIEW_SHOW_H

#include "transform/codes/code_review.h"

/* On standard output: for people, or as one record with --json. */
void code_show_review(const struct code_review *review);
/* Decides, with the code's name from the suggestions or the pack in force; a code that this pack
 * does not have is refused.  Says what became of the item, and how far its list is when
 * `is_last`. */
bool code_decide(struct pg *pg, const struct code_verdict *said, bool is_last,
                 struct error *err) MUST_CHECK;
/* Until nothing is left or 'q' is pressed; keys come from standard input, a terminal or not. */
bool code_review_by_keys(struct pg *pg, const struct code_filter *filter,
                         struct error *err) MUST_CHECK;

#endif
