#include "transform/words.h"

#include "transform/icu.h"

void words_init(struct words *words)
{
    *words = (struct words){0};
    strmap_init(&words->map, WORDS_MAX);
}

void words_release(struct words *words)
{
    strmap_release(&words->map);
}

static struct text word_fold(struct text word, struct arena *scratch)
{
    return icu_lower(icu_normalize(ICU_NFC, text_trim(word), scratch), scratch);
}

void words_add(struct words *words, const char *list, const char *meaning)
{
    struct arena scratch = {0};

    while (*list != '\0') {
        size_t len = strcspn(list, ",");
        struct text word = word_fold((struct text){list, len}, &scratch);
        struct strmap_entry *entry = strmap_put(&words->map, word);
        if (entry != NULL) {
            entry->text = text_of(meaning);
        }
        list += len + (list[len] == ',');
    }
    arena_release(&scratch);
}

const char *words_find(const struct words *words, struct text word, struct arena *scratch)
{
    struct strmap_entry *entry;

    if (word.len > WORD_BYTES_MAX) {
        return NULL;
    }
    entry = strmap_find(&words->map, word_fold(word, scratch));
    return entry == NULL ? NULL : entry->text.at;
}
