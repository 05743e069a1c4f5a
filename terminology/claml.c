#include "terminology/claml.h"

#include "terminology/xml.h"

struct claml_reader {
    struct claml *claml;
    struct claml_class *open; /* class or modifier class */
    struct claml_class **last_class;
    struct claml_class **last_modifier_class;
    struct claml_name *modified_by; /* the ModifiedBy that is open */
    struct claml_label *label;      /* the Label that is open */
    struct text rubric;             /* kind of the Rubric that is open */
    int names;                      /* that the open class has named */
    size_t nmodifier_classes;
    struct strbuf words;
    bool is_pair;   /* a Reference with a usage is open, its code is its text */
    size_t pair_at; /* where in `words` that begins */
};

static struct text keep(struct claml_reader *reader, struct text text)
{
    return arena_copy(&reader->claml->arena, text);
}

static struct claml_name *add_name(struct claml_reader *reader, struct claml_name **list,
                                   struct text code)
{
    struct claml_name *name = arena_alloc(&reader->claml->arena, sizeof(*name));

    reader->names++;
    *name = (struct claml_name){.code = keep(reader, code), .all = true};
    while (*list != NULL) {
        list = &(*list)->next;
    }
    *list = name;
    return name;
}

static bool open_class(struct claml_reader *reader, const char *const *attributes,
                       struct error *err)
{
    struct claml_class *class = arena_alloc(&reader->claml->arena, sizeof(*class));
    struct strmap_entry *entry;

    *class = (struct claml_class){
        .code = keep(reader, xml_attribute(attributes, "code")),
        .kind = keep(reader, xml_attribute(attributes, "kind")),
        .usage = keep(reader, xml_attribute(attributes, "usage")),
    };
    if (class->code.len == 0) {
        return error_set(err, ERROR_SOURCE, "a class has no code");
    }
    if (strmap_find(&reader->claml->by_code, class->code) != NULL) {
        return error_set(err, ERROR_SOURCE, "class '%s' stands there twice", class->code.at);
    }
    entry = strmap_put(&reader->claml->by_code, class->code);
    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d classes", CLAML_CLASSES_MAX);
    }
    entry->pointer = class;
    class->labels_end = &class->labels;
    *reader->last_class = class;
    reader->last_class = &class->next;
    reader->open = class;
    return true;
}

static void open_modifier_class(struct claml_reader *reader, const char *const *attributes)
{
    struct claml_class *class = arena_alloc(&reader->claml->arena, sizeof(*class));

    *class = (struct claml_class){
        .code = keep(reader, xml_attribute(attributes, "code")),
        .modifier = keep(reader, xml_attribute(attributes, "modifier")),
        .usage = keep(reader, xml_attribute(attributes, "usage")),
    };
    class->labels_end = &class->labels;
    *reader->last_modifier_class = class;
    reader->last_modifier_class = &class->next;
    reader->open = class;
}

static void open_label(struct claml_reader *reader, const char *const *attributes)
{
    struct claml_class *class = reader->open;

    reader->label = arena_alloc(&reader->claml->arena, sizeof(*reader->label));
    *reader->label = (struct claml_label){
        .kind = reader->rubric,
        .language = keep(reader, xml_attribute(attributes, "xml:lang")),
    };
    *class->labels_end = reader->label;
    class->labels_end = &reader->label->next;
    strbuf_clear(&reader->words);
}

static void open_meta(struct claml_reader *reader, const char *const *attributes)
{
    struct claml_class *class = reader->open;
    struct text name = xml_attribute(attributes, "name");
    struct text value = xml_attribute(attributes, "value");
    char first = value.len == 1 ? value.at[0] : '\0';

    if (text_is(name, "excludeOnPrecedingModifier")) {
        add_name(reader, &class->not_after, value);
    } else if (text_is(name, "Para295")) {
        class->para295 = first;
    } else if (text_is(name, "Para301")) {
        class->para301 = first;
    }
}

/* A code beside this one (dagger and asterisk), or a modifier that the text speaks of. */
static void open_reference(struct claml_reader *reader, const char *const *attributes)
{
    struct text code = xml_attribute(attributes, "code");
    bool has_usage = xml_attribute(attributes, "usage").len > 0;

    if (text_is(reader->rubric, "modifierlink") && code.len > 0) {
        add_name(reader, &reader->open->linked, code);
    } else if (text_is(reader->rubric, "preferred") && has_usage && code.len > 0) {
        add_name(reader, &reader->open->pairs, code);
    } else if (text_is(reader->rubric, "preferred") && has_usage && reader->label != NULL) {
        reader->is_pair = true;
        reader->pair_at = reader->words.len;
    }
}

