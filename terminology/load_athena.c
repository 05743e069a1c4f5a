#include "terminology/load_athena.h"

#include "core/calendar.h"

#include <stdio.h>
#include <stdlib.h>

enum { END_OF_TIME = 2099 };

struct athena_pick {  /* a concept of the vocabulary, before doubles are left out */
    struct text code; /* in normal form */
    const struct athena_concept *concept;
    uint32_t end; /* last day, 20991231 */
    bool is_invalid;
};

static enum code_dialect dialect_of(struct text vocabulary)
{
    static const struct {
        const char *vocabulary;
        enum code_dialect dialect;
    } known[] = {
        {"ICD10CM", CODE_ICD10CM}, {"ICD10PCS", CODE_ICD10PCS},
        {"ICD9CM", CODE_ICD9CM},   {"ICD9Proc", CODE_ICD9CM_PROCEDURE},
        {"ICD10", CODE_ICD10},     {"ICD10GM", CODE_ICD10_GM},
        {"LOINC", CODE_LOINC},     {"ATC", CODE_ATC},
        {"RxNorm", CODE_RXNORM},   {"NDC", CODE_NDC},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_is(vocabulary, known[i].vocabulary)) {
            return known[i].dialect;
        }
    }
    return CODE_PLAIN;
}

bool load_athena_wants(const struct athena *athena, uint32_t vocabulary)
{
    static const char *const own[] = {"None",   "Vocabulary",   "Domain",  "Concept Class",
                                      "Cohort", "Relationship", "Metadata"};

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        if (text_is(athena->vocabularies[vocabulary].id, own[i])) {
            return false;
        }
    }
    return athena->vocabularies[vocabulary].count > 0;
}

/* What stands in no code of its system's shape (parts of LOINC, chapters) stays as it is. */
static struct text normal_of(enum code_dialect dialect, struct text code, struct arena *arena)
{
    char out[CODE_FORM_MAX];
    struct text normal = code_normal(dialect, code, out);

    return normal.len == 0 ? code : text_equal(normal, code) ? code : arena_copy(arena, normal);
}

static int by_code(const void *a, const void *b)
{
    const struct athena_pick *x = a;
    const struct athena_pick *y = b;
    int order = text_compare(x->code, y->code);

    if (order != 0) {
        return order;
    }
    if (x->is_invalid != y->is_invalid) {
        return x->is_invalid ? 1 : -1;
    }
    if (x->end != y->end) {
        return x->end > y->end ? -1 : 1;
    }
    return x->concept->id < y->concept->id ? -1 : 1;
}

static struct athena_pick *pick(const struct athena *athena, uint32_t vocabulary,
                                struct arena *arena, size_t *count)
{
    uint32_t wanted = athena->vocabularies[vocabulary].count;
    struct athena_pick *picks = xcalloc(wanted, sizeof(*picks));
    enum code_dialect dialect = dialect_of(athena->vocabularies[vocabulary].id);

    *count = 0;
    for (size_t i = 0; i < athena->nconcepts && *count < wanted; i++) {
        const struct athena_concept *concept = &athena->concepts[i];
        struct text cells[ATHENA_CELLS];
        if (concept->vocabulary == vocabulary) {
            athena_cells(athena, concept, cells);
            picks[(*count)++] =
                (struct athena_pick){.code = normal_of(dialect, cells[ATHENA_CODE], arena),
                                     .concept = concept,
                                     .end = link_number(cells[ATHENA_END]),
                                     .is_invalid = cells[ATHENA_INVALID].len > 0};
        }
    }
    qsort(picks, *count, sizeof(*picks), by_code);
    return picks;
}

/* 20051231 as days; CODE_NO_DAY for what Athena means by "always". */
static int32_t day_of(uint32_t number)
{
    int year = (int)(number / 10000);
    int32_t day;

    return year > 1970 && year < END_OF_TIME &&
                   calendar_days(year, (int)(number / 100 % 100), (int)(number % 100), &day)
               ? day
               : CODE_NO_DAY;
}

