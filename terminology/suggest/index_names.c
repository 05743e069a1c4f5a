#include "terminology/suggest/index_names.h"

#include "core/ident.h"

#include <stdlib.h>

static const struct property_role {
    const char *name;
    enum name_role role;
} roles[] = {
    {"SHORTNAME", NAME_OTHER}, {"DisplayName", NAME_OTHER},     {"CONSUMER_NAME", NAME_OTHER},
    {"short", NAME_OTHER},     {"label", NAME_OTHER},           {"inclusion", NAME_OTHER},
    {"synonym", NAME_OTHER},   {"RELATEDNAMES2", NAME_RELATED},
};

static struct text property_of(const struct code_pack *pack, uint32_t row, const char *wanted)
{
    struct text name;
    struct text value;

    for (size_t at = 0; code_pack_property(pack, row, &at, &name, &value);) {
        if (text_is(name, wanted)) {
            return value;
        }
    }
    return (struct text){"", 0};
}

static bool is_suggestable(const struct code_pack *pack, uint32_t row)
{
    struct code_entry entry = code_pack_entry(pack, row);

    return (entry.flags & CODE_GROUP) == 0 && entry.display.len > 0;
}

/* Concepts in the order of their first row. */
static void find_concepts(struct suggest_index *index)
{
    uint32_t nrows = code_pack_count(index->pack);
    struct strmap cores;

    strmap_init(&cores, nrows + 1);
    index->concept_of = xcalloc((size_t)nrows + 1, sizeof(uint32_t));
    for (uint32_t row = 0; row < nrows; row++) {
        struct text core = property_of(index->pack, row, "COMPONENT");
        struct strmap_entry *entry;
        index->concept_of[row] = CODE_NONE;
        if (!is_suggestable(index->pack, row)) {
            continue;
        }
        if (core.len == 0) {
            index->concept_of[row] = index->nconcepts++;
            continue;
        }
        index->has_axes = true;
        entry = strmap_put(&cores, core);
        if (entry->number == 0) {
            entry->number = ++index->nconcepts;
        }
        index->concept_of[row] = (uint32_t)entry->number - 1;
    }
    strmap_release(&cores);
}

static void list_rows(struct suggest_index *index)
{
    uint32_t nrows = code_pack_count(index->pack);
    struct number_lists *rows = &index->rows;

    rows->at = xcalloc((size_t)index->nconcepts + 2, sizeof(uint32_t));
    rows->items = xcalloc((size_t)nrows + 1, sizeof(uint32_t));
    for (uint32_t row = 0; row < nrows; row++) {
        if (index->concept_of[row] != CODE_NONE) {
            rows->at[index->concept_of[row] + 2]++;
        }
    }
    for (uint32_t i = 2; i < index->nconcepts + 2; i++) {
        rows->at[i] += rows->at[i - 1];
    }
    for (uint32_t row = 0; row < nrows; row++) {
        if (index->concept_of[row] != CODE_NONE) {
            rows->items[rows->at[index->concept_of[row] + 1]++] = row;
        }
    }
}

uint32_t index_word_number(struct suggest_index *index, struct index_names *names,
                           struct text word)
{
    struct strmap_entry *entry = strmap_put(&index->vocabulary, word);

    if (entry == NULL) {
        return CODE_NONE;
    }
    if (entry->number == 0) {
        if (index->nwords == names->df_size) {
            names->df_size = names->df_size == 0 ? 4096 : names->df_size * 2;
            names->df = xrealloc(names->df, names->df_size * sizeof(uint32_t));
            names->last = xrealloc(names->last, names->df_size * sizeof(uint32_t));
            index->words = xrealloc(index->words, names->df_size * sizeof(struct text));
        }
        names->df[index->nwords] = 0;
        names->last[index->nwords] = CODE_NONE;
        index->words[index->nwords] = entry->key;
        entry->number = ++index->nwords;
    }
    return (uint32_t)entry->number - 1;
}

static void add_name(struct suggest_index *index, struct index_names *names,
                     struct index_name name, struct text text)
{
    struct name_form form;

    name_form_make(&form, index->lexicon, text);
    if (form.nwords == 0 || names->count == INDEX_SURFACES_MAX) {
        return;
    }
    if (names->nwords + NAME_WORDS_MAX > names->words_size) {
        names->words_size = names->words_size * 2 + 65536;
        names->words = xrealloc(names->words, names->words_size * sizeof(uint32_t));
    }
    if (names->count == names->size) {
        names->size = names->size * 2 + 4096;
        names->at = xrealloc(names->at, names->size * sizeof(*names->at));
    }
    name.first = (uint32_t)names->nwords;
    for (int i = 0; i < form.nwords; i++) {
        uint32_t word = index_word_number(index, names, form.words[i]);
        if (word == CODE_NONE) {
            continue;
        }
        if (names->last[word] != name.concept) {
            names->last[word] = name.concept;
            names->df[word]++;
        }
        names->words[names->nwords++] = word;
    }
    name.nwords = (uint16_t)(names->nwords - name.first);
    names->at[names->count++] = name;
}

