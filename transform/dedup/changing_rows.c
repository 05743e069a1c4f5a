#include "transform/dedup/changing_rows.h"

#include "core/ident.h"
#include "transform/dedup/people_sound.h"
#include "transform/dedup/row_facts.h"
#include "transform/dedup/shared_values.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

static size_t row_width(const struct changing_rows *rows)
{
    return (size_t)rows->people->nfields * sizeof(uint32_t);
}

static uint32_t more_room(uint32_t room)
{
    return room + room / 16 + 1024;
}

static void set_room(struct changing_rows *rows, uint32_t room)
{
    struct people *people = rows->people;
    uint32_t before = rows->room;

    people->cells = xrealloc(people->cells, ((size_t)room + 1) * (size_t)people->width *
                                                sizeof(*people->cells));
    people->ids = xrealloc(people->ids, ((size_t)room + 1) * sizeof(*people->ids));
    rows->blocking->copy_of =
        xrealloc(rows->blocking->copy_of, ((size_t)room + 1) * sizeof(uint32_t));
    rows->gone = xrealloc(rows->gone, (size_t)room + 1);
    rows->next = xrealloc(rows->next, ((size_t)room + 1) * sizeof(uint32_t));
    rows->before = xrealloc(rows->before, ((size_t)room + 1) * sizeof(uint32_t));
    for (uint32_t i = before; i < room; i++) {
        rows->gone[i] = 0;
        rows->next[i] = i;
        rows->before[i] = i;
    }
    rows->room = room;
}

/* The slot of a representative with that row, or the free one where it belongs. */
static uint64_t row_slot(const struct changing_rows *rows, const uint32_t *row)
{
    size_t width = row_width(rows);
    uint64_t slot = checksum_of(row, width) & (rows->nrow_slots - 1);

    while (rows->row_slots[slot] != 0) {
        uint32_t record = rows->row_slots[slot] - 1;
        if (rows->gone[record] == 0 && rows->blocking->copy_of[record] == record &&
            memcmp(people_row(rows->people, record), row, width) == 0) {
            break;
        }
        slot = (slot + 1) & (rows->nrow_slots - 1);
    }
    return slot;
}

static void fill_row_slots(struct changing_rows *rows)
{
    rows->nrow_slots = FIRST_SLOTS;
    while (rows->nrow_slots < 3 * (uint64_t)rows->people->nrecords) {
        rows->nrow_slots *= 2;
    }
    free(rows->row_slots);
    rows->row_slots = xcalloc(rows->nrow_slots, sizeof(*rows->row_slots));
    rows->nrows = 0;
    for (uint32_t i = 0; i < rows->people->nrecords; i++) {
        if (rows->gone[i] == 0 && rows->blocking->copy_of[i] == i) {
            rows->row_slots[row_slot(rows, people_row(rows->people, i))] = i + 1;
            rows->nrows++;
        }
    }
}

static void join_ring(struct changing_rows *rows, uint32_t ring, uint32_t record)
{
    rows->next[record] = rows->next[ring];
    rows->before[record] = ring;
    rows->before[rows->next[ring]] = record;
    rows->next[ring] = record;
}

void changing_rows_open(struct changing_rows *rows, struct people *people,
                        struct blocking *blocking)
{
    *rows = (struct changing_rows){.people = people, .blocking = blocking};
    set_room(rows, more_room(people->nrecords)); /* now, not when the first record comes */
    for (uint32_t i = 0; i < people->nrecords; i++) {
        if (blocking->copy_of[i] != i) {
            join_ring(rows, blocking->copy_of[i], i);
        }
    }
    for (int i = 0; i < people->nfields; i++) {
        people_dict_reopen(&people->dicts[i]);
    }
    fill_row_slots(rows);
    rows->nid_slots = FIRST_SLOTS;
    rows->id_slots = xcalloc(rows->nid_slots, sizeof(*rows->id_slots));
    rows->row = xmalloc(row_width(rows));
    people_piece_init(&rows->piece, people->model);
}

void changing_rows_release(struct changing_rows *rows)
{
    people_piece_release(&rows->piece);
    value_former_release(&rows->former);
    free(rows->gone);
    free(rows->next);
    free(rows->before);
    free(rows->id_slots);
    free(rows->row_slots);
    free(rows->row);
    *rows = (struct changing_rows){0};
}

uint64_t changing_rows_memory(const struct changing_rows *rows)
{
    return rows->room * (uint64_t)(1 + 2 * sizeof(uint32_t)) +
           (rows->nid_slots + rows->nrow_slots) * sizeof(uint32_t);
}

static uint32_t id_slot(const struct changing_rows *rows, struct text id)
{
    uint32_t slot = (uint32_t)checksum_of(id.at, id.len) & (rows->nid_slots - 1);

    while (rows->id_slots[slot] != 0 &&
           !text_equal(rows->people->ids[rows->id_slots[slot] - 1], id)) {
        slot = (slot + 1) & (rows->nid_slots - 1);
    }
    return slot;
}

