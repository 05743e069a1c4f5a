/* verb_term_unit.c - `hms term convert`: values from one unit to another. */
#include "cli/term_verb.h"

#include "terminology/ucum.h"

enum { SHOWN_DIGITS = 15, CONVERT_WORDS = 4 };

struct converting {
    struct ucum *ucum;
    struct strbuf out;
    bool refused;
};

/* Where the words stand: value, from, to, molar mass or empty.  False: a value is no number. */
static bool convert(const struct converting *converting, const struct text *words,
                    ucum_real *out, const char **why)
{
    struct ucum_unit from;
    struct ucum_unit to;
    ucum_real molar_mass = 0;
    bool ok;

    *why = "not a number";
    if (!ucum_real_parse(words[0], out) ||
        (words[3].len > 0 && !ucum_real_parse(words[3], &molar_mass))) {
        return false;
    }
    *why = "not a unit";
    if (ucum_read(converting->ucum, words[1], &from, NULL) != UCUM_OK ||
        ucum_read(converting->ucum, words[2], &to, NULL) != UCUM_OK) {
        return false;
    }
    *why = "not commensurable";
    if (words[3].len == 0 || ucum_is_commensurable(&from, &to)) {
        return ucum_convert(&from, &to, *out, out);
    }
    ok = ucum_convert_molar(converting->ucum, &(struct ucum_conversion){&from, &to, molar_mass},
                            *out, out);
    return ok;
}

static void put_conversion(struct converting *converting, const struct text *words)
{
    const char *why;
    ucum_real value;

    if (convert(converting, words, &value, &why)) {
        ucum_real_format(&converting->out, value, SHOWN_DIGITS);
    } else {
        converting->refused = true;
        strbuf_addf(&converting->out, "refused: %s", why);
    }
    strbuf_putc(&converting->out, '\n');
    if (converting->out.len > 1 << 16) {
        term_flush(&converting->out);
    }
}

/* value TAB from TAB to [TAB molar mass] */
static bool convert_line(struct text line, void *context, struct error *err)
{
    struct text words[CONVERT_WORDS];

    (void)err;
    for (int i = 0; i < CONVERT_WORDS; i++) {
        const char *tab = line.len == 0 ? NULL : memchr(line.at, '\t', line.len);
        size_t len = tab == NULL ? line.len : (size_t)(tab - line.at);
        words[i] = (struct text){line.at, len};
        line.at += len + (tab != NULL);
        line.len -= len + (tab != NULL);
    }
    put_conversion(context, words);
    return true;
}

int term_run_convert(int argc, char **argv, struct error *err)
{
    const char *molar_mass = term_options.molar_mass == NULL ? "" : term_options.molar_mass;
    struct converting converting = {0};
    struct code_pack *pack;
    bool is_stream = argc == 1 && strcmp(argv[0], "-") == 0;
    bool ok;

    if (argc != 3 && !is_stream) {
        return term_usage("term convert takes a value and two units", err);
    }
    pack = term_pack("ucum", err);
    if (pack == NULL) {
        return VERB_FAILED;
    }
    strbuf_init(&converting.out, TERM_LINE_MAX);
    converting.ucum = ucum_new(code_pack_blob(pack), err);
    ok = converting.ucum != NULL;
    if (ok && is_stream) {
        ok = term_words(argc, argv, convert_line, &converting, err);
    } else if (ok) {
        struct text words[CONVERT_WORDS] = {text_of(argv[0]), text_of(argv[1]),
                                            text_of(argv[2]), text_of(molar_mass)};
        put_conversion(&converting, words);
    }
    term_flush(&converting.out);
    strbuf_release(&converting.out);
    ucum_free(converting.ucum);
    code_pack_free(pack);
    return !ok ? VERB_FAILED : converting.refused ? EXIT_DIFFERENCES : 0;
}
