#include "terminology/claml_expand.h"

struct claml_class *claml_class_of(const struct claml *claml, struct text code)
{
    struct strmap_entry *entry = strmap_find(&claml->by_code, code);

    return entry == NULL ? NULL : entry->pointer;
}

static const struct claml_label *find_label(const struct claml_class *class, const char *kind)
{
    const struct claml_label *label = class->labels;

    while (label != NULL && !text_is(label->kind, kind)) {
        label = label->next;
    }
    return label;
}

struct text claml_display(const struct claml_class *class)
{
    const struct claml_label *label = find_label(class, "preferredLong");

    if (label == NULL) {
        label = find_label(class, "preferred");
    }
    return label == NULL ? (struct text){"", 0} : label->words;
}

unsigned claml_flags(const struct claml_class *class)
{
    return text_is(class->usage, "dagger")     ? CODE_DAGGER
           : text_is(class->usage, "aster")    ? CODE_ASTERISK
           : text_is(class->usage, "optional") ? CODE_OPTIONAL
                                               : 0u;
}

void claml_expand_init(struct claml_expand *expand, const struct claml *claml,
                       struct pack_builder *builder, bool is_german)
{
    *expand = (struct claml_expand){.claml = claml, .builder = builder, .is_german = is_german};
    strmap_init(&expand->taken, PACK_CODES_MAX);
    for (const struct claml_class *class = claml->classes; class != NULL; class = class->next) {
        char normal[CODE_FORM_MAX];
        (void)strmap_put(&expand->taken, code_normal(CODE_ICD10, class->code, normal));
    }
}

void claml_expand_release(struct claml_expand *expand)
{
    strmap_release(&expand->taken);
}

static const struct claml_name *find_name(const struct claml_name *list, struct text code)
{
    while (list != NULL && !text_equal(list->code, code)) {
        list = list->next;
    }
    return list;
}

static bool is_excluded(const struct claml *claml, const struct claml_class *class,
                        struct text modifier)
{
    for (int depth = 0; class != NULL && depth < CLAML_ANCESTORS_MAX; depth++) {
        if (find_name(class->excluded, modifier) != NULL) {
            return true;
        }
        class = claml_class_of(claml, class->super);
    }
    return false;
}

static bool is_used(const struct claml_expand *expand, struct text modifier)
{
    for (int i = 0; i < expand->nuses; i++) {
        if (text_equal(expand->uses[i]->code, modifier)) {
            return true;
        }
    }
    return false;
}

/* Own modifiers and those of the classes above, the nearest use of each. */
static void collect_uses(struct claml_expand *expand)
{
    const struct claml_class *at = expand->class;

    expand->nuses = 0;
    for (int depth = 0; at != NULL && depth < CLAML_ANCESTORS_MAX; depth++) {
        bool is_linked =
            at->modified_by == NULL && !expand->is_german && text_is(at->kind, "category");
        const struct claml_name *use = is_linked ? at->linked : at->modified_by;
        for (; use != NULL; use = use->next) {
            if (expand->nuses < CLAML_ANCESTORS_MAX && !is_used(expand, use->code) &&
                !is_excluded(expand->claml, expand->class, use->code)) {
                expand->uses[expand->nuses++] = use;
            }
        }
        at = claml_class_of(expand->claml, at->super);
    }
}

static bool is_dotted(const struct claml_class *part)
{
    return part->code.len > 0 && part->code.at[0] == '.';
}

static bool ends_in_4(struct text modifier)
{
    return modifier.len > 2 && memcmp(modifier.at + modifier.len - 2, "_4", 2) == 0;
}

/* Does the modifier have such a class, does this use of it allow that one, and may it stand behind
 * `len` characters? */
