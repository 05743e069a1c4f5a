#include "transform/dedup/name_form.h"

#include <string.h>

struct generation {
    const char *word;
    char mark;
};

static const struct generation generations[] = {
    {"jr", '2'}, {"junior", '2'}, {"sr", '1'},  {"senior", '1'}, {"ii", '2'},    {"iii", '3'},
    {"iv", '4'}, {"2nd", '2'},    {"3rd", '3'}, {"4th", '4'},    {"filho", '2'}, {"neto", '3'},
};

static const char *const titles[] = {"dr",  "prof", "mr",   "mrs",  "ms",
                                     "mme", "mlle", "herr", "frau", "sr",
                                     "sra", "srta", "smt",  "shri", NULL};

static const char *const particles[] = {
    "van", "von", "der", "den", "del",  "della", "des", "dos", "das", "los", "las",
    "zum", "zur", "bin", "ibn", "bint", "thi",   "de",  "da",  "do",  "di",  "du",
    "la",  "le",  "el",  "al",  "ter",  "ten",   "te",  "zu",  "y",   "e",   NULL};

/* First words of what is written where a name is not known. */
static const char *const nobodies[] = {
    "unknown",     "unk",          "unbekannt", "inconnu",     "inconnue", "desconocido",
    "desconocida", "desconhecido", "onbekend",  "sconosciuto", "nieznany", "neznamy",
    "test",        "zztest",       "zzztest",   "testpatient", "dummy",    "none",
    "noname",      "unnamed",      "anonymous", "nfn",         "nln",      "nmn",
    "nmi",         "xx",           "xxx",       "xxxx",        NULL};

/* The same for given names: the newborn, and people without papers. */
static const char *const nameless[] = {
    "baby", "babyboy", "babygirl",     "bb",       "bg",        "newborn",
    "nb",   "infant",  "boy",          "girl",     "twin",      "triplet",
    "male", "female",  "neonate",      "neonato",  "bebe",      "rn",
    "hijo", "hija",    "neugeborenes", "saugling", "saeugling", NULL};

static const char *const no_values[] = {"na",
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

static bool is_one_of(struct text word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (text_is(word, *list)) {
            return true;
        }
    }
    return false;
}

bool people_kind_is_name(enum people_kind kind)
{
    return kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_MIDDLE ||
           kind == PEOPLE_OTHER_NAME || kind == PEOPLE_RELATIVE || kind == PEOPLE_FULL_NAME;
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

    while (word.len < form.len && is_one_of(word, titles)) {
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

    return is_one_of(word, nobodies) || (kind == PEOPLE_GIVEN && is_one_of(word, nameless)) ||
           text_is(form, "n a") || text_is(form, "no name") || text_is(form, "not known") ||
           text_is(form, "recien nacido") || text_is(form, "nouveau ne");
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
    return is_one_of(word, particles);
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
    return is_one_of((struct text){solid, len}, no_values);
}
