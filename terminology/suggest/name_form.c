#include "terminology/suggest/name_form.h"

#include "terminology/suggest/lexicon.h"
#include "terminology/suggest/name_acid.h"
#include "terminology/suggest/name_fold.h"
#include "terminology/suggest/name_specimen.h"

enum kind { BREAK, LETTER, DIGIT, SIGN };

/* Words before the lexicon, in a buffer of their own. */
struct rough {
    struct text words[NAME_WORDS_MAX];
    int nwords;
    char bytes[2 * NAME_BYTES_MAX];
    size_t used;
};

static enum kind kind_of(char byte)
{
    uint8_t b = (uint8_t)byte;

    return (b >= 'a' && b <= 'z') || b >= 0x80 ? LETTER
           : b >= '0' && b <= '9'              ? DIGIT
           : b == '%' || b == '#'              ? SIGN
                                               : BREAK;
}

static bool ends_in(struct text word, const char *end)
{
    size_t len = strlen(end);

    return word.len >= len && memcmp(word.at + word.len - len, end, len) == 0;
}

/* One spelling of plurals and of the Greek ae and oe; what is left is no word of a language. */
static void make_one(char *at, size_t *len)
{
    struct text word = {at, *len};
    size_t kept = 0;

    if (word.len >= 4 && ends_in(word, "s") && !ends_in(word, "ss") && !ends_in(word, "us") &&
        !ends_in(word, "is")) {
        bool is_y = word.len >= 5 && ends_in(word, "ies");
        word.len -= is_y ? 2 : 1;
        at[word.len - 1] = is_y ? 'y' : at[word.len - 1];
    }
    for (size_t i = 0; i < word.len; i++) {
        bool drop = word.len >= 5 && (at[i] == 'a' || at[i] == 'o') && i + 1 < word.len &&
                    at[i + 1] == 'e';
        if (!drop) {
            at[kept++] = at[i];
        }
    }
    *len = kept;
}

static void add_rough(struct rough *rough, const char *at, size_t len)
{
    char *to = rough->bytes + rough->used;

    if (len == 0 || rough->nwords == NAME_WORDS_MAX ||
        len > sizeof(rough->bytes) - rough->used) {
        return;
    }
    memmove(to, at, len);
    if (kind_of(to[0]) == LETTER) {
        make_one(to, &len);
    }
    rough->used += len;
    rough->words[rough->nwords++] = (struct text){to, len};
}

/* Folded bytes to words: letters and digits apart, a point between digits kept. */
static void cut(struct rough *rough, const char *at, size_t len)
{
    size_t start = 0;
    enum kind open = BREAK;

    for (size_t i = 0; i <= len; i++) {
        enum kind kind = i == len ? BREAK : kind_of(at[i]);
        bool inside = i > start && i + 1 < len && open == DIGIT && at[i] == '.' &&
                      kind_of(at[i + 1]) == DIGIT;
        bool apostrophe = open == LETTER && i + 1 < len && at[i] == '\'' && at[i + 1] == 's' &&
                          (i + 2 == len || kind_of(at[i + 2]) != LETTER);
        if (inside) {
            continue;
        }
        if (kind != open || kind == SIGN) {
            add_rough(rough, at + start, open == BREAK ? 0 : i - start);
            start = i;
            open = kind;
        }
        if (apostrophe) {
            i++;
            start = i + 1;
        }
    }
}

static void add_word(struct name_form *form, struct text word)
{
    char *to = form->bytes + form->used;

    if (word.len > 0 && form->nwords < NAME_WORDS_MAX &&
        word.len <= sizeof(form->bytes) - form->used) {
        memcpy(to, word.at, word.len);
        form->used += word.len;
        form->words[form->nwords++] = (struct text){to, word.len};
    }
}

static void add_words(struct name_form *form, struct text words)
{
    for (size_t start = 0, i = 0; i <= words.len; i++) {
        if (i == words.len || words.at[i] == ' ') {
            add_word(form, (struct text){words.at + start, i - start});
            start = i + 1;
        }
    }
}

/* Without a methyl group: "desmethylclobazam" is norclobazam; the "n" in front of it says where
 * and goes. */
static bool is_desmethyl(const struct rough *rough, int at, struct text *rest)
{
    static const char head[] = "desmethyl";
    size_t len = sizeof(head) - 1;
    struct text word = rough->words[at];

    if (word.len < len + 3 || memcmp(word.at, head, len) != 0) {
        return false;
    }
    *rest = (struct text){word.at + len, word.len - len};
    return true;
}

