/*
 * load.h - the loaders: each reads the content of one official file into a pack_builder.
 *
 * Kinds     a file is known by what is in it, never by its name or folder: distributions move
 *           their files with every release.
 * Encoding  UTF-8 with or without a byte order mark; Windows-1252, which has all that Latin-1 has,
 *           where a file is not UTF-8 (load_utf8).
 * Errors    ERROR_SOURCE with the line and what is wrong there.  Codes may be named in messages:
 *           they are published, not a patient's.
 */
#ifndef HMS_TERMINOLOGY_LOAD_H
#define HMS_TERMINOLOGY_LOAD_H

#include "terminology/pack_builder.h"

/* kind, pack's name, kind whose pack it goes into, dialect, what it is */
#define LOAD_KIND_LIST(X)                                                                      \
    X(LOAD_ICD10CM, "icd10cm", LOAD_ICD10CM, CODE_ICD10CM, "ICD-10-CM order file")             \
    X(LOAD_ICD10CM_TABULAR, "icd10cm", LOAD_ICD10CM, CODE_ICD10CM, "ICD-10-CM tabular list")   \
    X(LOAD_ICD10PCS, "icd10pcs", LOAD_ICD10PCS, CODE_ICD10PCS, "ICD-10-PCS order file")        \
    X(LOAD_ICD9CM, "icd9cm", LOAD_ICD9CM, CODE_ICD9CM, "ICD-9-CM diagnosis titles")            \
    X(LOAD_ICD9CM_PROCEDURE, "icd9cm-procedure", LOAD_ICD9CM_PROCEDURE, CODE_ICD9CM_PROCEDURE, \
      "ICD-9-CM procedure titles")                                                             \
    X(LOAD_LOINC, "loinc", LOAD_LOINC, CODE_LOINC, "LOINC table")                              \
    X(LOAD_LOINC_MAP_TO, NULL, LOAD_LOINC, CODE_LOINC, "LOINC MapTo")                          \
    X(LOAD_GEM_9_10, "gem-icd9cm-icd10cm", LOAD_GEM_9_10, CODE_ICD9CM,                         \
      "GEM from ICD-9-CM to ICD-10-CM")                                                        \
    X(LOAD_GEM_10_9, "gem-icd10cm-icd9cm", LOAD_GEM_10_9, CODE_ICD10CM,                        \
      "GEM from ICD-10-CM to ICD-9-CM")                                                        \
    X(LOAD_GEM_9_PCS, "gem-icd9cm-icd10pcs", LOAD_GEM_9_PCS, CODE_ICD9CM_PROCEDURE,            \
      "GEM from ICD-9-CM to ICD-10-PCS")                                                       \
    X(LOAD_GEM_PCS_9, "gem-icd10pcs-icd9cm", LOAD_GEM_PCS_9, CODE_ICD10PCS,                    \
      "GEM from ICD-10-PCS to ICD-9-CM")                                                       \
    X(LOAD_UCUM, "ucum", LOAD_UCUM, CODE_UCUM, "UCUM essence")                                 \
    X(LOAD_CLAML, "icd10", LOAD_CLAML, CODE_ICD10, "ClaML classification")                     \
    X(LOAD_ATC, "atc", LOAD_ATC, CODE_ATC, "ATC with DDD")                                     \
    X(LOAD_ATC_ALTERATIONS, NULL, LOAD_ATC, CODE_ATC, "ATC alterations")                       \
    X(LOAD_RXNORM, "rxnorm", LOAD_RXNORM, CODE_RXNORM, "RxNorm RXNCONSO")                      \
    X(LOAD_RXNORM_RELATIONS, NULL, LOAD_RXNORM, CODE_RXNORM, "RxNorm RXNREL")                  \
    X(LOAD_RXNORM_ATTRIBUTES, NULL, LOAD_RXNORM, CODE_RXNORM, "RxNorm RXNSAT")                 \
    X(LOAD_RXNORM_ARCHIVE, NULL, LOAD_RXNORM, CODE_RXNORM, "RxNorm RXNATOMARCHIVE")            \
    X(LOAD_NDC, "ndc", LOAD_NDC, CODE_NDC, "NDC packages")                                     \
    X(LOAD_NDC_PRODUCTS, NULL, LOAD_NDC, CODE_NDC, "NDC products")                             \
    X(LOAD_ATHENA, "athena", LOAD_ATHENA, CODE_PLAIN, "Athena CONCEPT")                        \
    X(LOAD_ATHENA_RELATIONS, NULL, LOAD_ATHENA, CODE_PLAIN, "Athena CONCEPT_RELATIONSHIP")     \
    X(LOAD_ATHENA_ANCESTORS, NULL, LOAD_ATHENA, CODE_PLAIN, "Athena CONCEPT_ANCESTOR")         \
    X(LOAD_ATHENA_SYNONYMS, NULL, LOAD_ATHENA, CODE_PLAIN, "Athena CONCEPT_SYNONYM")           \
    X(LOAD_ATHENA_VOCABULARIES, NULL, LOAD_ATHENA, CODE_PLAIN, "Athena VOCABULARY")            \
    X(LOAD_ATHENA_STRENGTH, NULL, LOAD_ATHENA, CODE_PLAIN, "Athena DRUG_STRENGTH")             \
    X(LOAD_UNKNOWN, NULL, LOAD_UNKNOWN, CODE_PLAIN, "nothing that is known")

