/*
 * name_form.h - what of a written name is the name.
 *
 * Titles      Dr, Mrs, Herr before a name go.
 * Generation  Jr, II, Filho behind a name become a mark: "smith#2"; two marks that differ tell
 *             father and son apart, one alone tells nothing.
 * Nobody      Baby Boy, Unknown, Test are no names: the form is empty, which means missing.  A
 *             surname Null is a surname.
 * Particles   van, del, bin: shared by many names, they make no two alike.
 */
#ifndef HMS_TRANSFORM_DEDUP_NAME_FORM_H
#define HMS_TRANSFORM_DEDUP_NAME_FORM_H

#include "transform/dedup/people_model.h"

enum { GENERATION_MARK = '#', NAME_WORDS_MAX = 8 };

/* Changes a form of words in place; its new length, never longer. */
size_t name_form(enum people_kind kind, char *form, size_t len);
/* The form without its generation. */
struct text name_base(struct text form);
/* '1' the elder, '2' the younger, ...; '\0': not said. */
char name_generation(struct text form);
/* Words without particles, unless there is nothing else; at most NAME_WORDS_MAX. */
int name_words(struct text base, struct text words[NAME_WORDS_MAX]);
bool name_word_is_particle(struct text word);
/* Whether a form stands for no value at all: none, unknown, no fixed abode. */
bool form_says_nothing(struct text form);

#endif
