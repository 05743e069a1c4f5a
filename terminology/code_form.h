/*
 * code_form.h - how codes of a system are written: the same X means three things.
 *
 * Dialects  contradict each other, so a pack declares its own and nothing is guessed:
 *             icd10cm   X is a character like any other: it holds the place up to the seventh
 *             icd10-uk  X in the fourth place says that there is no fourth character (M45X),
 *                       and a fifth may follow it (M45X0)
 *             icd10     the WHO's: no X at all; dagger and asterisk may follow a code
 *             icd10-gm  the WHO's, and '!' (only beside another code), letters for certainty and
 *                       side behind a code, '-' for characters that are still missing
 *             ndc       see terminology/code_ndc.h
 * Normal    form: what a pack stores.  ICD without dots and in capitals, ATC in capitals, NDC in
 *           11 digits, all others as they are.  Leading and trailing zeros are never touched.
 * Sources   ICD-10-CM: the CMS edits for diagnosis codes; ICD-10-PCS: its reference manual;
 *           ICD-10-GM: BfArM, section 295 SGB V; LOINC: Users' Guide, check digits; ATC: WHOCC
 *           guidelines, structure of the system.
 */
#ifndef HMS_TERMINOLOGY_CODE_FORM_H
#define HMS_TERMINOLOGY_CODE_FORM_H

#include "core/text.h"

/* constant, name in packs and options */
#define CODE_DIALECT_LIST(X)                                                                   \
    X(CODE_PLAIN, "plain")                                                                     \
    X(CODE_ICD10CM, "icd10cm")                                                                 \
    X(CODE_ICD10, "icd10")                                                                     \
    X(CODE_ICD10_UK, "icd10-uk")                                                               \
    X(CODE_ICD10_GM, "icd10-gm")                                                               \
    X(CODE_ICD9CM, "icd9cm")                                                                   \
    X(CODE_ICD9CM_PROCEDURE, "icd9cm-procedure")                                               \
    X(CODE_ICD10PCS, "icd10pcs")                                                               \
    X(CODE_LOINC, "loinc")                                                                     \
    X(CODE_ATC, "atc")                                                                         \
    X(CODE_UCUM, "ucum")                                                                       \
    X(CODE_RXNORM, "rxnorm")                                                                   \
    X(CODE_NDC, "ndc")

enum code_dialect {
#define X(dialect, name) dialect,
    CODE_DIALECT_LIST(X)
#undef X
};

enum { CODE_FORM_MAX = 64 };

bool code_dialect_of(struct text name, enum code_dialect *out);
const char *code_dialect_name(enum code_dialect dialect);

/* The normal form in `out`; an empty text when this is not the shape of such a code. */
struct text code_normal(enum code_dialect dialect, struct text code, char out[CODE_FORM_MAX]);
/* As people write it: ICD with its dot.  `out` takes CODE_FORM_MAX bytes and is terminated. */
struct text code_dotted(enum code_dialect dialect, struct text code, char out[CODE_FORM_MAX]);

/* What German law lets follow a code: certainty V suspected, G certain, A excluded, Z state
 * after; side R, L, B both; in either order, with or without a blank.  'code' loses them; a
 * letter that is not there is '\0'. */
struct code_suffix {
    char certainty;
    char side;
    bool is_placeholder; /* '-' : further characters are missing */
};
struct code_suffix code_take_suffix(enum code_dialect dialect, struct text *code);

#endif
