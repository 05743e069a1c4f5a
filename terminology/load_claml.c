/*
 * load_claml.c - ICD-10 of the WHO and of nations from ClaML.  One that calls itself ICD-10-GM is
 * of that dialect.
 *
 * Modifiers are what other readers lose: a class without children takes the characters of each
 * modifier that it, or a class above it, names, unless it is excluded.  A modifier whose classes
 * begin with a dot gives the fourth character, and a class that has one is a heading; the others
 * add a further character, which may be left out.
 */
#include "terminology/claml.h"
#include "terminology/load.h"

#include <stdio.h>

enum { ANCESTORS_MAX = 16 };

static struct claml_class *class_of(const struct claml *claml, struct text code)
{
    struct strmap_entry *entry = strmap_find(&claml->by_code, code);

    return entry == NULL ? NULL : entry->pointer;
}

static const struct claml_name *find_name(const struct claml_name *list, struct text code)
{
    while (list != NULL && !text_equal(list->code, code)) {
        list = list->next;
    }
    return list;
}

static const struct claml_label *find_label(const struct claml_class *class, const char *kind)
{
    const struct claml_label *label = class->labels;

    while (label != NULL && !text_is(label->kind, kind)) {
        label = label->next;
    }
    return label;
}

static struct text display_of(const struct claml_class *class)
{
    const struct claml_label *label = find_label(class, "preferredLong");

    if (label == NULL) {
        label = find_label(class, "preferred");
    }
    return label == NULL ? (struct text){"", 0} : label->words;
}

static unsigned flags_of(const struct claml_class *class)
{
    return text_is(class->usage, "dagger")     ? CODE_DAGGER
           : text_is(class->usage, "aster")    ? CODE_ASTERISK
           : text_is(class->usage, "optional") ? CODE_OPTIONAL
                                               : 0u;
}

/* Chapters and blocks keep their name, categories are in normal form. */
static struct text normal_of(const struct claml_class *class, char out[CODE_FORM_MAX])
{
    struct text code = code_normal(CODE_ICD10, class->code, out);

    return code.len == 0 ? class->code : code;
}

static void add_labels(struct pack_builder *builder, const struct claml_class *class)
{
    struct text display = display_of(class);

    for (const struct claml_label *label = class->labels; label != NULL; label = label->next) {
        if (text_is(label->kind, "preferred") && label->words.at != display.at) {
            pack_builder_property(builder, "label", label->words);
        } else if (text_is(label->kind, "inclusion")) {
            pack_builder_property(builder, "inclusion", label->words);
        } else if (text_is(label->kind, "exclusion")) {
            pack_builder_property(builder, "exclusion", label->words);
        } else if (text_is(label->kind, "note") || text_is(label->kind, "coding-hint") ||
                   text_is(label->kind, "text") || text_is(label->kind, "definition")) {
            pack_builder_property(builder, "note", label->words);
        }
    }
}

/* A code under construction: the class, and the words of the modifiers so far. */
struct expansion {
    const struct claml *claml;
    const struct claml_class *class;
    struct pack_builder *builder;
    const struct claml_name *modifiers[ANCESTORS_MAX];
    int nmodifiers;
};

static bool is_excluded(const struct claml *claml, const struct claml_class *class,
                        struct text modifier)
{
    for (int depth = 0; class != NULL && depth < ANCESTORS_MAX; depth++) {
        if (find_name(class->excluded, modifier) != NULL) {
            return true;
        }
        class = class_of(claml, class->super);
    }
    return false;
}

/* Own modifiers and those of the classes above. */
static void collect_modifiers(struct expansion *expansion)
{
    const struct claml_class *at = expansion->class;

    for (int depth = 0; at != NULL && depth < ANCESTORS_MAX; depth++) {
        for (const struct claml_name *m = at->modified_by; m != NULL; m = m->next) {
            if (expansion->nmodifiers < ANCESTORS_MAX &&
                !is_excluded(expansion->claml, expansion->class, m->code)) {
                expansion->modifiers[expansion->nmodifiers++] = m;
            }
        }
        at = class_of(expansion->claml, at->super);
    }
}

