/* verb_term_unit.c - `hms term convert`: values from one unit to another. */
#include "cli/term_verb.h"

#include "terminology/loinc_convert.h"

enum { SHOWN_DIGITS = 15, MOLAR_DIGITS = 6, CONVERT_WORDS = 4, FLUSH_BYTES = 1 << 16 };

struct converting {
    struct code_pack *pack;
    struct ucum *ucum;
    struct ucum_cache units;
    struct code_pack *loinc; /* opened when a code is first named */
    struct loinc_converter converter;
    struct strbuf out;
    bool refused;
};

/* `words` are value, from, to, and a molar mass or nothing. */
static bool convert_units(struct converting *converting, const struct text *words,
                          ucum_real *value, const char **why)
{
    struct ucum_parsed from = *ucum_cache_find(&converting->units, words[1]);
    struct ucum_parsed to = *ucum_cache_find(&converting->units, words[2]);
    struct ucum_conversion how = {&from.unit, &to.unit, 0};

    *why = "not a unit";
    if (from.fault != UCUM_OK || to.fault != UCUM_OK) {
        return false;
    }
    *why = ucum_cache_conflict(&from, &to);
    if (*why != NULL) {
        return false;
    }
    if (((from.marks ^ to.marks) & UCUM_CHARGE) != 0) {
        *why = "an equivalent needs the charge of the analyte: name its LOINC code";
        return false;
    }
    if (from.unit.mol == 0 && to.unit.mol == 0 && ((from.marks ^ to.marks) & UCUM_MOLES) != 0) {
        *why = "a fraction of moles is not any fraction: name the LOINC code";
        return false;
    }
    *why = "not commensurable";
    if (words[3].len == 0 || ucum_is_commensurable(&from.unit, &to.unit)) {
        return ucum_convert(&from.unit, &to.unit, *value, value);
    }
    if (!ucum_real_parse(words[3], &how.molar_mass)) {
        *why = "not a molar mass";
        return false;
    }
    return ucum_convert_molar(converting->ucum, &how, *value, value);
}

static void put_refusal(struct converting *converting, const char *why)
{
    converting->refused = true;
    strbuf_addf(&converting->out, "refused: %s", why);
}

static bool put_by_code(struct converting *converting, const struct text *words,
                        ucum_real value, struct error *err)
{
    struct loinc_value from = {words[3], words[1], value};
    struct loinc_value to = {.unit = words[2]};
    const char *why;

    if (converting->loinc == NULL) {
        converting->loinc = term_pack("loinc", err);
        if (converting->loinc == NULL) {
            return false;
        }
        loinc_converter_init(&converting->converter, converting->loinc, &converting->units);
    }
    if (!loinc_convert(&converting->converter, &from, &to, &why)) {
        put_refusal(converting, why);
        return true;
    }
    /* masses of moles are known to so many digits */
    ucum_real_format(&converting->out, to.value,
                     text_equal(from.code, to.code) ? SHOWN_DIGITS : MOLAR_DIGITS);
    strbuf_putc(&converting->out, '\t');
    strbuf_add_text(&converting->out, to.code);
    return true;
}

/* The fourth word is a LOINC code or a molar mass, which has no dash behind its first byte. */
static bool is_code(struct text word)
{
    return word.len > 1 && memchr(word.at + 1, '-', word.len - 1) != NULL &&
           memchr(word.at, 'e', word.len) == NULL && memchr(word.at, 'E', word.len) == NULL;
}

static bool put_conversion(struct converting *converting, const struct text *words,
                           struct error *err)
{
    const char *why;
    ucum_real value;

    if (!ucum_real_parse(words[0], &value)) {
        put_refusal(converting, "not a number");
    } else if (is_code(words[3])) {
        if (!put_by_code(converting, words, value, err)) {
            return false;
        }
    } else if (convert_units(converting, words, &value, &why)) {
        ucum_real_format(&converting->out, value, SHOWN_DIGITS);
    } else {
        put_refusal(converting, why);
    }
    strbuf_putc(&converting->out, '\n');
    if (converting->out.len > FLUSH_BYTES) {
        term_flush(&converting->out);
    }
    return true;
}

/* value TAB from TAB to [TAB molar mass or LOINC code] */
static bool convert_line(struct text line, void *context, struct error *err)
{
    struct text words[CONVERT_WORDS];

    for (int i = 0; i < CONVERT_WORDS; i++) {
        const char *tab = line.len == 0 ? NULL : memchr(line.at, '\t', line.len);
        size_t len = tab == NULL ? line.len : (size_t)(tab - line.at);
        words[i] = (struct text){line.at, len};
        line.at += len + (tab != NULL);
        line.len -= len + (tab != NULL);
    }
    return put_conversion(context, words, err);
}

static bool open_units(struct converting *converting, struct error *err)
{
    strbuf_init(&converting->out, TERM_LINE_MAX);
    converting->pack = term_pack("ucum", err);
    if (converting->pack == NULL) {
        return false;
    }
    converting->ucum = ucum_new(code_pack_blob(converting->pack), err);
    ucum_cache_init(&converting->units, converting->ucum);
    return converting->ucum != NULL;
}

static void close_units(struct converting *converting)
{
    if (converting->loinc != NULL) {
        loinc_converter_release(&converting->converter);
    }
    code_pack_free(converting->loinc);
    ucum_cache_release(&converting->units);
    ucum_free(converting->ucum);
    code_pack_free(converting->pack);
    strbuf_release(&converting->out);
}

int term_run_convert(int argc, char **argv, struct error *err)
{
    const char *fourth = argc == 4 ? argv[3] : term_options.loinc;
    struct converting converting = {0};
    bool is_stream = argc == 1 && strcmp(argv[0], "-") == 0;
    bool ok;

    if ((argc != 3 && argc != 4 && !is_stream) ||
        (term_options.loinc != NULL && (argc == 4 || is_stream))) {
        return cli_usage(
            "term",
            "term convert takes a value, two units and a molar mass or --loinc; or - "
            "alone",
            err);
    }
    ok = open_units(&converting, err);
    if (ok && is_stream) {
        ok = term_words(argc, argv, convert_line, &converting, err);
    } else if (ok) {
        struct text words[CONVERT_WORDS] = {text_of(argv[0]), text_of(argv[1]),
                                            text_of(argv[2]), text_of(fourth)};
        ok = put_conversion(&converting, words, err);
    }
    term_flush(&converting.out);
    close_units(&converting);
    return !ok ? VERB_FAILED : converting.refused ? EXIT_DIFFERENCES : 0;
}
