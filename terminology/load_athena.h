/*
 * load_athena.h - packs from a download of Athena: one for each vocabulary (docs/adr/0014).
 *
 * Pack      "athena-" and the vocabulary in small letters; codes in the vocabulary's own dialect.
 * Release   the vocabulary's version, else that of the whole download.
 * Relations within the vocabulary lead to a code, into others to "VOCABULARY|code".
 * Again     Athena has codes twice; the concept that is valid, else valid longest, is taken, and
 *           the others are counted.
 * Left out  vocabularies that only describe Athena itself, and DRUG_STRENGTH.
 */
#ifndef HMS_TERMINOLOGY_LOAD_ATHENA_H
#define HMS_TERMINOLOGY_LOAD_ATHENA_H

#include "terminology/athena.h"

/* Is a pack made of that vocabulary? */
bool load_athena_wants(const struct athena *athena, uint32_t vocabulary);
void load_athena(const struct athena *athena, uint32_t vocabulary, struct pack_builder *builder,
                 struct load_facts *facts);
/* What the user should know of the whole download, in `word`, or "". */
void load_athena_word(const struct athena *athena, const struct load_set *set, char word[256]);

#endif
