/*
 * pack_label.h - what a pack says of itself beside its codes: release, days, licence; for
 * term_build.c only.
 *
 * Release   what the caller says, else what the file says, else the year in its name or in that of
 *           its archive.
 * Days      of ICD-10-CM and ICD-10-PCS: fiscal year Y is valid from Y-1-10-01 to before Y-10-01 (45
 *           CFR 162.1002); others are undated unless the caller says so.
 */
#ifndef HMS_TERMINOLOGY_PACK_LABEL_H
#define HMS_TERMINOLOGY_PACK_LABEL_H

#include "terminology/source.h"
#include "terminology/term_build.h"

/* Letters, digits and what else is allowed, less than 40 bytes, no '.' first. */
bool pack_is_word(const char *word, const char *else_allowed);
/* Completes facts->version. */
bool pack_release(const struct term_build *build, const struct source_file *file,
                  struct load_facts *facts, struct error *err) MUST_CHECK;
void pack_put_days(const struct term_build *build, const struct source_file *file,
                   const char *release, struct pack_builder *builder);
const char *pack_licence(enum load_kind kind);
/* A file's name without folders and archives. */
const char *pack_leaf(const char *name);

#endif
