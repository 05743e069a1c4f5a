#include "terminology/suggest/name_acid.h"

static bool ends_in(struct text word, const char *end)
{
    size_t len = strlen(end);

    return word.len > len + 1 && memcmp(word.at + word.len - len, end, len) == 0;
}

static struct text salt_of(struct text word, size_t cut, char out[NAME_ACID_MAX])
{
    size_t stem = word.len - cut;

    if (stem + 3 > NAME_ACID_MAX) {
        return (struct text){"", 0};
    }
    memcpy(out, word.at, stem);
    memcpy(out + stem, "ate", 3);
    return (struct text){out, stem + 3};
}

static bool is_any(struct text word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (text_is(word, *words)) {
            return true;
        }
    }
    return false;
}

struct text name_acid(const struct text *words, int nwords, int *taken, char out[NAME_ACID_MAX])
{
    static const char *const before[] = {"acido", "acide", "acidum", NULL};
    static const char *const ends[] = {"icum", "ique", "ico", "ic"};
    static const char german[] = "saure";

    *taken = 2;
    if (nwords > 1 && ends_in(words[0], "ic") && text_is(words[1], "acid")) {
        return salt_of(words[0], 2, out);
    }
    for (size_t i = 0; nwords > 1 && is_any(words[0], before) && i < 4; i++) {
        if (ends_in(words[1], ends[i])) {
            return salt_of(words[1], strlen(ends[i]), out);
        }
    }
    *taken = 1;
    if (words[0].len >= 8 && ends_in(words[0], german)) {
        struct text stem = {words[0].at, words[0].len - (sizeof(german) - 1)};
        return salt_of(stem, ends_in(stem, "in") ? 2 : 0, out);
    }
    return (struct text){"", 0};
}
