/*
 * load_kind.c - which official file is this?  Its lines or its header tell; never its name.
 */
#include "terminology/delimited.h"
#include "terminology/load.h"

enum { PROBE_LINES = 200, FIELDS_MAX = 32, HEADER_COLUMNS = 4 };

static bool is_digits(struct text line, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++) {
        if (i >= line.len || line.at[i] < '0' || line.at[i] > '9') {
            return false;
        }
    }
    return true;
}

static bool is_code(enum code_dialect dialect, struct text code)
{
    char normal[CODE_FORM_MAX];

    return code_normal(dialect, text_trim(code), normal).len > 0;
}

static bool is_order_line(struct text line, enum code_dialect dialect)
{
    return line.len > 16 && is_digits(line, 0, 5) && line.at[5] == ' ' && line.at[13] == ' ' &&
           (line.at[14] == '0' || line.at[14] == '1') && line.at[15] == ' ' &&
           is_code(dialect, (struct text){line.at + 6, 7});
}

/* A code in `width` characters, a blank, a title. */
static bool is_title_line(struct text line, size_t width, enum code_dialect dialect)
{
    return line.len > width + 1 && line.at[width] == ' ' && line.at[width + 1] != ' ' &&
           is_code(dialect, (struct text){line.at, width});
}

/* Source, target, five flags; "NoDx" and "NoPCS" say that there is no target. */
static bool is_gem_line(struct text line, enum code_dialect from, enum code_dialect to)
{
    struct text words[3];
    int count = 0;

    for (size_t i = 0; i < line.len;) {
        size_t start = i;
        while (i < line.len && line.at[i] != ' ' && line.at[i] != '\t') {
            i++;
        }
        if (i > start) {
            if (count == 3) {
                return false;
            }
            words[count++] = (struct text){line.at + start, i - start};
        } else {
            i++;
        }
    }
    return count == 3 && words[2].len == 5 && is_digits(words[2], 0, 5) &&
           is_code(from, words[0]) &&
           (is_code(to, words[1]) || text_is(words[1], "NoDx") || text_is(words[1], "NoPCS"));
}

/* Fields between '|'; how many, without the empty one behind the last '|'. */
static int split_fields(struct text line, struct text fields[FIELDS_MAX])
{
    int count = 0;

    while (line.len > 0 && count < FIELDS_MAX) {
        const char *bar = memchr(line.at, '|', line.len);
        size_t len = bar == NULL ? line.len : (size_t)(bar - line.at);
        fields[count++] = (struct text){line.at, len};
        line.at += len + (bar != NULL);
        line.len -= len + (bar != NULL);
    }
    return count;
}

static bool is_atom_or_concept(struct text type)
{
    return text_is(type, "CUI") || text_is(type, "AUI") || text_is(type, "SCUI") ||
           text_is(type, "SDUI") || text_is(type, "CODE");
}

/* Rich Release Format of RxNorm: no header, numbers as concepts. */
static bool is_rrf_line(enum load_kind kind, struct text line)
{
    struct text f[FIELDS_MAX];
    int count = split_fields(line, f);

    if (line.len == 0 || line.at[line.len - 1] != '|') {
        return false;
    }
    switch ((int)kind) {
    case LOAD_RXNORM:
        return count == 18 && is_code(CODE_RXNORM, f[0]) && f[1].len == 3 && f[11].len > 0 &&
               f[12].len > 0;
    case LOAD_RXNORM_RELATIONS:
        return count == 16 && is_atom_or_concept(f[2]) && is_atom_or_concept(f[6]);
    case LOAD_RXNORM_ATTRIBUTES:
        return count == 13 && is_code(CODE_RXNORM, f[0]) && is_atom_or_concept(f[4]);
    default: /* RXNATOMARCHIVE: three times of day */
        return count == 16 && memchr(f[3].at, ':', f[3].len) != NULL &&
               memchr(f[4].at, ':', f[4].len) != NULL;
    }
}

static bool line_fits(enum load_kind kind, struct text line)
{
    switch ((int)kind) {
    case LOAD_ICD10CM:
        return is_order_line(line, CODE_ICD10CM);
    case LOAD_ICD10PCS:
        return is_order_line(line, CODE_ICD10PCS);
    case LOAD_ICD9CM:
        return is_title_line(line, 5, CODE_ICD9CM);
    case LOAD_ICD9CM_PROCEDURE:
        return is_title_line(line, 4, CODE_ICD9CM_PROCEDURE);
    case LOAD_GEM_9_10:
        return is_gem_line(line, CODE_ICD9CM, CODE_ICD10CM);
    case LOAD_GEM_10_9:
        return is_gem_line(line, CODE_ICD10CM, CODE_ICD9CM);
    case LOAD_GEM_9_PCS:
        return is_gem_line(line, CODE_ICD9CM_PROCEDURE, CODE_ICD10PCS);
    case LOAD_GEM_PCS_9:
        return is_gem_line(line, CODE_ICD10PCS, CODE_ICD9CM_PROCEDURE);
    default:
        return is_rrf_line(kind, line);
    }
}

