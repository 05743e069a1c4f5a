/*
 * suggest_entries.h - a local catalogue from a table with a header: entries to be mapped, or decisions to
 * learn from.
 *
 * Tables    CSV, also with semicolons or bars, TSV, and SSSOM TSV (its '#' lines are passed over); the
 *           delimiter is the one that the header has most of.
 * Columns   by name, without regard to case; the first of these that is there:
 *             local_code  code  source_code  subject_id  test_code  item_code
 *             local_name  name  source_name  subject_label  test_name  description  drug
 *             unit  units  uom
 *             specimen  system  sample  route  form
 *             context  section  panel  class  category  department
 *             frequency  count  rows  n
 *             p05  p50  p95  values
 *             target_code  approved_code  standard_code  object_id  loinc  atc  rxnorm  icd10  icd10cm
 *           A code of SSSOM loses its prefix ("LOINC:2345-7"); sssom:NoTermFound is an empty one.
 * Errors    ERROR_SOURCE: no header, no column of names, a quote that is not closed; ERROR_LIMIT: more
 *           than SUGGEST_DECISIONS_MAX rows.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_SUGGEST_ENTRIES_H
#define HMS_TERMINOLOGY_SUGGEST_SUGGEST_ENTRIES_H

#include "core/arena.h"
#include "terminology/suggest/suggest.h"

struct suggest_entries {
    struct suggest_decision *at;
    size_t count;
    bool has_codes; /* there is a column of target codes */
    struct arena arena;
};

bool suggest_entries_read(struct suggest_entries *catalogue, struct text content,
                          struct error *err) MUST_CHECK;
void suggest_entries_release(struct suggest_entries *catalogue);

#endif