/* Does the modifier have such a class, and does this use of it allow that one? */
static bool allows(const struct claml_name *use, const struct claml_class *part, bool dotted)
{
    bool is_dotted = part->code.len > 0 && part->code.at[0] == '.';

    return text_equal(part->modifier, use->code) && is_dotted == dotted &&
           (use->all || use->valid == NULL || find_name(use->valid, part->code) != NULL);
}

static bool has_modifier(const struct expansion *expansion, bool dotted)
{
    for (int i = 0; i < expansion->nmodifiers; i++) {
        const struct claml_class *part = expansion->claml->modifier_classes;
        for (; part != NULL; part = part->next) {
            if (allows(expansion->modifiers[i], part, dotted)) {
                return true;
            }
        }
    }
    return false;
}

/* Each code that a modifier makes of `base`; those with a fourth character may go on. */
static void expand(const struct expansion *expansion, const struct code_entry *base,
                   bool dotted)
{
    struct arena *arena = &expansion->builder->arena;

    for (int i = 0; i < expansion->nmodifiers; i++) {
        const struct claml_class *part = expansion->claml->modifier_classes;
        for (; part != NULL; part = part->next) {
            struct text words = display_of(part);
            struct code_entry entry = *base;
            char normal[CODE_FORM_MAX];
            if (!allows(expansion->modifiers[i], part, dotted)) {
                continue;
            }
            entry.code =
                text_of(arena_printf(arena, "%.*s%.*s", (int)base->code.len, base->code.at,
                                     (int)part->code.len - dotted, part->code.at + dotted));
            if (code_normal(CODE_ICD10, entry.code, normal).len == 0) {
                continue;
            }
            entry.display = text_of(arena_printf(arena, "%.*s: %.*s", (int)base->display.len,
                                                 base->display.at, (int)words.len, words.at));
            entry.flags |= CODE_GENERATED | CODE_BILLABLE;
            pack_builder_add(expansion->builder, &entry, base->code);
            if (dotted) {
                expand(expansion, &entry, false);
            }
        }
    }
}

static void add_class(const struct claml *claml, const struct claml_class *class,
                      struct pack_builder *builder)
{
    struct expansion expansion = {.claml = claml, .class = class, .builder = builder};
    bool is_category = text_is(class->kind, "category");
    const struct claml_class *above = class_of(claml, class->super);
    struct code_entry entry = {.display = display_of(class),
                               .flags = flags_of(class),
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};
    char normal[CODE_FORM_MAX];
    char super[CODE_FORM_MAX];
    bool is_leaf = is_category && !class->has_children;

    entry.code = arena_copy(&builder->arena, normal_of(class, normal));
    if (is_leaf) {
        collect_modifiers(&expansion);
    }
    if (!is_category) {
        entry.flags |= CODE_GROUP;
    } else if (is_leaf && (entry.code.len > 3 || !has_modifier(&expansion, true))) {
        entry.flags |= CODE_BILLABLE;
    }
    pack_builder_add(builder, &entry,
                     above == NULL ? (struct text){"", 0} : normal_of(above, super));
    add_labels(builder, class);
    for (const struct claml_name *pair = class->pairs; pair != NULL; pair = pair->next) {
        char target[CODE_FORM_MAX];
        struct code_relation relation = {
            .kind = PACK_PAIRS_WITH, .target = code_normal(CODE_ICD10_GM, pair->code, target)};
        pack_builder_relate(builder, entry.code, &relation);
    }
    if (is_leaf && entry.code.len == 3) {
        expand(&expansion, &entry, true);
    } else if (is_leaf && entry.code.len > 3) {
        expand(&expansion, &entry, false);
    }
}

bool load_claml(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err)
{
    struct claml claml;
    bool ok = claml_read(&claml, content, err);

    for (const struct claml_class *class = claml.classes; ok && class != NULL;
         class = class->next) {
        add_class(&claml, class, builder);
    }
    if (ok) {
        snprintf(facts->version, sizeof(facts->version), "%.*s", (int)claml.version.len,
                 claml.version.at);
        if (memmem(claml.title.at, claml.title.len, "ICD-10-GM", 9) != NULL) {
            facts->dialect = CODE_ICD10_GM;
            snprintf(facts->name, sizeof(facts->name), "icd10-gm");
        }
        snprintf(facts->title, sizeof(facts->title), "%.*s", (int)claml.title.len,
                 claml.title.at);
    }
    claml_release(&claml);
    return ok;
}
