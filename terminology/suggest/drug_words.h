/*
 * drug_words.h - what the words of a drug's name say beside the substance: how it is given, how it
 * is packed, which class of a combination it belongs to.
 *
 * Routes    of words in the lexicon's spelling ("tablet", "ophthalmic"); of an ATC code by its
 *           group (WHOCC, Guidelines for ATC classification and DDD assignment: one substance has
 *           several codes by its use) and by the route of its DDD.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_DRUG_WORDS_H
#define HMS_TERMINOLOGY_SUGGEST_DRUG_WORDS_H

#include "core/text.h"

/* bit, name */
#define ROUTE_LIST(X)                                                                          \
    X(ROUTE_ORAL, "oral")                                                                      \
    X(ROUTE_INJECTED, "injected")                                                              \
    X(ROUTE_RECTAL, "rectal")                                                                  \
    X(ROUTE_NASAL, "nasal")                                                                    \
    X(ROUTE_VAGINAL, "vaginal")                                                                \
    X(ROUTE_EYE, "eye")                                                                        \
    X(ROUTE_EAR, "ear")                                                                        \
    X(ROUTE_SKIN, "skin")                                                                      \
    X(ROUTE_INHALED, "inhaled")                                                                \
    X(ROUTE_SUBLINGUAL, "sublingual")                                                          \
    X(ROUTE_PATCH, "patch")                                                                    \
    X(ROUTE_MOUTH, "mouth")                                                                    \
    X(ROUTE_WASH, "irrigation")                                                                \
    X(ROUTE_IMPLANT, "implant")                                                                \
    X(ROUTE_WHOLE_BODY, "systemic")

enum drug_route_bit {
#define X(bit, name) bit##_BIT,
    ROUTE_LIST(X)
#undef X
        ROUTE_BITS
};

enum drug_route {
#define X(bit, name) bit = 1 << bit##_BIT,
    ROUTE_LIST(X)
#undef X
};

enum { ROUTES_TEXT_MAX = 160 };

/* Routes that a word of a name says; 0: none. */
unsigned drug_routes_of_word(struct text word);
/* Routes of an ATC code by its group; 0: any way that reaches the whole body. */
unsigned drug_routes_of_group(struct text code);
/* Route of a DDD: "O", "P", "Inhal". */
unsigned drug_routes_of_ddd(struct text adm);
/* The names of the routes, ", " between. */
struct text drug_routes_text(unsigned routes, char out[ROUTES_TEXT_MAX]);
/* Does the word say strength, package or salt, and nothing of the substance? */
bool drug_word_is_idle(struct text word);
/* What a combination's name calls the class of this substance, word by word; NULL: nothing. */
const char *drug_class_of(struct text word);

#endif
