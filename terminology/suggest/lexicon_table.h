/*
 * lexicon_table.h - the phrases of the lexicon, for lexicon.c only: "what people say=what it
 * becomes", several on the left parted by '|'.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LEXICON_TABLE_H
#define HMS_TERMINOLOGY_SUGGEST_LEXICON_TABLE_H

extern const char *const lexicon_table[]; /* ends with NULL */

#endif
