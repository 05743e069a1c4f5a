#include "terminology/load.h"

static const struct {
    const char *name;
    enum load_kind main;
    enum code_dialect dialect;
    const char *what;
} kinds[] = {
#define X(kind, name, main, dialect, what) {name, main, dialect, what},
    LOAD_KIND_LIST(X)
#undef X
};

const char *load_name(enum load_kind kind)
{
    return kinds[kind].name;
}

enum load_kind load_main(enum load_kind kind)
{
    return kinds[kind].main;
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

/* 0x80 to 0x9F of Windows-1252: dashes, quotes and trade marks; in Latin-1 they mean nothing. */
static const uint16_t windows[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

struct text load_utf8(struct text content, struct arena *arena)
{
    char *out;
    size_t len = 0;

    if (text_is_utf8(content)) {
        return content;
    }
    out = arena_bytes(arena, content.len * 3);
    for (size_t i = 0; i < content.len; i++) {
        unsigned char byte = (unsigned char)content.at[i];
        unsigned sign = byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
        if (sign < 0x80) {
            out[len++] = (char)sign;
        } else if (sign < 0x800) {
            out[len++] = (char)(0xC0 | (sign >> 6));
            out[len++] = (char)(0x80 | (sign & 0x3F));
        } else {
            out[len++] = (char)(0xE0 | (sign >> 12));
            out[len++] = (char)(0x80 | ((sign >> 6) & 0x3F));
            out[len++] = (char)(0x80 | (sign & 0x3F));
        }
    }
    return (struct text){out, len};
}

struct text load_without_bom(struct text content)
{
    bool has_bom = content.len >= 3 && memcmp(content.at, "\xEF\xBB\xBF", 3) == 0;

    return has_bom ? (struct text){content.at + 3, content.len - 3} : content;
}

static bool load_loinc_set(const struct load_set *set, struct pack_builder *builder,
                           struct load_facts *facts, struct error *err)
{
    struct text map_to = set->content[LOAD_LOINC_MAP_TO];

    return load_loinc(set->content[LOAD_LOINC], builder, facts, err) &&
           (map_to.len == 0 || load_loinc_map_to(map_to, builder, err) ||
            error_wrap(err, "%s", load_what(LOAD_LOINC_MAP_TO)));
}

bool load_content(enum load_kind kind, const struct load_set *files,
                  struct pack_builder *builder, struct load_facts *facts, struct error *err)
{
    struct load_set plain;
    const struct load_set *set = &plain;

    for (int i = 0; i < LOAD_UNKNOWN; i++) {
        plain.content[i] = load_without_bom(files->content[i]);
    }
    facts->dialect = load_dialect(kind);
    switch (kind) {
    case LOAD_ICD10CM:
    case LOAD_ICD10CM_TABULAR:
        return load_icd10cm(set, builder, facts, err);
    case LOAD_ICD10PCS:
        return load_icd10pcs(set->content[kind], builder, err);
    case LOAD_ICD9CM:
        return load_icd9cm(set->content[kind], 5, builder, err);
    case LOAD_ICD9CM_PROCEDURE:
        return load_icd9cm(set->content[kind], 4, builder, err);
    case LOAD_GEM_9_10:
    case LOAD_GEM_10_9:
    case LOAD_GEM_9_PCS:
    case LOAD_GEM_PCS_9:
        return load_gem(set->content[kind], builder, err);
    case LOAD_LOINC:
        return load_loinc_set(set, builder, facts, err);
    case LOAD_UCUM:
        return load_ucum(set->content[kind], builder, facts, err);
    case LOAD_CLAML:
        return load_claml(set->content[kind], builder, facts, err);
    case LOAD_ATC:
        return load_atc(set, builder, facts, err);
    case LOAD_RXNORM:
        return load_rxnorm(set, builder, facts, err);
    case LOAD_NDC:
        return load_ndc(set, builder, facts, err);
    case LOAD_LOINC_MAP_TO:
    case LOAD_ATC_ALTERATIONS:
    case LOAD_RXNORM_RELATIONS:
    case LOAD_RXNORM_ATTRIBUTES:
    case LOAD_RXNORM_ARCHIVE:
    case LOAD_NDC_PRODUCTS:
    case LOAD_ATHENA:
    case LOAD_ATHENA_RELATIONS:
    case LOAD_ATHENA_ANCESTORS:
    case LOAD_ATHENA_SYNONYMS:
    case LOAD_ATHENA_VOCABULARIES:
    case LOAD_ATHENA_STRENGTH:
    case LOAD_UNKNOWN:
        break;
    }
    return error_set(err, ERROR_SOURCE, "no pack is made of this alone: %s", load_what(kind));
}
