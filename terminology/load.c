#include "terminology/load.h"

#include "terminology/delimited.h"

#include <stdio.h>

enum { PROBE_LINES = 200 };

static const struct {
    const char *name;
    enum code_dialect dialect;
    const char *what;
} kinds[] = {
#define X(kind, name, dialect, what) {name, dialect, what},
    LOAD_KIND_LIST(X)
#undef X
};

const char *load_name(enum load_kind kind)
{
    return kinds[kind].name;
}

const char *load_what(enum load_kind kind)
{
    return kinds[kind].what;
}

enum code_dialect load_dialect(enum load_kind kind)
{
    return kinds[kind].dialect;
}

bool load_line(struct text *rest, struct text *line)
{
    const char *end;

    if (rest->len == 0) {
        return false;
    }
    end = memchr(rest->at, '\n', rest->len);
    *line = (struct text){rest->at, end == NULL ? rest->len : (size_t)(end - rest->at)};
    rest->at += line->len + (end != NULL);
    rest->len -= line->len + (end != NULL);
    if (line->len > 0 && line->at[line->len - 1] == '\r') {
        line->len--;
    }
    return true;
}

struct text load_utf8(struct text content, struct arena *arena)
{
    char *out;
    size_t len = 0;

    if (text_is_utf8(content)) {
        return content;
    }
    out = arena_bytes(arena, content.len * 2);
    for (size_t i = 0; i < content.len; i++) {
        unsigned char byte = (unsigned char)content.at[i];
        if (byte < 0x80) {
            out[len++] = (char)byte;
        } else {
            out[len++] = (char)(0xC0 | (byte >> 6));
            out[len++] = (char)(0x80 | (byte & 0x3F));
        }
    }
    return (struct text){out, len};
}

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

static bool is_icd10cm_line(struct text line)
{
    return line.len > 16 && is_digits(line, 0, 5) && line.at[5] == ' ' && line.at[13] == ' ' &&
           (line.at[14] == '0' || line.at[14] == '1') && line.at[15] == ' ' &&
           is_code(CODE_ICD10CM, (struct text){line.at + 6, 7});
}

/* A code in `width` characters, a blank, a title. */
static bool is_title_line(struct text line, size_t width, enum code_dialect dialect)
{
    return line.len > width + 1 && line.at[width] == ' ' && line.at[width + 1] != ' ' &&
           is_code(dialect, (struct text){line.at, width});
}

static bool is_gem_line(struct text line, enum code_dialect dialect)
{
    size_t source = 0;

    while (source < line.len && line.at[source] != ' ') {
        source++;
    }
    return line.len > source + 6 && is_digits(line, line.len - 5, 5) &&
           line.at[line.len - 6] == ' ' && is_code(dialect, (struct text){line.at, source});
}

static bool line_fits(enum load_kind kind, struct text line)
{
    switch (kind) {
    case LOAD_ICD10CM:
        return is_icd10cm_line(line);
    case LOAD_ICD9CM:
        return is_title_line(line, 5, CODE_ICD9CM);
    case LOAD_ICD9CM_PROCEDURE:
        return is_title_line(line, 4, CODE_ICD9CM_PROCEDURE);
    case LOAD_GEM_9_10:
        return is_gem_line(line, CODE_ICD9CM);
    case LOAD_GEM_10_9:
        return is_gem_line(line, CODE_ICD10CM);
    case LOAD_LOINC:
    case LOAD_UCUM:
    case LOAD_CLAML:
    case LOAD_ATC:
    case LOAD_LOINC_MAP_TO:
    case LOAD_ATC_ALTERATIONS:
    case LOAD_UNKNOWN:
        break;
    }
    return false;
}

/* The first lines, blank ones left out, are all of that kind. */
static bool lines_fit(enum load_kind kind, struct text content)
{
    struct text line;
    int seen = 0;

    while (seen < PROBE_LINES && load_line(&content, &line)) {
        if (!text_is_blank(line)) {
            if (!line_fits(kind, line)) {
                return false;
            }
            seen++;
        }
    }
    return seen > 0;
}

static enum load_kind kind_of_header(struct text content)
{
    static const struct {
        enum load_kind kind;
        const char *columns[4];
    } headers[] = {
        {LOAD_LOINC, {"LOINC_NUM", "COMPONENT", "PROPERTY", "STATUS"}},
        {LOAD_LOINC_MAP_TO, {"LOINC", "MAP_TO", NULL, NULL}},
        {LOAD_ATC_ALTERATIONS, {"Previous ATC code", "New ATC code", NULL, NULL}},
        {LOAD_ATC, {"ATC code", "ATC level name", NULL, NULL}},
    };
    struct delimited table;
    enum load_kind kind = LOAD_UNKNOWN;

    delimited_init(&table, content, ',', true);
    if (delimited_next(&table)) {
        for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
            bool all = true;
            for (int c = 0; c < 4 && headers[i].columns[c] != NULL; c++) {
                all = all && delimited_column(&table, headers[i].columns[c]) >= 0;
            }
            kind = all && kind == LOAD_UNKNOWN ? headers[i].kind : kind;
        }
    }
    delimited_release(&table);
    return kind;
}

static bool starts_element(struct text content, const char *name)
{
    size_t len = strlen(name);

    content.len = content.len < 4096 ? content.len : 4096;
    return memmem(content.at, content.len, name, len) != NULL;
}

enum load_kind load_kind_of(struct text content)
{
    static const enum load_kind by_line[] = {LOAD_ICD10CM, LOAD_GEM_9_10, LOAD_GEM_10_9,
                                             LOAD_ICD9CM, LOAD_ICD9CM_PROCEDURE};

    for (size_t i = 0; i < sizeof(by_line) / sizeof(by_line[0]); i++) {
        if (lines_fit(by_line[i], content)) {
            return by_line[i];
        }
    }
    if (starts_element(content, "<ClaML")) {
        return LOAD_CLAML;
    }
    if (starts_element(content, "ucum-essence")) {
        return LOAD_UCUM;
    }
    return kind_of_header(content);
}

bool load_content(enum load_kind kind, struct text content, struct pack_builder *builder,
                  struct load_facts *facts, struct error *err)
{
    switch (kind) {
    case LOAD_ICD10CM:
        return load_icd10cm(content, builder, err);
    case LOAD_ICD9CM:
        return load_icd9cm(content, 5, builder, err);
    case LOAD_ICD9CM_PROCEDURE:
        return load_icd9cm(content, 4, builder, err);
    case LOAD_GEM_9_10:
    case LOAD_GEM_10_9:
        return load_gem(content, builder, err);
    case LOAD_LOINC:
        return load_loinc(content, builder, facts, err);
    case LOAD_LOINC_MAP_TO:
        return load_loinc_map_to(content, builder, err);
    case LOAD_UCUM:
        return load_ucum(content, builder, facts, err);
    case LOAD_CLAML:
        return load_claml(content, builder, facts, err);
    case LOAD_ATC:
        return load_atc(content, builder, err);
    case LOAD_ATC_ALTERATIONS:
        return load_atc_alterations(content, builder, err);
    case LOAD_UNKNOWN:
        break;
    }
    return error_set(err, ERROR_SOURCE, "no known terminology file");
}
