#include "terminology/athena.h"

#include "core/strmap.h"

#include <stdlib.h>

static const char *const link_names[] = {
#define X(link, name) name,
    ATHENA_LINK_LIST(X)
#undef X
};

enum { RELATION_CELLS = 6, ANCESTOR_CELLS = 4, SYNONYM_CELLS = 3, VOCABULARY_CELLS = 5 };

const char *athena_link_name(enum athena_link link)
{
    return link_names[link];
}

/* `count` cells; one with TABs inside is cell `wide`: those before it are counted from the left,
 * those behind it from the right. */
static bool split(struct text line, struct text *cells, int count, int wide)
{
    for (int i = 0; i < wide; i++) {
        const char *tab = memchr(line.at, '\t', line.len);
        if (tab == NULL) {
            return false;
        }
        cells[i] = (struct text){line.at, (size_t)(tab - line.at)};
        line.at += cells[i].len + 1;
        line.len -= cells[i].len + 1;
    }
    for (int i = count - 1; i > wide; i--) {
        const char *tab = memrchr(line.at, '\t', line.len);
        if (tab == NULL) {
            return false;
        }
        cells[i] = (struct text){tab + 1, (size_t)(line.at + line.len - tab - 1)};
        line.len = (size_t)(tab - line.at);
    }
    cells[wide] = line;
    return true;
}

void athena_cells(const struct athena *athena, const struct athena_concept *concept,
                  struct text cells[ATHENA_CELLS])
{
    struct text rest = athena->concept_file;
    struct text line = {"", 0};

    rest.at += concept->at;
    rest.len -= concept->at;
    (void)!load_line(&rest, &line);
    (void)!split(line, cells, ATHENA_CELLS, ATHENA_NAME);
}

struct text athena_synonym(const struct athena *athena, uint64_t at)
{
    struct text rest = athena->synonym_file;
    struct text line = {"", 0};
    struct text cells[SYNONYM_CELLS];

    rest.at += at;
    rest.len -= at;
    (void)!load_line(&rest, &line);
    (void)!split(line, cells, SYNONYM_CELLS, 1);
    return cells[1];
}

/* One table: its rows behind the header go to `take`, which answers "" or what is wrong. */
struct table {
    struct athena *athena;
    const char *name;
    const char *header; /* cells are known by their place: these and no others */
    struct text content;
    int cells;
    int wide;
    const char *(*take)(struct athena *athena, const struct text *cells, uint64_t at);
};

static bool read_table(const struct table *table, struct error *err)
{
    struct text rest = table->content;
    struct text line;
    struct text cells[ATHENA_CELLS];
    size_t row = 1;

    if (rest.len > 0 && rest.at[rest.len - 1] != '\n') {
        return error_set(err, ERROR_SOURCE, "%s is cut: its last line has no end", table->name);
    }
    for (bool is_header = true; rest.len > 0; is_header = false, row++) {
        uint64_t at = (uint64_t)(rest.at - table->content.at);
        const char *wrong = "";
        if (!load_line(&rest, &line) || line.len == 0) {
            continue;
        }
        if (is_header) {
            if (!text_equal_nocase(load_without_bom(line), text_of(table->header))) {
                return error_set(err, ERROR_SOURCE, "%s has other columns than Athena's",
                                 table->name);
            }
            continue;
        }
        wrong = split(line, cells, table->cells, table->wide)
                    ? table->take(table->athena, cells, at)
                    : "it has too few cells";
        if (wrong[0] != '\0') {
            return error_set(err, ERROR_SOURCE, "%s, row %zu: %s", table->name, row, wrong);
        }
    }
    return true;
}

