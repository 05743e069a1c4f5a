/*
 * lexicon_table.h - the phrases of the lexicon, for lexicon.c only: "what people say=what it
 * becomes", several on the left parted by '|'.  A list ends with NULL.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LEXICON_TABLE_H
#define HMS_TERMINOLOGY_SUGGEST_LEXICON_TABLE_H

extern const char *const lexicon_words[]; /* of every catalogue */
extern const char *const lexicon_lab[];
extern const char *const lexicon_lab_immune[];
extern const char *const lexicon_lab_alone[]; /* where nothing stands beside but a specimen */
extern const char *const lexicon_drug[];
extern const char *const lexicon_diagnosis[];

#endif
