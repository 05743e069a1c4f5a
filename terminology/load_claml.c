/*
 * load_claml.c - ICD-10 of the WHO and of nations from ClaML.  One that calls itself ICD-10-GM is
 * of that dialect: what section 295 and section 301 SGB V both bar (V) is a heading.
 *
 * Others    in ClaML are procedures (OPS), tumours (ICD-O), functioning (ICF): where most categories
 *           are no codes of ICD-10, and where the title says ICD-O, the pack is called as its
 *           title says, and its codes are kept as they are written.  Their modifiers are not read.
 */
#include "terminology/claml_expand.h"
#include "terminology/load.h"

#include <stdio.h>

struct claml_loader {
    const struct claml *claml;
    struct pack_builder *builder;
    struct claml_expand expand;
    bool is_icd10;
};

/* Chapters and blocks keep their name, categories are in normal form. */
static struct text normal_of(const struct claml_loader *loader, const struct claml_class *class,
                             char out[CODE_FORM_MAX])
{
    struct text code =
        loader->is_icd10 ? code_normal(CODE_ICD10, class->code, out) : class->code;

    return code.len == 0 ? class->code : code;
}

static void add_labels(struct pack_builder *builder, const struct claml_class *class)
{
    struct text display = claml_display(class);

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

static void add_pairs(const struct claml_loader *loader, const struct claml_class *class,
                      struct text code)
{
    for (const struct claml_name *pair = class->pairs; pair != NULL; pair = pair->next) {
        char target[CODE_FORM_MAX];
        struct code_relation relation = {
            .kind = PACK_PAIRS_WITH, .target = code_normal(CODE_ICD10_GM, pair->code, target)};
        if (relation.target.len > 0) {
            pack_builder_relate(loader->builder, code, &relation);
        }
    }
}

/* German law bars the code from both of its forms. */
static bool is_barred(const struct claml_class *class)
{
    return class->para295 == 'V' && class->para301 == 'V';
}

static bool add_class(struct claml_loader *loader, const struct claml_class *class,
                      struct error *err)
{
    bool is_category = text_is(class->kind, "category");
    bool is_leaf = is_category && !class->has_children;
    const struct claml_class *above = claml_class_of(loader->claml, class->super);
    struct code_entry entry = {.display = claml_display(class),
                               .flags = claml_flags(class),
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};
    char normal[CODE_FORM_MAX];
    char super[CODE_FORM_MAX];
    bool takes_parts;
    bool needs_parts = false;

    entry.code = arena_copy(&loader->builder->arena, normal_of(loader, class, normal));
    takes_parts = is_leaf && loader->is_icd10 && (entry.code.len == 3 || entry.code.len == 4);
    if (takes_parts) {
        needs_parts = claml_expand_begin(&loader->expand, class, entry.code);
    }
    if (!is_category) {
        entry.flags |= CODE_GROUP;
    } else if (is_leaf && !needs_parts && !is_barred(class)) {
        entry.flags |= CODE_BILLABLE;
    }
    pack_builder_add(loader->builder, &entry,
                     above == NULL ? (struct text){"", 0} : normal_of(loader, above, super));
    add_labels(loader->builder, class);
    add_pairs(loader, class, entry.code);
    return !takes_parts || claml_expand_add(&loader->expand, &entry, err);
}

static bool has_words(struct text text, const char *words)
{
    return text.len > 0 && memmem(text.at, text.len, words, strlen(words)) != NULL;
}

/* Most categories are, as they are written. */
static bool is_icd10(const struct claml *claml)
{
    size_t categories = 0;
    size_t codes = 0;

    for (const struct claml_class *class = claml->classes; class != NULL; class = class->next) {
        char normal[CODE_FORM_MAX];
        bool is_capital = class->code.at[0] >= 'A' && class->code.at[0] <= 'Z';
        if (text_is(class->kind, "category")) {
            categories++;
            codes += is_capital && code_normal(CODE_ICD10, class->code, normal).len > 0;
        }
    }
    return codes * 2 >= categories && !has_words(claml->title, "ICD-O");
}

/* The title in small letters, as a name of a pack. */
static void put_name(char name[40], struct text title)
{
    size_t len = 0;

    for (size_t i = 0; i < title.len && len < 32; i++) {
        char byte = title.at[i];
        bool is_capital = byte >= 'A' && byte <= 'Z';
        bool is_plain =
            is_capital || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (is_plain) {
            name[len++] = is_capital ? (char)(byte + ('a' - 'A')) : byte;
        } else if (len > 0 && name[len - 1] != '-') {
            name[len++] = '-';
        }
    }
    while (len > 0 && name[len - 1] == '-') {
        len--;
    }
    name[len] = '\0';
}

static void put_facts(const struct claml_loader *loader, bool is_german,
                      struct load_facts *facts)
{
    struct text title = loader->claml->title;
    struct text version = loader->claml->version;

    snprintf(facts->version, sizeof(facts->version), "%.*s", (int)version.len, version.at);
    snprintf(facts->title, sizeof(facts->title), "%.*s", (int)title.len, title.at);
    if (is_german) {
        facts->dialect = CODE_ICD10_GM;
        snprintf(facts->name, sizeof(facts->name), "icd10-gm");
    } else if (!loader->is_icd10) {
        facts->dialect = CODE_PLAIN;
        put_name(facts->name, title);
        snprintf(facts->word, sizeof(facts->word),
                 "this is not ICD-10: codes are kept as they are, modifiers are not read");
    }
}

bool load_claml(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err)
{
    struct claml claml;
    struct claml_loader loader = {.claml = &claml, .builder = builder};
    bool ok = claml_read(&claml, content, err);
    bool is_german = has_words(claml.title, "ICD-10-GM");

    if (ok) {
        loader.is_icd10 = is_icd10(&claml);
        claml_expand_init(&loader.expand, &claml, builder, is_german);
    }
    for (const struct claml_class *class = claml.classes; ok && class != NULL;
         class = class->next) {
        ok = add_class(&loader, class, err);
    }
    if (ok) {
        put_facts(&loader, is_german, facts);
    }
    claml_expand_release(&loader.expand);
    claml_release(&claml);
    return ok;
}
