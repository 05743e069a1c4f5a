#include "load/repeat_watch.h"

#include "core/copy_tuple.h"
#include "core/ident.h"

enum {
    LINE_WORDS = 8,
    LINE_ROWS = 32, /* 16 bits a row */
    FIRST_LINES = 1 << 10,
    GROWTH = 4,
    BITS = 6,
    AHEAD = 16,
    SUSPECT_BYTES = 37, /* with its comma */
    NUMBER_MAX = 24
};

static struct repeat_filter *newest(struct repeat_watch *watch)
{
    struct repeat_filter *last =
        watch->nfilters == 0 ? NULL : &watch->filters[watch->nfilters - 1];
    uint64_t nlines = last == NULL ? FIRST_LINES : last->nlines * GROWTH;

    if (last != NULL && last->rows < last->nlines * LINE_ROWS) {
        return last;
    }
    if (watch->nfilters == REPEAT_FILTERS) {
        watch->gave_up = true;
        return last;
    }
    last = &watch->filters[watch->nfilters++];
    *last = (struct repeat_filter){.lines = xcalloc(nlines * LINE_WORDS, sizeof(*last->lines)),
                                   .nlines = nlines};
    return last;
}

/* The line of an id, and the bits that stand for it there: each 9 bits of `high` choose one. */
static uint64_t *filter_line(const struct repeat_filter *filter, uint64_t low)
{
    return filter->lines + (low & (filter->nlines - 1)) * LINE_WORDS;
}

static bool filter_has(const struct repeat_filter *filter, uint64_t low, uint64_t high)
{
    const uint64_t *line = filter_line(filter, low);

    for (int i = 0; i < BITS; i++, high >>= 9) {
        if ((line[high >> 6 & 7] >> (high & 63) & 1) == 0) {
            return false;
        }
    }
    return true;
}

static void filter_put(struct repeat_filter *filter, uint64_t low, uint64_t high)
{
    uint64_t *line = filter_line(filter, low);

    for (int i = 0; i < BITS; i++, high >>= 9) {
        line[high >> 6 & 7] |= UINT64_C(1) << (high & 63);
    }
    filter->rows++;
}

static void suspect(struct repeat_watch *watch, struct ident id)
{
    char text[SUSPECT_BYTES];

    if (watch->nsuspects == SUSPECTS_MAX) {
        watch->gave_up = true;
        return;
    }
    if (watch->nsuspects++ == 0) {
        strbuf_init(&watch->suspects, (size_t)SUSPECTS_MAX * SUSPECT_BYTES + 2);
    }
    ident_format(id, text);
    strbuf_putc(&watch->suspects, watch->nsuspects == 1 ? '{' : ',');
    strbuf_add(&watch->suspects, text, sizeof(text) - 1);
}

/* An id as the two numbers that choose its line and its bits.  Of a UUIDv8 the upper bits of bytes 6 and
 * 8 are fixed: they are left out of both. */
struct watched_id {
    struct ident id;
    uint64_t low;
    uint64_t high;
};

/* Lines of a large filter are in no cache: they are asked for some rows before they are looked at. */
static struct watched_id approach(const struct repeat_watch *watch, const char *bytes)
{
    struct watched_id seen;

    memcpy(seen.id.bytes, bytes, sizeof(seen.id.bytes));
    memcpy(&seen.high, seen.id.bytes, sizeof(seen.high));
    memcpy(&seen.low, seen.id.bytes + 8, sizeof(seen.low));
    seen.low >>= 8;
    seen.high = seen.high << 12 | seen.low >> 44;
    for (int i = 0; i < watch->nfilters; i++) {
        __builtin_prefetch(filter_line(&watch->filters[i], seen.low));
    }
    return seen;
}

static void watch_id(struct repeat_watch *watch, const struct watched_id *seen)
{
    struct repeat_filter *filter = newest(watch);

    for (int i = 0; i < watch->nfilters; i++) {
        if (filter_has(&watch->filters[i], seen->low, seen->high)) {
            suspect(watch, seen->id);
            return;
        }
    }
    filter_put(filter, seen->low, seen->high);
}

/* Takes a tuple off the front; its id. */
static bool take_tuple(struct text *tuples, struct text *id)
{
    struct text field;
    uint32_t fields;

    if (!copy_tuple_take_count(tuples, &fields) || !copy_tuple_take_field(tuples, id) ||
        id->at == NULL || id->len != COPY_ID_BYTES) {
        return false;
    }
    for (uint32_t i = 1; i < fields; i++) {
        if (!copy_tuple_take_field(tuples, &field)) {
            return false;
        }
    }
    return true;
}

void repeat_watch_add(struct repeat_watch *watch, struct text tuples)
{
    struct watched_id seen[AHEAD];
    struct text id;

    while (!watch->gave_up && tuples.len > 0) {
        int count = 0;
        while (count < AHEAD && tuples.len > 0) {
            if (!take_tuple(&tuples, &id)) { /* PostgreSQL will say what is wrong with it */
                watch->gave_up = true;
                return;
            }
            seen[count++] = approach(watch, id.at);
        }
        for (int i = 0; i < count; i++) {
            watch_id(watch, &seen[i]);
        }
    }
}

bool repeat_watch_save(const struct repeat_watch *watch, struct pg *pg, int run_id,
                       const char *entity, int lane, struct error *err)
{
    char id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    struct strbuf suspects;
    bool ok;

    if (!watch->gave_up && watch->nsuspects == 0) {
        return true;
    }
    strbuf_init(&suspects, watch->suspects.len + 16);
    strbuf_add_text(&suspects,
                    watch->gave_up ? text_of("{NULL") : strbuf_text(&watch->suspects));
    strbuf_putc(&suspects, '}');
    snprintf(id, sizeof(id), "%d", run_id);
    snprintf(lane_text, sizeof(lane_text), "%d", lane);
    ok = pg_exec(pg,
                 "INSERT INTO mig.suspect (run_id, entity, lane, id) "
                 "SELECT $1, $2, $3, unnest($4::uuid[])",
                 4, (const char *const[]){id, entity, lane_text, suspects.at}, err);
    strbuf_release(&suspects);
    return ok;
}

void repeat_watch_release(struct repeat_watch *watch)
{
    for (int i = 0; i < watch->nfilters; i++) {
        free(watch->filters[i].lines);
    }
    if (watch->nsuspects > 0) {
        strbuf_release(&watch->suspects);
    }
    *watch = (struct repeat_watch){0};
}
