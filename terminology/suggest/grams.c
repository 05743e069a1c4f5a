/* grams.c - character trigrams as numbers below GRAMS. */
#include "terminology/suggest/suggest_index.h"

#include <stdlib.h>

/* Blank 0, letters 1 to 26, digits 27 to 36; other scripts share the letters. */
static unsigned class_of(char byte)
{
    uint8_t b = (uint8_t)byte;

    return b >= 'a' && b <= 'z'   ? b - 'a' + 1U
           : b >= '0' && b <= '9' ? b - '0' + 27U
           : b >= 0x80            ? b % 26 + 1U
                                  : 0;
}

static int compare(const void *a, const void *b)
{
    uint16_t x = *(const uint16_t *)a;
    uint16_t y = *(const uint16_t *)b;

    return (x > y) - (x < y);
}

int grams_of(struct text joined, uint16_t *grams, int max)
{
    unsigned window = 0;
    int count = 0;
    int kept = 0;

    for (size_t i = 0; i <= joined.len && count < max; i++) {
        window = (window * 37 + (i < joined.len ? class_of(joined.at[i]) : 0)) % GRAMS;
        if (i > 0) {
            grams[count++] = (uint16_t)window;
        }
    }
    qsort(grams, (size_t)count, sizeof(grams[0]), compare);
    for (int i = 0; i < count; i++) {
        if (i == 0 || grams[i] != grams[i - 1]) {
            grams[kept++] = grams[i];
        }
    }
    return kept;
}
