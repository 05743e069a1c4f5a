#include "transform/dedup/name_form.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

struct generation {
    const char *word;
    char mark;
};

static const struct generation generations[] = {
    {"jr", '2'}, {"junior", '2'}, {"sr", '1'},  {"senior", '1'}, {"ii", '2'},    {"iii", '3'},
    {"iv", '4'}, {"2nd", '2'},    {"3rd", '3'}, {"4th", '4'},    {"filho", '2'}, {"neto", '3'},
};

static const char *const title_words[] = {"dr",  "prof", "mr",   "mrs",  "ms",
                                          "mme", "mlle", "herr", "frau", "sr",
                                          "sra", "srta", "smt",  "shri", NULL};

static const char *const particle_words[] = {
    "van", "von", "der", "den", "del",  "della", "des", "dos", "das", "los", "las",
    "zum", "zur", "bin", "ibn", "bint", "thi",   "de",  "da",  "do",  "di",  "du",
    "la",  "le",  "el",  "al",  "ter",  "ten",   "te",  "zu",  "y",   "e",   NULL};

/* First words of what is written where a name is not known. */
static const char *const nobody_words[] = {
    "unknown",     "unk",          "unbekannt", "inconnu",     "inconnue", "desconocido",
    "desconocida", "desconhecido", "onbekend",  "sconosciuto", "nieznany", "neznamy",
    "test",        "zztest",       "zzztest",   "testpatient", "dummy",    "none",
    "noname",      "unnamed",      "anonymous", "nfn",         "nln",      "nmn",
    "nmi",         "xx",           "xxx",       "xxxx",        NULL};

/* The same for given names: the newborn, and people without papers. */
static const char *const nameless_words[] = {
    "baby", "babyboy", "babygirl",     "bb",       "bg",        "newborn",
    "nb",   "infant",  "boy",          "girl",     "twin",      "triplet",
    "male", "female",  "neonate",      "neonato",  "bebe",      "rn",
    "hijo", "hija",    "neugeborenes", "saugling", "saeugling", NULL};

static const char *const no_value_words[] = {"na",
                                             "none",
                                             "nil",
                                             "null",
                                             "unknown",
                                             "unk",
                                             "notknown",
                                             "nfa",
                                             "refused",
                                             "missing",
                                             "notavailable",
                                             "notapplicable",
                                             "nofixedabode",
                                             "nofixedaddress",
                                             "noaddress",
                                             "homeless",
                                             "noemail",
                                             "notgiven",
                                             NULL};

static const char *const nobody_form_words[] = {"n a",           "no name",    "not known",
                                                "recien nacido", "nouveau ne", NULL};

/* A list is asked of every name of a table: most words are told not to be on it by their first
 * byte and length. */
struct word_list {
    const char *const *words;
    uint32_t lengths[256]; /* by first byte: bits of the lengths of such words */
};

static struct word_list titles = {.words = title_words};
static struct word_list particles = {.words = particle_words};
static struct word_list nobodies = {.words = nobody_words};
static struct word_list nameless = {.words = nameless_words};
static struct word_list nobody_forms = {.words = nobody_form_words};
static struct word_list no_values = {.words = no_value_words};
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void note_lengths(struct word_list *list)
{
    for (const char *const *word = list->words; *word != NULL; word++) {
        size_t len = strlen(*word);
        assert(len < 32);
        list->lengths[(uint8_t)(*word)[0]] |= UINT32_C(1) << len;
    }
}

static void note_all_lengths(void)
{
    note_lengths(&titles);
    note_lengths(&particles);
    note_lengths(&nobodies);
    note_lengths(&nameless);
    note_lengths(&nobody_forms);
    note_lengths(&no_values);
}

static bool is_one_of(struct text word, const struct word_list *list)
{
    pthread_once(&once, note_all_lengths);
    if (word.len == 0 || word.len >= 32 ||
        (list->lengths[(uint8_t)word.at[0]] >> word.len & 1) == 0) {
        return false;
    }
    for (const char *const *at = list->words; *at != NULL; at++) {
        if (text_is(word, *at)) {
            return true;
        }
    }
    return false;
}

static struct text first_word(struct text form)
{
    const char *space = memchr(form.at, ' ', form.len);

    return (struct text){form.at, space == NULL ? form.len : (size_t)(space - form.at)};
}

static struct text last_word(struct text form)
{
    const char *space = memrchr(form.at, ' ', form.len);
    size_t from = space == NULL ? 0 : (size_t)(space - form.at) + 1;

    return (struct text){form.at + from, form.len - from};
}

static struct text without_titles(struct text form)
{
    struct text word = first_word(form);

    while (word.len < form.len && is_one_of(word, &titles)) {
        form = (struct text){word.at + word.len + 1, form.len - word.len - 1};
        word = first_word(form);
    }
    return form;
}

/* Takes the generation off the end of the form. */
static char take_generation(struct text *form)
{
    struct text word = last_word(*form);

    for (size_t i = 0; i < sizeof(generations) / sizeof(generations[0]); i++) {
        if (word.len < form->len && text_is(word, generations[i].word)) {
            form->len -= word.len + 1;
            return generations[i].mark;
        }
    }
    return '\0';
}

static bool names_nobody(enum people_kind kind, struct text form)
{
    struct text word = first_word(form);

    return is_one_of(word, &nobodies) || (kind == PEOPLE_GIVEN && is_one_of(word, &nameless)) ||
           is_one_of(form, &nobody_forms);
}

size_t name_form(enum people_kind kind, char *form, size_t len)
{
    struct text name = without_titles((struct text){form, len});
    char mark = take_generation(&name);

    if (names_nobody(kind, name)) {
        return 0;
    }
    memmove(form, name.at, name.len);
    len = name.len;
    if (mark != '\0') {
        form[len++] = GENERATION_MARK;
        form[len++] = mark;
    }
    return len;
}

char name_generation(struct text form)
{
    return form.len > 2 && form.at[form.len - 2] == GENERATION_MARK ? form.at[form.len - 1]
                                                                    : '\0';
}

struct text name_base(struct text form)
{
    form.len -= name_generation(form) != '\0' ? 2 : 0;
    return form;
}

bool name_word_is_particle(struct text word)
{
    return is_one_of(word, &particles);
}

int name_words(struct text base, struct text words[NAME_WORDS_MAX])
{
    struct text rest = base;
    int n = 0;

    while (rest.len > 0 && n < NAME_WORDS_MAX) {
        struct text word = first_word(rest);
        size_t skip = word.len < rest.len ? word.len + 1 : rest.len;
        rest = (struct text){rest.at + skip, rest.len - skip};
        if (!name_word_is_particle(word)) {
            words[n++] = word;
        }
    }
    if (n == 0) {
        words[n++] = base;
    }
    return n;
}

bool form_says_nothing(struct text form)
{
    char solid[24];
    size_t len = 0;

    for (size_t i = 0; i < form.len; i++) {
        if (form.at[i] == ' ') {
            continue;
        }
        if (len == sizeof(solid)) {
            return false;
        }
        solid[len++] = form.at[i];
    }
    return is_one_of((struct text){solid, len}, &no_values);
}