static struct athena_vocabulary *vocabulary_of(struct athena *athena, struct text id,
                                               uint32_t *number)
{
    uint32_t i = 0;

    while (i < athena->nvocabularies && !text_equal(athena->vocabularies[i].id, id)) {
        i++;
    }
    *number = i;
    if (i == ATHENA_VOCABULARIES_MAX) {
        return NULL;
    }
    if (i == athena->nvocabularies) {
        athena->vocabularies[athena->nvocabularies++] = (struct athena_vocabulary){.id = id};
    }
    return &athena->vocabularies[i];
}

static bool is_day(struct text cell)
{
    return cell.len == 8 && link_number(cell) > 0;
}

static const char *take_concept(struct athena *athena, const struct text *cells, uint64_t at)
{
    struct athena_concept concept = {.id = link_number(cells[ATHENA_ID]), .at = at};
    /* concepts of a vocabulary mostly follow each other */
    const struct athena_concept *last =
        athena->nconcepts == 0 ? NULL : &athena->concepts[athena->nconcepts - 1];
    struct athena_vocabulary *vocabulary;

    if ((concept.id == 0 && !text_is(cells[ATHENA_ID], "0")) || cells[ATHENA_CODE].len == 0 ||
        !is_day(cells[ATHENA_START]) || !is_day(cells[ATHENA_END]) ||
        cells[ATHENA_STANDARD].len > 1 || cells[ATHENA_INVALID].len > 1) {
        return "not a concept";
    }
    if (last != NULL &&
        text_equal(athena->vocabularies[last->vocabulary].id, cells[ATHENA_VOCABULARY])) {
        concept.vocabulary = last->vocabulary;
        vocabulary = &athena->vocabularies[concept.vocabulary];
    } else {
        vocabulary = vocabulary_of(athena, cells[ATHENA_VOCABULARY], &concept.vocabulary);
    }
    if (vocabulary == NULL || athena->nconcepts == ATHENA_CONCEPTS_MAX) {
        return "more concepts or vocabularies than can be read";
    }
    vocabulary->count++;
    if (athena->nconcepts == athena->concepts_size) {
        athena->concepts_size = athena->concepts_size == 0 ? 1024 : athena->concepts_size * 2;
        athena->concepts =
            xrealloc(athena->concepts, athena->concepts_size * sizeof(*athena->concepts));
    }
    athena->concepts[athena->nconcepts++] = concept;
    return "";
}

