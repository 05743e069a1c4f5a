#include "terminology/suggest/lexicon.h"

#include "core/strmap.h"
#include "terminology/suggest/lexicon_table.h"

#include <stdlib.h>

enum { LEXICON_MAX = 4096 };

struct lexicon {
    struct strmap phrases; /* words with single spaces to words with single spaces */
    struct strmap firsts;  /* the first word of any phrase */
    struct strmap alone;   /* whole names */
    unsigned fields;
    struct arena arena;
};

static struct text join(const struct text *words, int nwords, char *out, size_t size)
{
    size_t used = 0;

    for (int i = 0; i < nwords; i++) {
        if (words[i].len + 1 > size - used) {
            return (struct text){"", 0};
        }
        if (i > 0) {
            out[used++] = ' ';
        }
        memcpy(out + used, words[i].at, words[i].len);
        used += words[i].len;
    }
    return (struct text){out, used};
}

static void add(struct lexicon *lexicon, struct strmap *phrases, struct text phrase,
                struct text becomes)
{
    struct name_form form;
    char joined[256];
    struct strmap_entry *entry;

    name_form_cut(&form, phrase);
    if (form.nwords == 0 || form.nwords > LEXICON_PHRASE_MAX) {
        return;
    }
    if (phrases == &lexicon->phrases) {
        strmap_put(&lexicon->firsts, form.words[0]);
    }
    entry = strmap_put(phrases, join(form.words, form.nwords, joined, sizeof(joined)));
    if (entry->text.at == NULL) { /* what stands first in the tables wins */
        entry->text = becomes;
    }
}

static void add_line(struct lexicon *lexicon, struct strmap *phrases, const char *line)
{
    const char *equals = strchr(line, '=');
    struct name_form form;
    char joined[256];
    struct text becomes;

    name_form_cut(&form, text_of(equals + 1));
    becomes =
        arena_copy(&lexicon->arena, join(form.words, form.nwords, joined, sizeof(joined)));
    for (const char *start = line, *at = line; at <= equals; at++) {
        if (at == equals || *at == '|') {
            add(lexicon, phrases, (struct text){start, (size_t)(at - start)}, becomes);
            start = at + 1;
        }
    }
}

/* What a phrase becomes may hold another phrase ("urinary" of a tract infection): it is said in
 * the words that a pack's own name would get. */
static void settle(struct strmap_entry *entry, void *context)
{
    struct lexicon *lexicon = context;
    struct name_form form;
    char joined[256];

    if (!text_equal(entry->key, entry->text)) {
        name_form_make(&form, lexicon, entry->text);
        entry->text =
            arena_copy(&lexicon->arena, join(form.words, form.nwords, joined, sizeof(joined)));
    }
}

static void add_table(struct lexicon *lexicon, struct strmap *phrases, const char *const *table)
{
    for (size_t i = 0; table[i] != NULL; i++) {
        add_line(lexicon, phrases, table[i]);
    }
}

struct lexicon *lexicon_new(unsigned fields)
{
    struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));

    lexicon->fields = fields;
    strmap_init(&lexicon->phrases, LEXICON_MAX);
    strmap_init(&lexicon->firsts, LEXICON_MAX);
    strmap_init(&lexicon->alone, LEXICON_MAX);
    if ((fields & LEXICON_LAB) != 0) {
        add_table(lexicon, &lexicon->phrases, lexicon_lab);
        add_table(lexicon, &lexicon->phrases, lexicon_lab_immune);
        add_table(lexicon, &lexicon->alone, lexicon_lab_alone);
    }
    if ((fields & LEXICON_DIAGNOSIS) != 0) {
        add_table(lexicon, &lexicon->phrases, lexicon_diagnosis);
    }
    if ((fields & LEXICON_DRUG) != 0) {
        add_table(lexicon, &lexicon->phrases, lexicon_drug);
    }
    add_table(lexicon, &lexicon->phrases, lexicon_words);
    strmap_each(&lexicon->phrases, settle, lexicon);
    strmap_each(&lexicon->alone, settle, lexicon);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (lexicon != NULL) {
        strmap_release(&lexicon->phrases);
        strmap_release(&lexicon->firsts);
        strmap_release(&lexicon->alone);
        arena_release(&lexicon->arena);
        free(lexicon);
    }
}

bool lexicon_is_of(const struct lexicon *lexicon, enum lexicon_field field)
{
    return (lexicon->fields & field) != 0;
}

bool lexicon_find_alone(const struct lexicon *lexicon, const struct text *words, int nwords,
                        struct text *becomes)
{
    char joined[256];
    struct strmap_entry *entry;

    if (nwords == 0 || nwords > LEXICON_PHRASE_MAX) {
        return false;
    }
    entry = strmap_find(&lexicon->alone, join(words, nwords, joined, sizeof(joined)));
    if (entry != NULL) {
        *becomes = entry->text;
    }
    return entry != NULL;
}

static void visit_word(struct strmap_entry *entry, void *context)
{
    struct lexicon_visit *visit = context;

    if (memchr(entry->key.at, ' ', entry->key.len) == NULL) {
        visit->visit(visit, entry->key, entry->text);
    }
}

void lexicon_each_word(const struct lexicon *lexicon, struct lexicon_visit *visit)
{
    strmap_each(&lexicon->phrases, visit_word, visit);
}

bool lexicon_find(const struct lexicon *lexicon, const struct text *words, int nwords,
                  int *taken, struct text *becomes)
{
    char joined[256];

    if (strmap_find(&lexicon->firsts, words[0]) == NULL) {
        return false;
    }
    for (int n = nwords < LEXICON_PHRASE_MAX ? nwords : LEXICON_PHRASE_MAX; n > 0; n--) {
        struct text phrase = join(words, n, joined, sizeof(joined));
        struct strmap_entry *entry = strmap_find(&lexicon->phrases, phrase);
        if (phrase.len > 0 && entry != NULL) {
            *taken = n;
            *becomes = entry->text;
            return true;
        }
    }
    return false;
}