/* What stands inside of a class. */
static void open_part(struct claml_reader *reader, const char *name,
                      const char *const *attributes)
{
    struct claml_class *class = reader->open;
    struct text code = xml_attribute(attributes, "code");

    if (strcmp(name, "SuperClass") == 0) {
        class->super = keep(reader, code);
    } else if (strcmp(name, "ModifiedBy") == 0) {
        reader->modified_by = add_name(reader, &class->modified_by, code);
        reader->modified_by->all = !text_is(xml_attribute(attributes, "all"), "false");
    } else if (strcmp(name, "ValidModifierClass") == 0 && reader->modified_by != NULL) {
        add_name(reader, &reader->modified_by->valid, code);
    } else if (strcmp(name, "ExcludeModifier") == 0) {
        add_name(reader, &class->excluded, code);
    } else if (strcmp(name, "Rubric") == 0) {
        reader->rubric = keep(reader, xml_attribute(attributes, "kind"));
    } else if (strcmp(name, "Label") == 0) {
        open_label(reader, attributes);
    } else if (strcmp(name, "Reference") == 0) {
        open_reference(reader, attributes);
    } else if (strcmp(name, "Meta") == 0) {
        open_meta(reader, attributes);
    }
}

static bool on_open(void *context, const char *name, const char *const *attributes,
                    struct error *err)
{
    struct claml_reader *reader = context;

    if (reader->label != NULL && strcmp(name, "Term") != 0) {
        strbuf_putc(&reader->words,
                    ' '); /* a Fragment or Para begins a word, B12's 12 does not */
    }
    if (strcmp(name, "Class") == 0) {
        reader->names = 0;
        return open_class(reader, attributes, err);
    }
    if (strcmp(name, "ModifierClass") == 0) {
        reader->names = 0;
        if (++reader->nmodifier_classes > CLAML_CLASSES_MAX) {
            return error_set(err, ERROR_LIMIT, "more than %d classes", CLAML_CLASSES_MAX);
        }
        open_modifier_class(reader, attributes);
    } else if (strcmp(name, "Title") == 0) {
        reader->claml->title = keep(reader, xml_attribute(attributes, "name"));
        reader->claml->version = keep(reader, xml_attribute(attributes, "version"));
    } else if (reader->open != NULL) {
        open_part(reader, name, attributes);
    }
    return reader->names <= CLAML_NAMES_MAX ||
           error_set(err, ERROR_LIMIT, "a class names more than %d codes", CLAML_NAMES_MAX);
}

static void on_text(void *context, struct text piece)
{
    struct claml_reader *reader = context;

    if (reader->label != NULL) {
        strbuf_add_text(&reader->words, piece);
    }
}

static bool on_close(void *context, const char *name, struct error *err)
{
    struct claml_reader *reader = context;

    if (strcmp(name, "Label") == 0 && reader->label != NULL) {
        if (strbuf_is_full(&reader->words)) {
            return error_set(err, ERROR_LIMIT, "a label is longer than %d bytes",
                             CLAML_LABEL_MAX);
        }
        reader->label->words = keep(reader, xml_squeeze(&reader->words));
        reader->label = NULL;
    } else if (strcmp(name, "Reference") == 0 && reader->is_pair) {
        struct text code = {reader->words.at + reader->pair_at,
                            reader->words.len - reader->pair_at};
        add_name(reader, &reader->open->pairs, text_trim(code));
        reader->is_pair = false;
    } else if (strcmp(name, "ModifiedBy") == 0) {
        reader->modified_by = NULL;
    } else if (strcmp(name, "Class") == 0 || strcmp(name, "ModifierClass") == 0) {
        reader->open = NULL;
        reader->label = NULL;
        reader->is_pair = false;
    }
    return true;
}

static void mark_parents(struct claml *claml)
{
    for (struct claml_class *class = claml->classes; class != NULL; class = class->next) {
        struct strmap_entry *entry = strmap_find(&claml->by_code, class->super);
        if (class->super.len > 0 && entry != NULL) {
            ((struct claml_class *)entry->pointer)->has_children = true;
        }
    }
}

bool claml_read(struct claml *claml, struct text content, struct error *err)
{
    struct claml_reader reader = {.claml = claml};
    struct xml_walk walk = {on_open, on_text, on_close, &reader};
    bool ok;

    *claml = (struct claml){0};
    strmap_init(&claml->by_code, CLAML_CLASSES_MAX);
    reader.last_class = &claml->classes;
    reader.last_modifier_class = &claml->modifier_classes;
    strbuf_init(&reader.words, CLAML_LABEL_MAX);
    ok = xml_parse(content, &walk, err);
    mark_parents(claml);
    strbuf_release(&reader.words);
    return ok;
}

void claml_release(struct claml *claml)
{
    strmap_release(&claml->by_code);
    arena_release(&claml->arena);
    *claml = (struct claml){0};
}
