#include "terminology/ucum_cache.h"

void ucum_cache_init(struct ucum_cache *cache, const struct ucum *ucum)
{
    *cache = (struct ucum_cache){.ucum = ucum};
    strmap_init(&cache->units, UCUM_CACHE_MAX);
}

static void free_parsed(struct strmap_entry *entry, void *context)
{
    (void)context;
    free(entry->pointer);
}

void ucum_cache_release(struct ucum_cache *cache)
{
    strmap_each(&cache->units, free_parsed, NULL);
    strmap_release(&cache->units);
    *cache = (struct ucum_cache){0};
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool has_word(struct text text, const char *word)
{
    for (size_t at = 0; at + strlen(word) <= text.len; at++) {
        if (text_equal_nocase((struct text){text.at + at, strlen(word)}, text_of(word))) {
            return true;
        }
    }
    return false;
}

/* What stands between braces. */
static unsigned marks_of_annotation(struct text words)
{
    bool is_log = words.len >= 3 && has_word((struct text){words.at, 3}, "log");

    return (is_log ? (unsigned)UCUM_LOG : 0u) |
           (has_word(words, "1.73") ? (unsigned)UCUM_BODY : 0u) |
           (has_word(words, "FEU") ? (unsigned)UCUM_FEU : 0u) |
           (has_word(words, "DDU") ? (unsigned)UCUM_DDU : 0u);
}

/* eq, mol, kat or U, with a prefix or without; the last two are moles in a time */
static unsigned marks_of_word(struct text word)
{
    bool is_charge =
        word.len >= 2 && word.len <= 4 && memcmp(word.at + word.len - 2, "eq", 2) == 0;
    bool is_moles = word.len >= 3 && word.len <= 5 &&
                    (memcmp(word.at + word.len - 3, "mol", 3) == 0 ||
                     memcmp(word.at + word.len - 3, "kat", 3) == 0);

    is_moles = is_moles || (word.len >= 1 && word.len <= 2 && word.at[word.len - 1] == 'U');

    return (is_charge ? (unsigned)UCUM_CHARGE : 0u) | (is_moles ? (unsigned)UCUM_MOLES : 0u);
}

static unsigned marks_of(struct text expression)
{
    unsigned marks = 0;

    for (size_t at = 0; at < expression.len;) {
        size_t end = at;
        if (expression.at[at] == '{') {
            while (end < expression.len && expression.at[end] != '}') {
                end++;
            }
            marks |= marks_of_annotation((struct text){expression.at + at + 1, end - at - 1});
        } else {
            while (end < expression.len && is_word_byte(expression.at[end])) {
                end++;
            }
            marks |= marks_of_word((struct text){expression.at + at, end - at});
        }
        at = end > at ? end : at + 1;
    }
    return marks;
}

static void parse(const struct ucum_cache *cache, struct text expression,
                  struct ucum_parsed *out)
{
    *out = (struct ucum_parsed){0};
    out->fault = ucum_read(cache->ucum, expression, &out->unit, NULL);
    out->marks = out->fault == UCUM_OK ? marks_of(expression) : 0;
}

const char *ucum_cache_conflict(const struct ucum_parsed *from, const struct ucum_parsed *to)
{
    unsigned differ = from->marks ^ to->marks;

    return (differ & UCUM_LOG) != 0    ? "a logarithm is not the number itself"
           : (differ & UCUM_BODY) != 0 ? "only one of them is per body surface"
           : (differ & (UCUM_FEU | UCUM_DDU)) != 0
               ? "fibrinogen equivalents and D-dimer units are not the same"
               : NULL;
}

const struct ucum_parsed *ucum_cache_find(struct ucum_cache *cache, struct text expression)
{
    struct strmap_entry *entry = strmap_find(&cache->units, expression);

    if (entry == NULL && expression.len <= UCUM_EXPRESSION_MAX) {
        entry = strmap_put(&cache->units, expression);
    }
    if (entry == NULL) {
        parse(cache, expression, &cache->other);
        return &cache->other;
    }
    if (entry->pointer == NULL) {
        entry->pointer = xcalloc(1, sizeof(struct ucum_parsed));
        parse(cache, expression, entry->pointer);
    }
    return entry->pointer;
}
