/*
 * step_choice.c - steps that look at a value and decide: patterns and lists of words.
 */
#include "transform/icu.h"
#include "transform/step_cell.h"
#include "transform/words.h"

static const char rule_pattern[] = "text.pattern";

struct pattern {
    struct icu_regex *regex;
    int group;
};

static void pattern_release(struct step *step)
{
    struct pattern *pattern = step->data;

    icu_regex_free(pattern->regex);
    free(pattern);
}

static bool pattern_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct pattern *pattern = xcalloc(1, sizeof(*pattern));
    int groups;
    int at = 0;

    (void)env;
    step->data = pattern;
    pattern->regex = icu_regex_open(step->source->args[0], &at);
    if (pattern->regex == NULL) {
        return step_error(step, err, "the pattern breaks at its character %d", at);
    }
    groups = icu_regex_groups(pattern->regex);
    pattern->group = groups > 0 ? 1 : 0;
    return step->source->nargs < 2 || step_arg_number(step, 1, 0, groups, &pattern->group, err);
}

static void regex_cell(const struct step_cell *at)
{
    const struct pattern *pattern = at->data;
    struct text group;

    switch (icu_regex_find(pattern->regex, cell_text(*at->cell), pattern->group, &group)) {
    case ICU_MATCH_YES:
        cell_put(at->cell, group);
        break;
    case ICU_MATCH_NO:
        cell_clear(at->cell);
        break;
    case ICU_MATCH_TOO_LONG:
        cell_refuse(at, rule_pattern);
        break;
    }
}

STEP_RUN_TEXT(regex)

static void matches_cell(const struct step_cell *at)
{
    const struct pattern *pattern = at->data;

    if (icu_regex_match(pattern->regex, cell_text(*at->cell)) != ICU_MATCH_YES) {
        cell_refuse(at, rule_pattern);
    }
}

STEP_RUN_TEXT(matches)

static void one_of_cell(const struct step_cell *at)
{
    if (!step_words_hold(at->data, 0, cell_text(*at->cell))) {
        cell_refuse(at, "text.set");
    }
}

STEP_RUN_WORD(one_of)

static bool map_compile(struct step *step, const struct step_env *env, struct error *err)
{
    if (step->source->nargs % 2 != 0) {
        return step_error(step, err, "the last word has no new one behind it");
    }
    return step_compile_words(step, env, err);
}

static void map_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text in = cell_text(*at->cell);

    for (int i = 0; i < words->count; i += 2) {
        if (text_equal(words->at[i], in) || text_is(words->at[i], "*")) {
            cell_put(at->cell, words->at[i + 1]);
            return;
        }
    }
    cell_refuse(at, "text.unmapped");
}

STEP_RUN_WORD(map)

static void when_row(const struct step_cell *at)
{
    if (!step_words_hold(at->data, 0, cell_trimmed(cell_sibling(at, 1)))) {
        cell_clear(at->cell);
    }
}

STEP_RUN_ROW(when, 1)

static void list_release(struct step *step)
{
    words_release(step->data);
    free(step->data);
}

static struct words *list_new(struct step *step)
{
    struct words *words = xcalloc(1, sizeof(*words));

    words_init(words);
    step->data = words;
    return words;
}

/* The list's word for the value, or `rule`. */
static void list_choose(const struct step_cell *at, const char *rule)
{
    const char *meaning = words_find(at->data, cell_text(*at->cell), cell_arena(at));

    if (meaning == NULL) {
        cell_refuse(at, rule);
    } else {
        cell_put(at->cell, text_of(meaning));
    }
}

static bool boolean_compile(struct step *step, const struct step_env *env, struct error *err)
{
    const struct map_step *source = step->source;
    struct words *words = list_new(step);

    (void)env;
    if (source->nargs == 1) {
        return step_error(step, err, "true words without false words");
    }
    words_add(words,
              source->nargs == 2 ? source->args[0] : "true,t,yes,y,1,ja,j,oui,sí,si,wahr",
              "true");
    words_add(words, source->nargs == 2 ? source->args[1] : "false,f,no,n,0,nein,non,falsch",
              "false");
    return true;
}

static void boolean_cell(const struct step_cell *at)
{
    list_choose(at, "boolean.unknown");
}

STEP_RUN_WORD(boolean)

/* Letters of HL7 v2 table 0001 (A and O: ambiguous, other; N: not applicable) and digits of
 * ISO 5218 (0 not known, 1 male, 2 female, 9 not applicable). */
static bool sex_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct words *words = list_new(step);

    (void)env;
    (void)err;
    words_add(words,
              "m,male,man,boy,1,männlich,maennlich,mann,homme,masculin,hombre,masculino,"
              "mwanaume,me,ذكر",
              "male");
    words_add(words,
              "f,female,woman,girl,2,w,weiblich,frau,femme,féminin,feminin,mujer,femenino,"
              "mwanamke,ke,أنثى,انثى",
              "female");
    words_add(words, "o,other,a,ambiguous,x,d,divers,diverse,autre,otro,andere", "other");
    words_add(words,
              "u,unknown,unk,0,9,n,?,unbekannt,inconnu,desconocido,haijulikani,غير معروف",
              "unknown");
    return true;
}

static void sex_cell(const struct step_cell *at)
{
    list_choose(at, "sex.unknown");
}

STEP_RUN_WORD(sex)

const struct step_impl step_choice_impls[] = {
    {"regex", pattern_compile, regex_run, pattern_release},
    {"matches", pattern_compile, matches_run, pattern_release},
    {"one_of", step_compile_words, one_of_run, NULL},
    {"map", map_compile, map_run, NULL},
    {"when", step_compile_words, when_run, NULL},
    {"boolean", boolean_compile, boolean_run, list_release},
    {"sex", sex_compile, sex_run, list_release},
    {0},
};