int64_t changing_rows_find(const struct changing_rows *rows, struct text id)
{
    int64_t record = people_find(rows->people, id);

    return record >= 0 ? record : (int64_t)rows->id_slots[id_slot(rows, id)] - 1;
}

uint32_t changing_rows_alike(const struct changing_rows *rows, uint32_t record)
{
    uint32_t count = 1;

    for (uint32_t at = rows->next[record]; at != record; at = rows->next[at]) {
        count++;
    }
    return count;
}

static void grow_ids(struct changing_rows *rows)
{
    free(rows->id_slots);
    rows->nid_slots *= 2;
    rows->id_slots = xcalloc(rows->nid_slots, sizeof(*rows->id_slots));
    for (uint32_t i = rows->people->nsorted; i < rows->people->nrecords; i++) {
        rows->id_slots[id_slot(rows, rows->people->ids[i])] = i + 1;
    }
}

uint32_t changing_rows_add(struct changing_rows *rows, struct text id)
{
    struct people *people = rows->people;
    uint32_t record = people->nrecords;

    if (record == rows->room) {
        set_room(rows, more_room(rows->room));
    }
    people->ids[record] = arena_copy(&people->id_text, id);
    memset(people->cells + (size_t)record * (size_t)people->width, 0,
           (size_t)people->width * sizeof(*people->cells));
    rows->blocking->copy_of[record] = record;
    rows->gone[record] = 1;
    people->nrecords++;
    if (2 * (people->nrecords - people->nsorted) > rows->nid_slots) {
        grow_ids(rows);
    }
    rows->id_slots[id_slot(rows, id)] = record + 1;
    return record;
}

void changing_rows_make(struct changing_rows *rows, const struct text *cells)
{
    struct people *people = rows->people;

    people_piece_clear(&rows->piece);
    people_piece_add(&rows->piece, (struct text){"", 0}, cells);
    people_piece_make(&rows->piece, people->model, &rows->former);
    for (int field = 0; field < people->nfields; field++) {
        struct people_dict *dict = &people->dicts[field];
        uint32_t from = dict->nvalues;
        people_dict_put(dict, people->model->fields[field].kind,
                        rows->piece.forms + (size_t)field * rows->piece.room, 1,
                        &rows->row[field], 1);
        if (rows->row[field] != 0) {
            dict->counts[rows->row[field]]--;
            dict->present--;
        }
        if (value_is_of_strangers(dict, rows->row[field])) {
            rows->row[field] = 0;
        }
        if (dict->nvalues > from) {
            people_number_sounds(people, field, from);
        }
    }
}

static void count_row(struct changing_rows *rows, const uint32_t *row, bool more)
{
    for (int field = 0; field < rows->people->nfields; field++) {
        struct people_dict *dict = &rows->people->dicts[field];
        if (row[field] != 0) {
            dict->counts[row[field]] += more ? 1 : UINT32_MAX;
            dict->present += more ? 1 : UINT32_MAX;
        }
    }
}

static void grow_row_slots(struct changing_rows *rows)
{
    if (2 * rows->nrows >= rows->nrow_slots) {
        fill_row_slots(rows);
    }
}

bool changing_rows_place(struct changing_rows *rows, uint32_t record)
{
    struct people *people = rows->people;
    uint32_t *row;
    uint64_t slot;

    grow_row_slots(rows);
    slot = row_slot(rows, rows->row);
    row = people->cells + (size_t)record * (size_t)people->width;
    memcpy(row, rows->row, row_width(rows));
    row_facts_fill(people, row);
    rows->gone[record] = 0;
    if (rows->row_slots[slot] != 0) {
        uint32_t alike = rows->row_slots[slot] - 1;
        rows->blocking->copy_of[record] = alike;
        join_ring(rows, alike, record);
        return false;
    }
    rows->blocking->copy_of[record] = record;
    rows->row_slots[slot] = record + 1;
    rows->nrows++;
    count_row(rows, rows->row, true);
    return true;
}

uint32_t changing_rows_take(struct changing_rows *rows, uint32_t record)
{
    uint32_t *copy_of = rows->blocking->copy_of;
    uint32_t heir = rows->next[record];
    bool represents = copy_of[record] == record;
    uint64_t slot;

    rows->next[rows->before[record]] = rows->next[record];
    rows->before[rows->next[record]] = rows->before[record];
    rows->next[record] = record;
    rows->before[record] = record;
    rows->gone[record] = 1;
    copy_of[record] = record;
    if (!represents) {
        return UINT32_MAX;
    }
    if (heir == record) {
        count_row(rows, people_row(rows->people, record), false);
        return UINT32_MAX;
    }
    for (uint32_t at = rows->next[heir]; at != heir; at = rows->next[at]) {
        copy_of[at] = heir;
    }
    copy_of[heir] = heir;
    grow_row_slots(rows);
    slot = row_slot(rows, people_row(rows->people, heir));
    rows->nrows += rows->row_slots[slot] == 0 ? 1 : 0; /* growing has found it already */
    rows->row_slots[slot] = heir + 1;
    return heir;
}