static void add_nor(struct name_form *form, struct text rest)
{
    char word[NAME_BYTES_MAX];

    if (form->nwords > 0 && text_is(form->words[form->nwords - 1], "n")) {
        form->nwords--;
    }
    if (rest.len + 3 <= sizeof(word)) {
        memcpy(word, "nor", 3);
        memcpy(word + 3, rest.at, rest.len);
        add_word(form, (struct text){word, rest.len + 3});
    }
}

/* "b" and "12" are also "b12", so that a vitamin is not any word with any number. */
static void add_joint(struct name_form *form, const struct rough *rough, int at)
{
    struct text word = rough->words[at];
    struct text number;
    char joint[16];

    if (at + 1 >= rough->nwords || word.len > 4 || kind_of(word.at[0]) != LETTER) {
        return;
    }
    number = rough->words[at + 1];
    if (kind_of(number.at[0]) == DIGIT && word.len + number.len <= 8) {
        memcpy(joint, word.at, word.len);
        memcpy(joint + word.len, number.at, number.len);
        add_word(form, (struct text){joint, word.len + number.len});
    }
}

/* "acetylsalicylic acid" is a phrase of the lexicon too, by its salt. */
static void add_salt(struct name_form *form, const struct lexicon *lexicon, struct text salt)
{
    struct text becomes = salt;
    int taken;

    if (lexicon != NULL) {
        lexicon_find(lexicon, &salt, 1, &taken, &becomes);
    }
    add_words(form, becomes);
}

/* A short code with nothing but a specimen beside it becomes what the code means. */
static int add_alone(struct name_form *form, const struct lexicon *lexicon,
                     const struct rough *rough)
{
    struct text becomes;
    int ncode = 0;

    while (ncode < rough->nwords && (ncode == 0 || !name_word_is_beside(rough->words[ncode]))) {
        ncode++;
    }
    for (int i = ncode; i < rough->nwords; i++) {
        if (!name_word_is_beside(rough->words[i])) {
            return 0;
        }
    }
    if (!lexicon_find_alone(lexicon, rough->words, ncode, &becomes)) {
        return 0;
    }
    add_words(form, becomes);
    return ncode;
}

static void rough_make(struct rough *rough, struct text name)
{
    char bytes[NAME_BYTES_MAX];
    size_t used = 0;

    while (name.len > 0 && used + NAME_FOLD_MAX <= sizeof(bytes)) {
        used += name_fold(&name, bytes + used);
    }
    rough->nwords = 0;
    rough->used = 0;
    cut(rough, bytes, used);
}

void name_form_cut(struct name_form *form, struct text name)
{
    struct rough rough;

    rough_make(&rough, name);
    form->nwords = 0;
    form->used = 0;
    for (int i = 0; i < rough.nwords; i++) {
        add_word(form, rough.words[i]);
    }
}

void name_form_make(struct name_form *form, const struct lexicon *lexicon, struct text name)
{
    struct rough rough;
    const char *specimen = NULL;
    char salt[NAME_ACID_MAX];
    int first = 0;

    if (lexicon != NULL && lexicon_is_of(lexicon, LEXICON_LAB)) {
        specimen = name_specimen_take(&name);
    }
    rough_make(&rough, name);
    form->nwords = 0;
    form->used = 0;
    if (lexicon != NULL) {
        first = add_alone(form, lexicon, &rough);
    }
    for (int i = first; i < rough.nwords;) {
        struct text becomes;
        int taken = 1;
        if (lexicon != NULL &&
            lexicon_find(lexicon, rough.words + i, rough.nwords - i, &taken, &becomes)) {
            add_words(form, becomes);
        } else if (is_desmethyl(&rough, i, &becomes)) {
            add_nor(form, becomes);
        } else {
            becomes = name_acid(rough.words + i, rough.nwords - i, &taken, salt);
            if (becomes.len > 0) {
                add_salt(form, lexicon, becomes);
            } else {
                taken = 1;
                add_word(form, rough.words[i]);
                add_joint(form, &rough, i);
            }
        }
        i += taken;
    }
    if (specimen != NULL) {
        add_words(form, text_of(specimen));
    }
}

size_t name_form_join(const struct name_form *form, char *out, size_t size)
{
    size_t used = 0;

    for (int i = 0; i < form->nwords; i++) {
        struct text word = form->words[i];
        if (word.len + 1 > size - used) {
            break;
        }
        if (used > 0) {
            out[used++] = ' ';
        }
        memcpy(out + used, word.at, word.len);
        used += word.len;
    }
    return used;
}

bool name_word_is_number(struct text word)
{
    return word.len > 0 && kind_of(word.at[0]) == DIGIT;
}