/* The first lines, blank ones left out, are all of that kind; of a Rich Release Format, which is
 * like nothing else, the first. */
static bool lines_fit(enum load_kind kind, struct text content)
{
    int probe = load_main(kind) == LOAD_RXNORM ? 1 : PROBE_LINES;
    struct text line;
    int seen = 0;

    while (seen < probe && load_line(&content, &line)) {
        if (!text_is_blank(line)) {
            if (!line_fits(kind, line)) {
                return false;
            }
            seen++;
        }
    }
    return seen > 0;
}

static enum load_kind kind_of_header(struct text content, char delimiter, bool quotes)
{
    static const struct {
        enum load_kind kind;
        char delimiter;
        const char *columns[HEADER_COLUMNS];
    } headers[] = {
        {LOAD_LOINC, ',', {"LOINC_NUM", "COMPONENT", "PROPERTY", "STATUS"}},
        {LOAD_LOINC_MAP_TO, ',', {"LOINC", "MAP_TO", NULL, NULL}},
        {LOAD_ATC_ALTERATIONS, ',', {"Previous ATC code", "New ATC code", NULL, NULL}},
        {LOAD_ATC, ',', {"ATC code", "ATC level name", NULL, NULL}},
        {LOAD_ATC, ',', {"atc_code", "atc_name", NULL, NULL}},
        {LOAD_NDC, '\t', {"PRODUCTNDC", "NDCPACKAGECODE", NULL, NULL}},
        {LOAD_NDC_PRODUCTS, '\t', {"PRODUCTNDC", "PROPRIETARYNAME", NULL, NULL}},
        {LOAD_ATHENA, '\t', {"concept_id", "vocabulary_id", "concept_code", "concept_name"}},
        {LOAD_ATHENA_RELATIONS,
         '\t',
         {"concept_id_1", "concept_id_2", "relationship_id", NULL}},
        {LOAD_ATHENA_ANCESTORS,
         '\t',
         {"ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation", NULL}},
        {LOAD_ATHENA_SYNONYMS, '\t', {"concept_id", "concept_synonym_name", NULL, NULL}},
        {LOAD_ATHENA_VOCABULARIES, '\t', {"vocabulary_id", "vocabulary_name", NULL, NULL}},
        {LOAD_ATHENA_STRENGTH, '\t', {"drug_concept_id", "ingredient_concept_id", NULL, NULL}},
    };
    struct delimited table;
    enum load_kind kind = LOAD_UNKNOWN;

    delimited_init(&table, content, delimiter, quotes);
    if (delimited_next(&table)) {
        for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
            bool all = headers[i].delimiter == delimiter;
            for (int c = 0; all && c < HEADER_COLUMNS && headers[i].columns[c] != NULL; c++) {
                all = delimited_column(&table, headers[i].columns[c]) >= 0;
            }
            kind = all && kind == LOAD_UNKNOWN ? headers[i].kind : kind;
        }
    }
    delimited_release(&table);
    return kind;
}

static bool starts_element(struct text content, const char *name)
{
    content.len = content.len < 4096 ? content.len : 4096;
    return memmem(content.at, content.len, name, strlen(name)) != NULL;
}

enum load_kind load_kind_of(struct text content)
{
    static const enum load_kind by_line[] = {
        LOAD_ICD10CM,          LOAD_ICD10PCS,          LOAD_GEM_9_10,
        LOAD_GEM_10_9,         LOAD_GEM_9_PCS,         LOAD_GEM_PCS_9,
        LOAD_ICD9CM,           LOAD_ICD9CM_PROCEDURE,  LOAD_RXNORM,
        LOAD_RXNORM_RELATIONS, LOAD_RXNORM_ATTRIBUTES, LOAD_RXNORM_ARCHIVE,
    };
    enum load_kind kind;

    content = load_without_bom(content);
    for (size_t i = 0; i < sizeof(by_line) / sizeof(by_line[0]); i++) {
        if (lines_fit(by_line[i], content)) {
            return by_line[i];
        }
    }
    if (starts_element(content, "<ClaML")) {
        return LOAD_CLAML;
    }
    if (starts_element(content, "<ICD10CM.tabular")) {
        return LOAD_ICD10CM_TABULAR;
    }
    if (starts_element(content, "ucum-essence")) {
        return LOAD_UCUM;
    }
    kind = kind_of_header(content, ',', true);
    return kind != LOAD_UNKNOWN ? kind : kind_of_header(content, '\t', false);
}
