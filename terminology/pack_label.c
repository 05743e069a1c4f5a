#include "terminology/pack_label.h"

#include <stdio.h>
#include <stdlib.h>

/* The last year of this century in a name without folders, or 0. */
static int year_in(struct text name)
{
    const char *slash = memrchr(name.at, '/', name.len);
    size_t from = slash == NULL ? 0 : (size_t)(slash - name.at);

    for (size_t i = name.len; i >= from + 4; i--) {
        const char *at = name.at + i - 4;
        if (at[0] == '2' && at[1] == '0' && at[2] >= '0' && at[2] <= '9' && at[3] >= '0' &&
            at[3] <= '9') {
            return 2000 + (at[2] - '0') * 10 + (at[3] - '0');
        }
    }
    return 0;
}

/* Of the file, else of the archive that it came in. */
static int year_in_name(const char *name)
{
    const char *colon = strstr(name, ": ");
    int year = year_in(text_of(colon == NULL ? name : colon + 2));

    return year != 0 || colon == NULL ? year
                                      : year_in((struct text){name, (size_t)(colon - name)});
}

bool pack_is_word(const char *word, const char *else_allowed)
{
    size_t len = strlen(word);

    for (const char *at = word; *at != '\0'; at++) {
        bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool is_digit = *at >= '0' && *at <= '9';
        if (!is_letter && !is_digit && strchr(else_allowed, *at) == NULL) {
            return false;
        }
    }
    return len > 0 && len < 40 && word[0] != '.';
}

bool pack_release(const struct term_build *build, const struct source_file *file,
                  struct load_facts *facts, struct error *err)
{
    int year = year_in_name(file->name);

    if (build->release != NULL) {
        snprintf(facts->version, sizeof(facts->version), "%s", build->release);
    } else if (facts->version[0] == '\0' && year != 0) {
        snprintf(facts->version, sizeof(facts->version), "%d", year);
    }
    if (!pack_is_word(facts->version, "._")) {
        error_set(err, facts->version[0] == '\0' ? ERROR_USAGE : ERROR_CONFIG,
                  "%s: nothing says which release this is", file->name);
        error_hint(err, "say it with --release, in letters, digits, '.' and '_'");
        return false;
    }
    return true;
}

void pack_put_days(const struct term_build *build, const struct source_file *file,
                   const char *release, struct pack_builder *builder)
{
    char from[32] = "";
    char until[32] = "";
    int year = strlen(release) == 4 ? (int)strtol(release, NULL, 10) : 0;
    bool is_of_fiscal_years =
        load_main(file->kind) == LOAD_ICD10CM || file->kind == LOAD_ICD10PCS;

    if (is_of_fiscal_years && year > 2000) {
        snprintf(from, sizeof(from), "%04d-10-01", year - 1);
        snprintf(until, sizeof(until), "%04d-10-01", year);
    }
    if (build->from != NULL) {
        snprintf(from, sizeof(from), "%s", build->from);
    }
    if (build->until != NULL) {
        snprintf(until, sizeof(until), "%s", build->until);
    }
    if (from[0] != '\0') {
        pack_builder_meta(builder, "from", text_of(from));
    }
    if (until[0] != '\0') {
        pack_builder_meta(builder, "until", text_of(until));
    }
}

const char *pack_leaf(const char *name)
{
    const char *entry = strstr(name, ": ");
    const char *slash = strrchr(entry == NULL ? name : entry, '/');

    return slash != NULL ? slash + 1 : entry != NULL ? entry + 2 : name;
}

const char *pack_licence(enum load_kind kind)
{
    static const struct {
        enum load_kind kind;
        const char *licence;
    } licences[] = {
        {LOAD_LOINC, "LOINC licence, loinc.org/license; (c) Regenstrief Institute, Inc."},
        {LOAD_UCUM, "UCUM licence, ucum.org/license; (c) Regenstrief Institute, Inc."},
        {LOAD_CLAML, "as its publisher says; not to be passed on without leave"},
        {LOAD_ATC, "WHOCC; no commercial copying, no changing"},
        {LOAD_RXNORM, "UMLS Metathesaurus licence (National Library of Medicine, USA)"},
        {LOAD_ATHENA, "that of each vocabulary, as agreed to at athena.ohdsi.org"},
    };

    for (size_t i = 0; i < sizeof(licences) / sizeof(licences[0]); i++) {
        if (licences[i].kind == kind) {
            return licences[i].licence;
        }
    }
    return "public domain (US government)";
}
