#include "terminology/tabular.h"

#include "terminology/code_form.h"
#include "terminology/xml.h"

struct tabular_reader {
    struct tabular *tabular;
    struct tabular_node *open;
    struct tabular_node **last;
    const char *note;    /* kind of the notes that are open, or NULL */
    char seventh;        /* the extension that is open, or '\0' */
    int depth;           /* of the element that is open; the root is 1 */
    int words_depth;     /* of the element whose words are read, or 0 */
    struct strbuf words; /* of that element, with those of markup inside of it */
};

static bool has_words(const char *element)
{
    static const char *const names[] = {"name", "desc", "note", "extension", "version"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(element, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Elements that hold notes, and the property that each note becomes. */
static const char *note_kind(const char *element)
{
    static const char *const kinds[][2] = {
        {"inclusionTerm", "inclusion"},
        {"includes", "includes"},
        {"excludes1", "excludes1"},
        {"excludes2", "excludes2"},
        {"codeFirst", "code first"},
        {"useAdditionalCode", "use additional code"},
        {"codeAlso", "code also"},
        {"sevenChrNote", "seventh character"},
        {"notes", "note"},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(element, kinds[i][0]) == 0) {
            return kinds[i][1];
        }
    }
    return NULL;
}

static void open_node(struct tabular_reader *reader, bool is_group)
{
    struct tabular_node *node = arena_alloc(&reader->tabular->arena, sizeof(*node));

    *node = (struct tabular_node){
        .parent = reader->open, .is_group = is_group, .depth = reader->depth};
    node->notes_end = &node->notes;
    node->sevenths_end = &node->sevenths;
    if (reader->open != NULL && !is_group) {
        reader->open->has_children = true;
    }
    *reader->last = node;
    reader->last = &node->next;
    reader->open = node;
}

/* Codes lose their dot; a section of one category must not have that category's name. */
static bool name_node(struct tabular_reader *reader, struct tabular_node *node,
                      struct text name, struct error *err)
{
    struct arena *arena = &reader->tabular->arena;
    char normal[CODE_FORM_MAX];
    struct text code = code_normal(CODE_ICD10CM, name, normal);

    if (!node->is_group && code.len == 0) {
        return error_set(err, ERROR_SOURCE, "'%.*s' is no code", (int)name.len, name.at);
    }
    if (node->is_group && code.len > 0) {
        node->code = text_of(
            arena_printf(arena, "%.*s-%.*s", (int)code.len, code.at, (int)code.len, code.at));
    } else {
        node->code = arena_copy(arena, node->is_group ? name : code);
    }
    return true;
}

static bool on_open(void *context, const char *name, const char *const *attributes,
                    struct error *err)
{
    struct tabular_reader *reader = context;

    reader->depth++;
    if (reader->words_depth > 0) {
        return true;
    }
    if (has_words(name)) {
        reader->words_depth = reader->depth;
        strbuf_clear(&reader->words);
    }
    if (strcmp(name, "chapter") == 0 || strcmp(name, "diag") == 0) {
        open_node(reader, name[0] == 'c');
    } else if (strcmp(name, "section") == 0) {
        open_node(reader, true);
        return name_node(reader, reader->open, xml_attribute(attributes, "id"), err);
    } else if (strcmp(name, "extension") == 0) {
        struct text code = xml_attribute(attributes, "char");
        bool is_plain = code.len == 1 && ((code.at[0] >= '0' && code.at[0] <= '9') ||
                                          (code.at[0] >= 'A' && code.at[0] <= 'Z'));
        if (!is_plain) {
            return error_set(err, ERROR_SOURCE, "an extension is not one letter or digit");
        }
        reader->seventh = code.at[0];
    } else if (note_kind(name) != NULL) {
        reader->note = note_kind(name);
    }
    return true;
}

static void on_text(void *context, struct text piece)
{
    struct tabular_reader *reader = context;

    if (reader->words_depth > 0) {
        strbuf_add_text(&reader->words, piece);
    }
}

static void add_note(struct tabular_reader *reader, struct tabular_note ***end,
                     struct tabular_note note)
{
    struct tabular_note *copy = arena_alloc(&reader->tabular->arena, sizeof(*copy));

    *copy = note;
    **end = copy;
    *end = &copy->next;
}

static bool close_node(struct tabular_reader *reader, struct error *err)
{
    struct tabular_node *node = reader->open;
    struct strmap_entry *entry;

    reader->open = node->parent;
    if (node->code.len == 0) {
        return error_set(err, ERROR_SOURCE, "a chapter, section or code without a name");
    }
    if (tabular_find(reader->tabular, node->code) != NULL) {
        return error_set(err, ERROR_SOURCE, "'%s' stands there twice", node->code.at);
    }
    entry = strmap_put(&reader->tabular->by_code, node->code);
    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d codes", TABULAR_NODES_MAX);
    }
    entry->pointer = node;
    return true;
}

/* The words of an element that ends: which is it? */
static bool close_words(struct tabular_reader *reader, const char *name, struct text words,
                        struct error *err)
{
    struct tabular_node *node = reader->open;
    struct text copy = arena_copy(&reader->tabular->arena, words);

    if (node == NULL) {
        if (reader->depth == 2 && strcmp(name, "version") == 0) {
            reader->tabular->version = copy;
        }
    } else if (strcmp(name, "note") == 0 && reader->note != NULL) {
        add_note(reader, &node->notes_end,
                 (struct tabular_note){.kind = reader->note, .words = copy});
    } else if (strcmp(name, "extension") == 0) {
        add_note(reader, &node->sevenths_end,
                 (struct tabular_note){.code = reader->seventh, .words = copy});
    } else if (reader->depth == node->depth + 1 && strcmp(name, "desc") == 0) {
        node->display = copy;
    } else if (reader->depth == node->depth + 1 && strcmp(name, "name") == 0) {
        return name_node(reader, node, words, err);
    }
    return true;
}

static bool on_close(void *context, const char *name, struct error *err)
{
    struct tabular_reader *reader = context;
    bool ok = true;

    if (reader->words_depth > 0 && reader->words_depth < reader->depth) {
        reader->depth--; /* markup inside of words */
        return true;
    }
    if (strbuf_is_full(&reader->words)) {
        return error_set(err, ERROR_LIMIT, "a note is longer than %d bytes", TABULAR_NOTE_MAX);
    }
    if (reader->open != NULL && reader->depth == reader->open->depth) {
        ok = close_node(reader, err);
    } else if (reader->words_depth > 0) {
        ok = close_words(reader, name, xml_squeeze(&reader->words), err);
        reader->words_depth = 0;
    } else if (note_kind(name) != NULL) {
        reader->note = NULL;
    }
    reader->depth--;
    return ok;
}

bool tabular_read(struct tabular *tabular, struct text content, struct error *err)
{
    struct tabular_reader reader = {.tabular = tabular};
    struct xml_walk walk = {on_open, on_text, on_close, &reader};
    bool ok;

    *tabular = (struct tabular){0};
    strmap_init(&tabular->by_code, TABULAR_NODES_MAX);
    reader.last = &tabular->nodes;
    strbuf_init(&reader.words, TABULAR_NOTE_MAX);
    ok = xml_parse(content, &walk, err);
    strbuf_release(&reader.words);
    return ok;
}

void tabular_release(struct tabular *tabular)
{
    strmap_release(&tabular->by_code);
    arena_release(&tabular->arena);
    *tabular = (struct tabular){0};
}

struct tabular_node *tabular_find(const struct tabular *tabular, struct text code)
{
    struct strmap_entry *entry = strmap_find(&tabular->by_code, code);

    return entry == NULL ? NULL : entry->pointer;
}

const struct tabular_note *tabular_sevenths(const struct tabular_node *node)
{
    while (node != NULL && node->sevenths == NULL) {
        node = node->parent;
    }
    return node == NULL ? NULL : node->sevenths;
}
