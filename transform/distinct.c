#include "transform/distinct.h"

#include "core/ident.h"

#include <assert.h>

enum { TABLE_SIZE = 2 * BATCH_ROWS_MAX, PAUSE_MAX = 63, WORD = sizeof(uint64_t) };

/* A cell in two words: all there is to it when it is at most WHOLE bytes long, which most are. */
struct distinct_key {
    uint64_t head;
    uint64_t tail;
};

enum { WHOLE = 2 * WORD };

void distinct_init(struct distinct *distinct, uint32_t rows_max)
{
    assert(rows_max <= BATCH_ROWS_MAX);
    *distinct = (struct distinct){.cells = xcalloc(rows_max, sizeof(*distinct->cells)),
                                  .keys = xcalloc(rows_max, sizeof(*distinct->keys)),
                                  .at = xcalloc(rows_max, sizeof(*distinct->at))};
}

void distinct_release(struct distinct *distinct)
{
    free(distinct->cells);
    free(distinct->keys);
    free(distinct->at);
    *distinct = (struct distinct){0};
}

static uint64_t word_at(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}

static uint64_t half_word_at(const char *at)
{
    uint32_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}

/* From the front and from the end, so that a short cell is read without a loop. */
static struct distinct_key key_of(struct cell cell)
{
    const char *at = cell.at;
    const char *end = cell.at + cell.len;

    if (cell.len > WHOLE) {
        return (struct distinct_key){checksum_of(at, cell.len), 0};
    }
    if (cell.len >= WORD) {
        return (struct distinct_key){word_at(at), word_at(end - WORD)};
    }
    if (cell.len >= WORD / 2) {
        return (struct distinct_key){half_word_at(at), half_word_at(end - WORD / 2)};
    }
    if (cell.len > 0) {
        return (struct distinct_key){(uint8_t)at[0], (uint64_t)(uint8_t)at[cell.len / 2] << 8 |
                                                         (uint8_t)end[-1]};
    }
    return (struct distinct_key){0, 0};
}

static uint64_t key_hash(struct distinct_key key)
{
    uint64_t hash =
        (key.head ^ key.tail * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);

    return hash ^ hash >> 32;
}

static bool is_same(const struct distinct *distinct, uint16_t place, struct distinct_key key,
                    struct cell cell)
{
    struct cell known = distinct->cells[place];

    return distinct->keys[place].head == key.head && distinct->keys[place].tail == key.tail &&
           known.len == cell.len && known.state == cell.state &&
           (cell.len <= WHOLE || memcmp(known.at, cell.at, cell.len) == 0);
}

/* Where the value stands among those found, or is put now. `table` holds one more than that
 * place, 0 where it is empty; it is never more than half full. */
static uint16_t place_of(struct distinct *distinct, struct cell cell,
                         uint16_t table[TABLE_SIZE])
{
    struct distinct_key key = key_of(cell);

    for (uint64_t slot = key_hash(key);; slot++) {
        uint16_t *entry = &table[slot % TABLE_SIZE];
        if (*entry == 0) {
            distinct->cells[distinct->count] = cell;
            distinct->keys[distinct->count++] = key;
            *entry = (uint16_t)distinct->count;
        }
        if (is_same(distinct, (uint16_t)(*entry - 1), key, cell)) {
            return (uint16_t)(*entry - 1);
        }
    }
}

static void search(struct distinct *distinct, const struct cell *cells, const char *const *gone,
                   uint32_t nrows)
{
    uint16_t table[TABLE_SIZE] = {0};

    for (uint32_t row = 0; row < nrows; row++) {
        if (gone[row] == NULL) {
            distinct->at[row] = place_of(distinct, cells[row], table);
        }
    }
}

static void take_all(struct distinct *distinct, const struct cell *cells,
                     const char *const *gone, uint32_t nrows)
{
    for (uint32_t row = 0; row < nrows; row++) {
        distinct->cells[row] =
            gone[row] == NULL ? cells[row] : (struct cell){"", 0, CELL_ABSENT};
        distinct->at[row] = (uint16_t)row;
    }
    distinct->count = nrows;
}

void distinct_find(struct distinct *distinct, const struct cell *cells, const char *const *gone,
                   uint32_t nrows)
{
    distinct->count = 0;
    if (distinct->remaining > 0) {
        distinct->remaining--;
        take_all(distinct, cells, gone, nrows);
        return;
    }
    search(distinct, cells, gone, nrows);
    if (distinct->count > nrows - nrows / 4) {
        distinct->pause = distinct->pause >= PAUSE_MAX ? PAUSE_MAX : distinct->pause * 2 + 1;
        distinct->remaining = distinct->pause;
    } else {
        distinct->pause = 0;
    }
}