static int by_id(const void *a, const void *b)
{
    const struct athena_concept *x = a;
    const struct athena_concept *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

static bool sort_concepts(struct athena *athena, struct error *err)
{
    if (athena->nconcepts > 1) {
        qsort(athena->concepts, athena->nconcepts, sizeof(*athena->concepts), by_id);
    }
    for (size_t i = 1; i < athena->nconcepts; i++) {
        if (athena->concepts[i - 1].id == athena->concepts[i].id) {
            return error_set(err, ERROR_SOURCE, "CONCEPT: concept %u stands there twice",
                             athena->concepts[i].id);
        }
    }
    return true;
}

const struct athena_concept *athena_find(const struct athena *athena, uint32_t id)
{
    const struct athena_concept key = {.id = id};

    return athena->nconcepts == 0 ? NULL
                                  : bsearch(&key, athena->concepts, athena->nconcepts,
                                            sizeof(*athena->concepts), by_id);
}

static const char *take_vocabulary(struct athena *athena, const struct text *cells, uint64_t at)
{
    uint32_t number;
    struct athena_vocabulary *vocabulary = vocabulary_of(athena, cells[0], &number);

    (void)at;
    if (vocabulary == NULL) {
        return "more vocabularies than can be read";
    }
    if (athena_find(athena, link_number(cells[4])) == NULL) {
        return "the vocabulary's own concept is not in CONCEPT: the download was cut";
    }
    vocabulary->name = cells[1];
    vocabulary->version = cells[3];
    return "";
}

static bool link_of(struct text name, uint32_t *link)
{
    for (uint32_t i = ATHENA_IS_A; i < ATHENA_CHILD_OF; i++) {
        if (text_is(name, link_names[i])) {
            *link = i;
            return true;
        }
    }
    return false;
}

static void add_link(struct athena *athena, uint32_t from, uint32_t to, uint32_t kind)
{
    if (athena_find(athena, from) == NULL || athena_find(athena, to) == NULL) {
        athena->stray++;
    } else if (from != to) { /* a concept that maps to itself is standard, no more */
        links_add(&athena->links, (struct load_link){from, kind, to});
    }
}

static const char *take_relation(struct athena *athena, const struct text *cells, uint64_t at)
{
    uint32_t kind;

    (void)at;
    if (!is_day(cells[3]) || !is_day(cells[4]) || cells[5].len > 1) {
        return "not a relation";
    }
    if (cells[5].len == 0 && link_of(cells[2], &kind)) {
        add_link(athena, link_number(cells[0]), link_number(cells[1]), kind);
    }
    return "";
}

static const char *take_ancestor(struct athena *athena, const struct text *cells, uint64_t at)
{
    (void)at;
    if (text_is(cells[2], "1")) {
        add_link(athena, link_number(cells[1]), link_number(cells[0]), ATHENA_CHILD_OF);
    }
    return "";
}

static const char *take_synonym(struct athena *athena, const struct text *cells, uint64_t at)
{
    uint32_t id = link_number(cells[0]);

    if (athena_find(athena, id) == NULL) {
        athena->stray++;
    } else {
        links_add(&athena->links, (struct load_link){id, ATHENA_SYNONYM, at});
    }
    return "";
}

/* The linking tables, once the concepts are known. */
static bool read_links(struct athena *athena, const struct load_set *set, struct error *err)
{
    const struct table tables[] = {
        {athena, "VOCABULARY",
         "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version\t"
         "vocabulary_concept_id",
         set->content[LOAD_ATHENA_VOCABULARIES], VOCABULARY_CELLS, 1, take_vocabulary},
        {athena, "CONCEPT_RELATIONSHIP",
         "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\t"
         "invalid_reason",
         set->content[LOAD_ATHENA_RELATIONS], RELATION_CELLS, 2, take_relation},
        {athena, "CONCEPT_ANCESTOR",
         "ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\t"
         "max_levels_of_separation",
         set->content[LOAD_ATHENA_ANCESTORS], ANCESTOR_CELLS, 0, take_ancestor},
        {athena, "CONCEPT_SYNONYM", "concept_id\tconcept_synonym_name\tlanguage_concept_id",
         athena->synonym_file, SYNONYM_CELLS, 1, take_synonym},
    };
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof(tables) / sizeof(tables[0]); i++) {
        ok = read_table(&tables[i], err);
    }
    return ok && links_sort(&athena->links, err);
}

bool athena_read(struct athena *athena, const struct load_set *set, struct error *err)
{
    struct table concepts = {.athena = athena,
                             .name = "CONCEPT",
                             .header = "concept_id\tconcept_name\tdomain_id\tvocabulary_id\t"
                                       "concept_class_id\tstandard_concept\tconcept_code\t"
                                       "valid_start_date\tvalid_end_date\tinvalid_reason",
                             .cells = ATHENA_CELLS,
                             .wide = ATHENA_NAME,
                             .take = take_concept};

    *athena = (struct athena){0};
    athena->vocabularies = xcalloc(ATHENA_VOCABULARIES_MAX, sizeof(*athena->vocabularies));
    athena->concept_file = load_utf8(set->content[LOAD_ATHENA], &athena->arena);
    athena->synonym_file = load_utf8(set->content[LOAD_ATHENA_SYNONYMS], &athena->arena);
    concepts.content = athena->concept_file;
    return read_table(&concepts, err) && sort_concepts(athena, err) &&
           read_links(athena, set, err);
}

void athena_release(struct athena *athena)
{
    free(athena->concepts);
    free(athena->vocabularies);
    links_release(&athena->links);
    arena_release(&athena->arena);
    *athena = (struct athena){0};
}