/* The code in its own vocabulary, else "VOCABULARY|code". */
static struct text token_of(const struct athena *athena, const struct athena_concept *concept,
                            uint32_t home, struct arena *arena)
{
    struct text vocabulary = athena->vocabularies[concept->vocabulary].id;
    struct text cells[ATHENA_CELLS];
    struct text code;

    athena_cells(athena, concept, cells);
    code = normal_of(dialect_of(vocabulary), cells[ATHENA_CODE], arena);
    return concept->vocabulary == home
               ? code
               : text_of(arena_printf(arena, "%.*s|%.*s", (int)vocabulary.len, vocabulary.at,
                                      (int)code.len, code.at));
}

/* The first "Is a" within the vocabulary, else the first ancestor one level up. */
static const struct athena_concept *parent_of(const struct athena *athena,
                                              const struct athena_concept *concept,
                                              enum athena_link *how)
{
    static const enum athena_link kinds[] = {ATHENA_IS_A, ATHENA_CHILD_OF};
    size_t first;
    size_t count = links_find(&athena->links, concept->id, &first);

    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        for (size_t i = first; i < first + count; i++) {
            const struct load_link *link = &athena->links.at[i];
            const struct athena_concept *above = athena_find(athena, (uint32_t)link->value);
            if (link->kind == kinds[k] && above != NULL &&
                above->vocabulary == concept->vocabulary) {
                *how = kinds[k];
                return above;
            }
        }
    }
    return NULL;
}

static void add_links(const struct athena *athena, const struct athena_pick *pick,
                      const struct athena_concept *parent, enum athena_link how,
                      struct pack_builder *builder)
{
    size_t first;
    size_t count = links_find(&athena->links, pick->concept->id, &first);

    for (size_t i = first; i < first + count; i++) {
        const struct load_link *link = &athena->links.at[i];
        const struct athena_concept *target;
        struct code_relation relation = {.kind = PACK_RELATED};
        if (link->kind == ATHENA_SYNONYM) {
            pack_builder_property(builder, "synonym", athena_synonym(athena, link->value));
            continue;
        }
        target = athena_find(athena, (uint32_t)link->value);
        if (link->kind == ATHENA_CHILD_OF ||
            (target == parent && link->kind == (uint32_t)how)) {
            continue; /* the hierarchy says it */
        }
        relation.target = token_of(athena, target, pick->concept->vocabulary, &builder->arena);
        if (link->kind == ATHENA_MAPS_TO) {
            relation.kind = PACK_MAPS_TO;
        } else if (link->kind == ATHENA_REPLACED_BY &&
                   target->vocabulary == pick->concept->vocabulary) {
            relation.kind = PACK_REPLACED_BY;
        } else {
            relation.note = text_of(athena_link_name((enum athena_link)link->kind));
        }
        pack_builder_relate(builder, pick->code, &relation);
    }
}

/* "3-char nonbill code" and its like are headings. */
static bool is_heading(struct text class)
{
    return class.len > 0 && memmem(class.at, class.len, "nonbill", 7) != NULL;
}

/* False: it has no name. */
static bool add_concept(const struct athena *athena, const struct athena_pick *pick,
                        struct pack_builder *builder)
{
    enum athena_link how = ATHENA_IS_A;
    const struct athena_concept *parent = parent_of(athena, pick->concept, &how);
    struct code_entry entry = {.code = pick->code};
    struct text above = {"", 0};
    struct text cells[ATHENA_CELLS];
    int32_t last = day_of(pick->end);

