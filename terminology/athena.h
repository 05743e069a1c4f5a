/*
 * athena.h - a download of OHDSI Athena as it stands: concepts, vocabularies, and what links them;
 * packs are made of it by load_athena.c.
 *
 * Shape     TAB between cells and no quotes: a '"' in a name is a character like any other.  A TAB
 *           in a name is one, too: cells are counted from both ends.
 * Memory    16 bytes a concept and 16 a link that is kept; everything else stays in the mapped
 *           files, so a whole download (9 million concepts, 40 million relations, of which those
 *           of one direction are kept) needs some 500 MB.
 * Whole     a last line without an end, and a vocabulary whose own concept is missing, say that
 *           the download was cut: ERROR_SOURCE.
 * Limits    ATHENA_CONCEPTS_MAX, ATHENA_VOCABULARIES_MAX, LINKS_MAX of load_links.h.
 */
#ifndef HMS_TERMINOLOGY_ATHENA_H
#define HMS_TERMINOLOGY_ATHENA_H

#include "terminology/load.h"
#include "terminology/load_links.h"

enum { ATHENA_CONCEPTS_MAX = 20000000, ATHENA_VOCABULARIES_MAX = 1000, ATHENA_CELLS = 10 };

enum athena_cell { /* of CONCEPT */
                   ATHENA_ID,
                   ATHENA_NAME,
                   ATHENA_DOMAIN,
                   ATHENA_VOCABULARY,
                   ATHENA_CLASS,
                   ATHENA_STANDARD,
                   ATHENA_CODE,
                   ATHENA_START,
                   ATHENA_END,
                   ATHENA_INVALID
};

/* Relations that are kept, and synonyms; all other relations are the reverse of one of these, or
 * say what a pack does not hold. */
#define ATHENA_LINK_LIST(X)                                                                    \
    X(ATHENA_IS_A, "Is a")                                                                     \
    X(ATHENA_MAPS_TO, "Maps to")                                                               \
    X(ATHENA_MAPS_TO_VALUE, "Maps to value")                                                   \
    X(ATHENA_MAPS_TO_UNIT, "Maps to unit")                                                     \
    X(ATHENA_REPLACED_BY, "Concept replaced by")                                               \
    X(ATHENA_SAME_AS, "Concept same_as to")                                                    \
    X(ATHENA_POSSIBLY, "Concept poss_eq to")                                                   \
    X(ATHENA_WAS_A, "Concept was_a to")                                                        \
    X(ATHENA_ALTERNATIVE, "Concept alt_to to")                                                 \
    X(ATHENA_INGREDIENT, "RxNorm has ing")                                                     \
    X(ATHENA_PRECISE, "Has precise ing")                                                       \
    X(ATHENA_DOSE_FORM, "RxNorm has dose form")                                                \
    X(ATHENA_TRADENAME, "Tradename of")                                                        \
    X(ATHENA_ATC_RXNORM, "ATC - RxNorm")                                                       \
    X(ATHENA_CHILD_OF, "child of") /* of CONCEPT_ANCESTOR, one level */                        \
    X(ATHENA_SYNONYM, "synonym")   /* of CONCEPT_SYNONYM; the value is a place in it */

enum athena_link {
#define X(link, name) link,
    ATHENA_LINK_LIST(X)
#undef X
};

struct athena_concept {
    uint32_t id;
    uint32_t vocabulary;
    uint64_t at; /* of its line in CONCEPT */
};

struct athena_vocabulary {
    struct text id; /* "ICD10CM" */
    struct text name;
    struct text version;
    uint32_t count;
};

struct athena {
    struct text concept_file;
    struct text synonym_file;
    struct athena_concept *concepts; /* sorted by id */
    size_t nconcepts, concepts_size;
    struct athena_vocabulary *vocabularies;
    uint32_t nvocabularies;
    struct load_links links;
    uint64_t stray; /* relations with concepts that are not there */
    struct arena arena;
};

bool athena_read(struct athena *athena, const struct load_set *set,
                 struct error *err) MUST_CHECK;
void athena_release(struct athena *athena);
const struct athena_concept *athena_find(const struct athena *athena, uint32_t id);
void athena_cells(const struct athena *athena, const struct athena_concept *concept,
                  struct text cells[ATHENA_CELLS]);
/* Words of a synonym at that place. */
struct text athena_synonym(const struct athena *athena, uint64_t at);
const char *athena_link_name(enum athena_link link);

#endif
