#include "terminology/suggest/word_skeleton.h"

static bool is_vowel(char byte)
{
    return byte != '\0' && strchr("aeiou", byte) != NULL;
}

/* One letter by its neighbours; '\0': it is not heard. */
static char heard(struct text word, size_t at)
{
    char byte = word.at[at];
    char next = at + 1 < word.len ? word.at[at + 1] : '\0';

    switch (byte) {
    case 'p':
        return next == 'h' ? 'f' : 'p';
    case 'k':
    case 'q':
        return 'c';
    case 'y':
    case 'j':
        return 'i';
    case 'w':
        return 'v';
    case 'h':
        return '\0';
    case 'u': /* of "qu" */
        return at > 0 && word.at[at - 1] == 'q' ? '\0' : 'u';
    default:
        return byte;
    }
}

struct text word_skeleton(struct text word, char out[SKELETON_MAX])
{
    size_t used = 0;

    if (word.len < SKELETON_MIN) {
        return (struct text){"", 0};
    }
    for (size_t i = 0; i < word.len && used < SKELETON_MAX; i++) {
        char byte = heard(word, i);
        if (word.at[i] < 'a' || word.at[i] > 'z') {
            return (struct text){"", 0};
        }
        if (byte != '\0' && (used == 0 || out[used - 1] != byte)) {
            out[used++] = byte;
        }
    }
    while (used > 3 && is_vowel(out[used - 1])) {
        used--;
    }
    return used < 4 ? (struct text){"", 0} : (struct text){out, used};
}
