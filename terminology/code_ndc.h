/*
 * code_ndc.h - National Drug Codes: labeler, product, package, and the many ways to write them.
 *
 * Normal    a package is 11 digits, 5-4-2 without hyphens: the shorter part of 4-4-2, 5-3-2 and
 *           5-4-1 gets a zero in front.  Labelers of six digits (6-4-1, 6-3-2; 21 CFR 207.33)
 *           do not fit in there: their packages are 12 digits, 6-4-2.  A product has no package
 *           and keeps one hyphen: "00002-8215".
 * '*'       at the beginning of a part stands for the zero that it was filled up with.
 * Digits    without hyphens: 12 are 6-4-2, 0 first means a labeler of five; 11 are 5-4-2, but
 *           may be 6-4-1 or 6-3-2; 10 may be 4-4-2, 5-3-2 or 5-4-1.  Ten stay as they are:
 *           nobody can say which package is meant without a directory, and often not with one.
 * Refused   everything else, and zeros alone ("0" is what a system writes for "none").
 */
#ifndef HMS_TERMINOLOGY_CODE_NDC_H
#define HMS_TERMINOLOGY_CODE_NDC_H

#include "core/text.h"

enum { NDC_READINGS_MAX = 3, NDC_BYTES_MAX = 16 };

/* The normal form in `out`, NDC_BYTES_MAX of it at most; ten digits as they are; or empty. */
struct text ndc_normal(struct text code, char *out);
/* What digits without hyphens may mean, in normal form and NUL-terminated; how many: 3 for ten or
 * eleven digits, else 0.  Of eleven the first is the code itself. */
int ndc_readings(struct text digits, char out[NDC_READINGS_MAX][NDC_BYTES_MAX]);

#endif
