/*
 * org_stmary.h - stmary has so many tables that it takes two files: org_stmary.c has people,
 * places and stock, org_stmary_care.c what happened.
 */
#ifndef HMS_REHEARSALS_SYNTH_ORG_STMARY_H
#define HMS_REHEARSALS_SYNTH_ORG_STMARY_H

#include "rehearsals/synth/scribe.h"

enum { STMARY_FIRST = 1 };

void stmary_write_allergy(struct scribe *scribe, const struct allergy *allergy);
void stmary_write_visit(struct scribe *scribe, const struct encounter *encounter);
void stmary_write_diagnosis(struct scribe *scribe, const struct diagnosis *diagnosis);
void stmary_write_order_headers(struct scribe *scribe, const struct patient *patient);
void stmary_write_order_lines(struct scribe *scribe, const struct patient *patient);
void stmary_write_result_headers(struct scribe *scribe, const struct patient *patient);
void stmary_write_result_line(struct scribe *scribe, const struct result *result);
void stmary_write_bill(struct scribe *scribe, const struct claim *claim);
void stmary_write_bill_line(struct scribe *scribe, const struct claim_line *line);

#endif
