/*
 * claml_expand.h - the codes that modifiers make: what other readers lose.
 *
 * Who       a category without children takes the characters of each modifier that it, or a class
 *           above it, names, unless one of them excludes it.  A category that names none, but
 *           whose rubric `modifierlink` refers to one, is taken to name that (M13 of the WHO's).
 * Place     classes that begin with a dot give the fourth character.  Others give the fifth, but
 *           behind three characters the fourth when the modifier's name ends in "_4" (places of
 *           occurrence, W00.0), and none when it ends otherwise.
 * Barred    what a class of a modifier does not stand behind (`excludeOnPrecedingModifier`).
 * Twice     a code that is a class of its own, or that was made before, is not made again.
 * May, must a fourth character with a dot has to be there.  In Germany every character has to be
 *           there; elsewhere the others may be left out.
 */
#ifndef HMS_TERMINOLOGY_CLAML_EXPAND_H
#define HMS_TERMINOLOGY_CLAML_EXPAND_H

#include "terminology/claml.h"
#include "terminology/pack_builder.h"

enum { CLAML_ANCESTORS_MAX = 16 };

struct claml_expand {
    const struct claml *claml;
    struct pack_builder *builder;
    bool is_german;
    struct strmap taken; /* codes in normal form */
    /* of the category that is expanded */
    const struct claml_class *class;
    const struct claml_name *uses[CLAML_ANCESTORS_MAX];
    int nuses;
};

void claml_expand_init(struct claml_expand *expand, const struct claml *claml,
                       struct pack_builder *builder, bool is_german);
void claml_expand_release(struct claml_expand *expand);
/* Looks at a category; whether further characters have to be there. */
bool claml_expand_begin(struct claml_expand *expand, const struct claml_class *class,
                        struct text code);
/* Adds the codes below `base`, the entry of that category. */
bool claml_expand_add(struct claml_expand *expand, const struct code_entry *base,
                      struct error *err) MUST_CHECK;

struct claml_class *claml_class_of(const struct claml *claml, struct text code);
/* preferredLong, else preferred */
struct text claml_display(const struct claml_class *class);
unsigned claml_flags(const struct claml_class *class);

#endif