enum load_kind {
#define X(kind, name, main, dialect, what) kind,
    LOAD_KIND_LIST(X)
#undef X
};

const char *load_name(enum load_kind kind); /* NULL: makes no pack alone */
enum load_kind load_main(enum load_kind kind);
const char *load_what(enum load_kind kind);
enum code_dialect load_dialect(enum load_kind kind);
/* Of the beginning of a file: whole lines of it, or all of it. */
enum load_kind load_kind_of(struct text begin);

/* The files of a distribution, empty where there is none. */
struct load_set {
    struct text content[LOAD_UNKNOWN];
};

/* What a loader learnt about the release. */
struct load_facts {
    char version[64];          /* "" when no file says it */
    char title[128];           /* "" */
    char name[40];             /* "": load_name() */
    char word[256];            /* what the user should know, or "" */
    enum code_dialect dialect; /* of load_content(): load_dialect() or a nearer one */
};

/* Adds the set's file of that kind to the builder, with those that go into its pack.  Not for
 * LOAD_ATHENA, which makes several packs (load_athena.h). */
bool load_content(enum load_kind kind, const struct load_set *files,
                  struct pack_builder *builder, struct load_facts *facts,
                  struct error *err) MUST_CHECK;

/* UTF-8 of a content in Windows-1252, in `arena`; UTF-8 stays where it is. */
struct text load_utf8(struct text content, struct arena *arena);
struct text load_without_bom(struct text content);
/* The next line without its end; false: there is none. */
bool load_line(struct text *rest, struct text *line);

/* Of ICD-10-CM the order file, the tabular list or both: load_tabular.c. */
bool load_icd10cm(const struct load_set *set, struct pack_builder *builder,
                  struct load_facts *facts, struct error *err);
bool load_icd10pcs(struct text content, struct pack_builder *builder, struct error *err);
bool load_icd9cm(struct text content, int width, struct pack_builder *builder,
                 struct error *err);
bool load_gem(struct text content, struct pack_builder *builder, struct error *err);
bool load_rxnorm(const struct load_set *set, struct pack_builder *builder,
                 struct load_facts *facts, struct error *err);
bool load_ndc(const struct load_set *set, struct pack_builder *builder,
              struct load_facts *facts, struct error *err);
bool load_loinc(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err);
bool load_loinc_map_to(struct text content, struct pack_builder *builder, struct error *err);
bool load_ucum(struct text content, struct pack_builder *builder, struct load_facts *facts,
               struct error *err);
bool load_claml(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err);
bool load_atc(const struct load_set *set, struct pack_builder *builder,
              struct load_facts *facts, struct error *err);

#endif