static bool allows(const struct claml_name *use, const struct claml_class *part, size_t len,
                   bool is_behind_modifier)
{
    if (!text_equal(part->modifier, use->code) ||
        !(use->all || use->valid == NULL || find_name(use->valid, part->code) != NULL)) {
        return false;
    }
    if (len == 3) {
        return is_dotted(part) || ends_in_4(use->code);
    }
    return !is_dotted(part) && !(is_behind_modifier && ends_in_4(use->code));
}

/* "S04E10_4 .0": that class of that modifier stands in front of it. */
static bool is_barred(const struct claml_class *part, const struct claml_class *front)
{
    for (const struct claml_name *not = part->not_after; front != NULL && not != NULL;
         not = not ->next) {
        struct text word = not ->code;
        if (word.len == front->modifier.len + 1 + front->code.len &&
            memcmp(word.at, front->modifier.at, front->modifier.len) == 0 &&
            word.at[front->modifier.len] == ' ' &&
            memcmp(word.at + front->modifier.len + 1, front->code.at, front->code.len) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a class of a modifier may follow; `dotted`: only those with a dot are asked for. */
static bool has_part(const struct claml_expand *expand, size_t len,
                     const struct claml_class *front, bool dotted)
{
    for (int i = 0; i < expand->nuses; i++) {
        const struct claml_class *part = expand->claml->modifier_classes;
        for (; part != NULL; part = part->next) {
            if (allows(expand->uses[i], part, len, front != NULL) && !is_barred(part, front) &&
                (!dotted || is_dotted(part))) {
                return true;
            }
        }
    }
    return false;
}

bool claml_expand_begin(struct claml_expand *expand, const struct claml_class *class,
                        struct text code)
{
    expand->class = class;
    collect_uses(expand);
    return has_part(expand, code.len, NULL, !expand->is_german);
}

static bool add_below(struct claml_expand *expand, const struct code_entry *base,
                      const struct claml_class *front, struct error *err);

/* The code that a class of a modifier makes of `base`, and those below it. */
static bool add_code(struct claml_expand *expand, const struct code_entry *base,
                     const struct claml_class *part, struct error *err)
{
    struct arena *arena = &expand->builder->arena;
    struct text words = claml_display(part);
    struct code_entry entry = *base;
    char normal[CODE_FORM_MAX];
    size_t dot = is_dotted(part);

    entry.code = text_of(arena_printf(arena, "%.*s%.*s", (int)base->code.len, base->code.at,
                                      (int)(part->code.len - dot), part->code.at + dot));
    entry.code = arena_copy(arena, code_normal(CODE_ICD10, entry.code, normal));
    if (entry.code.len == 0 || strmap_find(&expand->taken, entry.code) != NULL) {
        return true;
    }
    if (strmap_put(&expand->taken, entry.code) == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d codes", PACK_CODES_MAX);
    }
    entry.display = text_of(arena_printf(arena, "%.*s: %.*s", (int)base->display.len,
                                         base->display.at, (int)words.len, words.at));
    entry.flags |= CODE_GENERATED | CODE_BILLABLE | claml_flags(part);
    if (expand->is_german && base->code.len == 3 && has_part(expand, 4, part, false)) {
        entry.flags &= ~(unsigned)CODE_BILLABLE;
    }
    pack_builder_add(expand->builder, &entry, base->code);
    return base->code.len != 3 || add_below(expand, &entry, part, err);
}

static bool add_below(struct claml_expand *expand, const struct code_entry *base,
                      const struct claml_class *front, struct error *err)
{
    bool ok = true;

    for (int i = 0; ok && i < expand->nuses; i++) {
        const struct claml_class *part = expand->claml->modifier_classes;
        for (; ok && part != NULL; part = part->next) {
            if (allows(expand->uses[i], part, base->code.len, front != NULL) &&
                !is_barred(part, front)) {
                ok = add_code(expand, base, part, err);
            }
        }
    }
    return ok;
}

bool claml_expand_add(struct claml_expand *expand, const struct code_entry *base,
                      struct error *err)
{
    return add_below(expand, base, NULL, err);
}
