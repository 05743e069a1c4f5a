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

/* eq, meq, ueq ... as a word of the expression, annotations left out. */
static bool counts_charge(struct text expression)
{
    bool annotation = false;

    for (size_t at = 0; at < expression.len; at++) {
        size_t end = at;
        if (expression.at[at] == '{' || expression.at[at] == '}') {
            annotation = expression.at[at] == '{';
        }
        while (!annotation && end < expression.len && is_word_byte(expression.at[end])) {
            end++;
        }
        if (end - at >= 2 && end - at <= 4 && memcmp(expression.at + end - 2, "eq", 2) == 0) {
            return true;
        }
        at = end > at ? end - 1 : at;
    }
    return false;
}

static void parse(const struct ucum_cache *cache, struct text expression,
                  struct ucum_parsed *out)
{
    *out = (struct ucum_parsed){0};
    out->fault = ucum_read(cache->ucum, expression, &out->unit, NULL);
    out->counts_charge = out->fault == UCUM_OK && counts_charge(expression);
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