static uint8_t marks_of(struct text core)
{
    unsigned marks = 0;

    for (size_t i = 0; i < core.len; i++) {
        marks |= core.at[i] == '/'   ? CORE_RATIO
                 : core.at[i] == '^' ? CORE_CHALLENGE
                 : core.at[i] == '.' ? CORE_PART
                                     : 0U;
    }
    return (uint8_t)marks;
}

/* "a and b", "a, combinations", "a / b". */
static uint8_t mix_of(struct text display)
{
    static const char *const marks[] = {" and ", "combinations", " / ", " with "};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t len = strlen(marks[i]);
        for (size_t at = 0; at + len <= display.len; at++) {
            if (memcmp(display.at + at, marks[i], len) == 0) {
                return CORE_MIX;
            }
        }
    }
    return 0;
}

/* ATC says the route and the use in the names above a substance. */
static void add_ancestors(struct suggest_index *index, struct index_names *names,
                          struct index_name name)
{
    uint32_t parent = code_pack_entry(index->pack, name.row).parent;

    name.role = NAME_RELATED;
    for (int depth = 0; parent != CODE_NONE && depth < 4; depth++) {
        struct code_entry entry = code_pack_entry(index->pack, parent);
        add_name(index, names, name, entry.display);
        parent = entry.parent;
    }
}

static void add_row(struct suggest_index *index, struct index_names *names,
                    struct index_name name)
{
    struct text display = code_pack_entry(index->pack, name.row).display;
    struct text property;
    struct text value;

    if (index->has_axes) {
        name.role = NAME_OTHER;
        add_name(index, names, name, display);
    }
    for (size_t at = 0; code_pack_property(index->pack, name.row, &at, &property, &value);) {
        for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
            if (text_is(property, roles[i].name)) {
                name.role = (uint8_t)roles[i].role;
                add_name(index, names, name, value);
            }
        }
    }
    if (code_pack_dialect(index->pack) == CODE_ATC) {
        add_ancestors(index, names, name);
    }
}

/* The words and the hash of what stands before a "/". */
static void read_top(struct suggest_index *index, uint32_t concept, struct text core)
{
    const char *slash = core.len == 0 ? NULL : memchr(core.at, '/', core.len);
    char joined[NAME_BYTES_MAX];
    struct name_form form;
    size_t len;

    index->core_top[concept] = UINT16_MAX;
    if (slash == NULL || (index->core_marks[concept] & CORE_RATIO) == 0) {
        return;
    }
    name_form_make(&form, index->lexicon, (struct text){core.at, (size_t)(slash - core.at)});
    len = name_form_join(&form, joined, sizeof(joined));
    index->core_top[concept] = (uint16_t)form.nwords;
    index->top_hash[concept] = checksum_of(joined, len);
}

void index_names_read(struct suggest_index *index, struct index_names *names)
{
    find_concepts(index);
    list_rows(index);
    index->core_marks = xcalloc((size_t)index->nconcepts + 1, 1);
    index->concept_hash = xcalloc((size_t)index->nconcepts + 1, sizeof(uint64_t));
    index->core_top = xcalloc((size_t)index->nconcepts + 1, sizeof(uint16_t));
    index->top_hash = xcalloc((size_t)index->nconcepts + 1, sizeof(uint64_t));
    strmap_init(&index->vocabulary, INDEX_WORDS_MAX);
    for (uint32_t concept = 0; concept < index->nconcepts; concept ++) {
        uint32_t first = index->rows.items[index->rows.at[concept]];
        struct text core = property_of(index->pack, first, "COMPONENT");
        struct text key = core.len > 0 ? core : code_pack_entry(index->pack, first).code;
        index->concept_hash[concept] = checksum_of(key.at, key.len);
        if (core.len == 0) {
            core = code_pack_entry(index->pack, first).display;
            index->core_marks[concept] = index->is_drug ? mix_of(core) : 0;
        } else {
            index->core_marks[concept] = marks_of(core);
        }
        read_top(index, concept, core);
        add_name(index, names, (struct index_name){concept, first, 0, 0, NAME_CORE}, core);
        for (uint32_t i = index->rows.at[concept]; i < index->rows.at[concept + 1]; i++) {
            add_row(index, names,
                    (struct index_name){concept, index->rows.items[i], 0, 0, NAME_OTHER});
        }
    }
    index_aliases_read(index, names);
}

void index_names_release(struct index_names *names)
{
    free(names->at);
    free(names->words);
    free(names->df);
    free(names->last);
    *names = (struct index_names){0};
}
