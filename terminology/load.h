/*
 * load.h - the loaders: each reads the content of one official file into a pack_builder.
 *
 * Kinds     a file is known by what is in it, never by its name or folder: distributions move
 *           their files with every release.
 * Encoding  UTF-8, or Latin-1 where a file is not UTF-8 (load_utf8).
 * Errors    ERROR_SOURCE with the line and what is wrong there.  Codes may be named in messages:
 *           they are published, not a patient's.
 */
#ifndef HMS_TERMINOLOGY_LOAD_H
#define HMS_TERMINOLOGY_LOAD_H

#include "terminology/pack_builder.h"

/* kind, pack's name, dialect, what it is */
#define LOAD_KIND_LIST(X)                                                                      \
    X(LOAD_ICD10CM, "icd10cm", CODE_ICD10CM, "ICD-10-CM order file")                           \
    X(LOAD_ICD9CM, "icd9cm", CODE_ICD9CM, "ICD-9-CM diagnosis titles")                         \
    X(LOAD_ICD9CM_PROCEDURE, "icd9cm-procedure", CODE_ICD9CM_PROCEDURE,                        \
      "ICD-9-CM procedure titles")                                                             \
    X(LOAD_LOINC, "loinc", CODE_LOINC, "LOINC table")                                          \
    X(LOAD_GEM_9_10, "gem-icd9cm-icd10cm", CODE_ICD9CM, "GEM from ICD-9-CM to ICD-10-CM")      \
    X(LOAD_GEM_10_9, "gem-icd10cm-icd9cm", CODE_ICD10CM, "GEM from ICD-10-CM to ICD-9-CM")     \
    X(LOAD_UCUM, "ucum", CODE_UCUM, "UCUM essence")                                            \
    X(LOAD_CLAML, "icd10", CODE_ICD10, "ClaML classification")                                 \
    X(LOAD_ATC, "atc", CODE_ATC, "ATC with DDD")                                               \
    X(LOAD_LOINC_MAP_TO, NULL, CODE_LOINC, "LOINC MapTo")                                      \
    X(LOAD_ATC_ALTERATIONS, NULL, CODE_ATC, "ATC alterations")                                 \
    X(LOAD_UNKNOWN, NULL, CODE_PLAIN, "nothing that is known")

enum load_kind {
#define X(kind, name, dialect, what) kind,
    LOAD_KIND_LIST(X)
#undef X
};

const char *load_name(enum load_kind kind); /* NULL: goes into another kind's pack */
const char *load_what(enum load_kind kind);
enum code_dialect load_dialect(enum load_kind kind);
enum load_kind load_kind_of(struct text content);

/* What a loader learnt about the release. */
struct load_facts {
    char version[64]; /* "" when the file does not say it */
    char title[128];
};

/* Adds the content to the builder; a file of a kind without a name comes after its main one. */
bool load_content(enum load_kind kind, struct text content, struct pack_builder *builder,
                  struct load_facts *facts, struct error *err) MUST_CHECK;

/* UTF-8 of a content in Latin-1, in `arena`; UTF-8 stays where it is. */
struct text load_utf8(struct text content, struct arena *arena);
/* The next line without its end; false: there is none. */
bool load_line(struct text *rest, struct text *line);

bool load_icd10cm(struct text content, struct pack_builder *builder, struct error *err);
bool load_icd9cm(struct text content, int width, struct pack_builder *builder,
                 struct error *err);
bool load_gem(struct text content, struct pack_builder *builder, struct error *err);
bool load_loinc(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err);
bool load_loinc_map_to(struct text content, struct pack_builder *builder, struct error *err);
bool load_ucum(struct text content, struct pack_builder *builder, struct load_facts *facts,
               struct error *err);
bool load_claml(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err);
bool load_atc(struct text content, struct pack_builder *builder, struct error *err);
bool load_atc_alterations(struct text content, struct pack_builder *builder, struct error *err);

#endif