    athena_cells(athena, pick->concept, cells);
    entry.display = cells[ATHENA_NAME];
    entry.status = pick->is_invalid ? CODE_DEPRECATED : CODE_ACTIVE;
    entry.flags = is_heading(cells[ATHENA_CLASS]) ? 0 : CODE_BILLABLE;
    entry.from = day_of(link_number(cells[ATHENA_START]));
    entry.until = last == CODE_NO_DAY ? CODE_NO_DAY : last + 1;
    if (parent != NULL) {
        above = token_of(athena, parent, pick->concept->vocabulary, &builder->arena);
        above.len = text_equal(above, pick->code) ? 0 : above.len; /* a double of this one */
    }
    pack_builder_add(builder, &entry, above);
    pack_builder_property(builder, "concept_id", cells[ATHENA_ID]);
    pack_builder_property(builder, "domain", cells[ATHENA_DOMAIN]);
    pack_builder_property(builder, "class", cells[ATHENA_CLASS]);
    pack_builder_property(builder, "standard", cells[ATHENA_STANDARD]);
    add_links(athena, pick, parent, how, builder);
    return entry.display.len > 0;
}

/* Small letters for a name; what a file's name cannot hold becomes `other`. */
static void put_word(char *out, size_t size, struct text text, bool is_small, char other)
{
    size_t len = 0;

    for (size_t i = 0; i < text.len && len + 1 < size; i++) {
        char byte = text.at[i];
        bool is_capital = byte >= 'A' && byte <= 'Z';
        bool is_plain = is_capital || (byte >= 'a' && byte <= 'z') ||
                        (byte >= '0' && byte <= '9') || byte == '.' || byte == '_';
        out[len++] = !is_plain                ? other
                     : is_capital && is_small ? (char)(byte + ('a' - 'A'))
                                              : byte;
    }
    out[len] = '\0';
}

static void put_facts(const struct athena *athena, uint32_t number, struct load_facts *facts)
{
    const struct athena_vocabulary *vocabulary = &athena->vocabularies[number];
    struct text version = vocabulary->version;

    for (uint32_t i = 0; version.len == 0 && i < athena->nvocabularies; i++) {
        if (text_is(athena->vocabularies[i].id, "None")) {
            version = athena->vocabularies[i].version;
        }
    }
    snprintf(facts->name, sizeof(facts->name), "athena-");
    put_word(facts->name + 7, sizeof(facts->name) - 7, vocabulary->id, true, '-');
    put_word(facts->version, 40, version, false, '_');
    snprintf(facts->title, sizeof(facts->title), "%.*s, from Athena",
             vocabulary->name.len > 100 ? 100 : (int)vocabulary->name.len, vocabulary->name.at);
    facts->dialect = dialect_of(vocabulary->id);
}

void load_athena(const struct athena *athena, uint32_t vocabulary, struct pack_builder *builder,
                 struct load_facts *facts)
{
    size_t count;
    size_t doubles = 0;
    size_t nameless = 0;
    struct athena_pick *picks = pick(athena, vocabulary, &builder->arena, &count);

    put_facts(athena, vocabulary, facts);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && text_equal(picks[i - 1].code, picks[i].code)) {
            doubles++;
        } else {
            nameless += !add_concept(athena, &picks[i], builder);
        }
    }
    if (nameless > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%zu concepts have no name: of CPT4, the download's cpt4.jar fetches them",
                 nameless);
    } else if (doubles > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%zu concepts have the code of another one and are left out", doubles);
    }
    free(picks);
}

void load_athena_word(const struct athena *athena, const struct load_set *set, char word[256])
{
    word[0] = '\0';
    if (set->content[LOAD_ATHENA_VOCABULARIES].len == 0) {
        snprintf(word, 256, "without VOCABULARY nothing says whether the download is whole");
    } else if (athena->stray > 0) {
        snprintf(word, 256, "%llu relations or synonyms are of concepts that are not there",
                 (unsigned long long)athena->stray);
    } else if (set->content[LOAD_ATHENA_STRENGTH].len > 0) {
        snprintf(word, 256, "DRUG_STRENGTH is not read");
    }
}
