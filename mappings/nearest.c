#include "mappings/nearest.h"

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static char lower(char c)
{
    return (c >= 'A' && c <= 'Z') ? (char)(c - 'A' + 'a') : c;
}

/* Optimal string alignment: insert, delete, replace, exchange of neighbours. */
static int distance_of(struct text a, struct text b)
{
    int rows[3][NEAREST_WORD_MAX + 1];
    int *before = rows[0], *above = rows[1], *here = rows[2];

    for (size_t j = 0; j <= b.len; j++) {
        above[j] = (int)j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= a.len; i++) {
        here[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int differs = lower(a.at[i - 1]) != lower(b.at[j - 1]);

            here[j] = smaller(above[j - 1] + differs, smaller(above[j], here[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a.at[i - 1]) == lower(b.at[j - 2]) &&
                lower(a.at[i - 2]) == lower(b.at[j - 1])) {
                here[j] = smaller(here[j], before[j - 2] + 1);
            }
        }
        int *spare = before;
        before = above;
        above = here;
        here = spare;
    }
    return above[b.len];
}

void nearest_init(struct nearest *nearest, struct text word)
{
    int allowed = (int)(word.len / 3);

    allowed = allowed < 1 ? 1 : smaller(allowed, 4);
    *nearest = (struct nearest){.word = word, .distance = allowed + 1};
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    struct text offered = text_of(name);
    int distance;

    if (offered.len == 0 || offered.len > NEAREST_WORD_MAX || nearest->word.len == 0 ||
        nearest->word.len > NEAREST_WORD_MAX) {
        return;
    }
    distance = distance_of(nearest->word, offered);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = name;
    }
}

const char *nearest_of(struct text word, const char *const *names)
{
    struct nearest nearest;

    nearest_init(&nearest, word);
    for (; *names; names++) {
        nearest_offer(&nearest, *names);
    }
    return nearest.best;
}

const char *nearest_phrase(const char *best, char out[NEAREST_PHRASE_MAX])
{
    if (!best) {
        return "";
    }
    snprintf(out, NEAREST_PHRASE_MAX, "; did you mean '%s'?", best);
    return out;
}
