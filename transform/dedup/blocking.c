#include "transform/dedup/blocking.h"

#include "core/ident.h"
#include "transform/dedup/blocking_rules.h"
#include "transform/dedup/record_sort.h"
#include "transform/dedup/team.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAIRS_FEW = 2000000, /* a rule may always have so many */
    PAIRS_EACH = 2,      /* or so many for each record */
    BLOCK_SHORTEST = 16, /* blocks are not cut below this */
};

/* Keys are cut short, which sorts them in half the time; two that fall together only make a
 * block a little longer. */
static const uint64_t key_bits = (UINT64_C(1) << 33) - 1;

static uint64_t mix(uint64_t key, uint64_t more)
{
    key = (key ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    key ^= key >> 29;
    key *= UINT64_C(0xBF58476D1CE4E5B9);
    return key ^ key >> 32;
}

static uint64_t value_key(const struct people_value *value, enum block_how how)
{
    switch (how) {
    case BLOCK_SOUND:
    case BLOCK_ANY_ORDER:
        return value->sound;
    case BLOCK_INITIAL:
        return (uint8_t)value->form[0];
    case BLOCK_YEAR:
        return value->sound / 10000;
    case BLOCK_EXACT:
        break;
    }
    return checksum_of(value->form, value->len);
}

/* 0: the record lacks a part and is in no block of the rule. */
static uint64_t record_key(const struct people *people, const struct block_rule *rule,
                           uint32_t record)
{
    const uint32_t *row = people_row(people, record);
    uint64_t key = 1;

    for (int i = 0; i < rule->nparts; i++) {
        const struct block_part *part = &rule->parts[i];
        const struct people_value *value = &people->dicts[part->field].values[row[part->field]];
        if (row[part->field] == 0) {
            return 0;
        }
        if (part->how == BLOCK_ANY_ORDER) {
            const struct people_value *other =
                &people->dicts[part->other].values[row[part->other]];
            if (row[part->other] == 0 || value->sound == 0 || other->sound == 0) {
                return 0;
            }
            key = mix(key, mix(2, value->sound) + mix(2, other->sound));
        } else {
            uint64_t own = value_key(value, part->how);
            if (own == 0) {
                return 0;
            }
            key = mix(key, own);
        }
    }
    return (key & key_bits) | 1;
}

static uint64_t pairs_of(uint64_t n)
{
    return n * (n - 1) / 2;
}

struct building {
    struct blocking *blocking;
    const uint32_t *reps;
    uint32_t longest; /* block that is still taken whole */
    struct keyed *items;
    struct keyed *spare;
};

/* Further fields that split a block, what tells people apart best first. */
static const enum people_kind splitters[] = {
    PEOPLE_IDENTIFIER, PEOPLE_BIRTH_DATE, PEOPLE_STREET, PEOPLE_GIVEN, PEOPLE_FAMILY,
    PEOPLE_FULL_NAME,  PEOPLE_PHONE,      PEOPLE_EMAIL,  PEOPLE_PLACE,
};

enum { SPLITTERS = sizeof(splitters) / sizeof(splitters[0]) };

/* Items from..to share a key: they get finer ones, and are sorted by them. */
static void refine(const struct building *building, struct block_rule *rule, size_t from,
                   size_t to, int splitter)
{
    const struct people *people = building->blocking->people;
    struct keyed *items = building->items;
    int field = -1;

    while (splitter < SPLITTERS &&
           ((field = people_model_find(people->model, splitters[splitter])) < 0 ||
            (rule->fields >> field & 1) != 0)) {
        splitter++;
    }
    for (size_t i = from; i < to; i++) {
        uint64_t finer;
        if (splitter < SPLITTERS) {
            uint32_t value = people_row(people, items[i].record)[field];
            const struct people_value *at = &people->dicts[field].values[value];
            finer = checksum_of(at->form, at->len) + 1;
        } else {
            finer = 1 + (i - from) / building->longest;
        }
        items[i].key = (mix(items[i].key, finer) & key_bits) | 1;
    }
    keyed_sort(items + from, building->spare, to - from);
    for (size_t i = from; splitter < SPLITTERS && i < to;) {
        size_t end = i + 1;
        while (end < to && items[end].key == items[i].key) {
            end++;
        }
        if (end - i > building->longest) {
            refine(building, rule, i, end, splitter + 1);
        }
        i = end;
    }
}

static void split_long(const struct building *building, struct block_rule *rule, size_t n)
{
    struct keyed *items = building->items;

    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && items[end].key == items[i].key) {
            end++;
        }
        if (end - i > building->longest) {
            uint64_t left = pairs_of(end - i);
            rule->nsplit++;
            rule->longest = end - i > rule->longest ? (uint32_t)(end - i) : rule->longest;
            refine(building, rule, i, end, 0);
            for (size_t from = i, to; from < end; from = to) {
                for (to = from + 1; to < end && items[to].key == items[from].key;) {
                    to++;
                }
                left -= pairs_of(to - from);
            }
            rule->pairs_left += left;
        }
        i = end;
    }
}

static size_t collect_keys(const struct building *building, const struct block_rule *rule)
{
    size_t n = 0;

    for (uint32_t i = 0; i < building->blocking->nreps; i++) {
        uint64_t key = record_key(building->blocking->people, rule, building->reps[i]);
        if (key != 0) {
            building->items[n++] = (struct keyed){key, building->reps[i]};
        }
    }
    keyed_sort(building->items, building->spare, n);
    return n;
}

/* Pairs in runs of one key, no run longer than `longest` counted whole. */
static uint64_t count_pairs(const struct keyed *items, size_t n, uint64_t longest)
{
    uint64_t pairs = 0;

    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && items[end].key == items[i].key) {
            end++;
        }
        pairs += end - i <= longest ? pairs_of(end - i) : (end - i) * longest / 2;
        i = end;
    }
    return pairs;
}

static void keep_blocks(const struct building *building, struct block_rule *rule, size_t n)
{
    struct blocking *blocking = building->blocking;
    const struct keyed *items = building->items;
    size_t place = (size_t)(rule - blocking->rules);
    uint32_t used = 0;

    rule->records = xmalloc((n + 1) * sizeof(uint32_t));
    rule->starts = xmalloc((n + 2) * sizeof(uint32_t));
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && items[end].key == items[i].key) {
            end++;
        }
        if (end - i > 1) {
            rule->starts[rule->nblocks++] = used;
            for (size_t k = i; k < end; k++) {
                blocking->block_of[items[k].record * (size_t)blocking->nrules + place] =
                    rule->nblocks;
                rule->records[used++] = items[k].record;
            }
            rule->pairs += pairs_of(end - i);
        }
        i = end;
    }
    rule->starts[rule->nblocks] = used;
    rule->records = xrealloc(rule->records, (used + 1) * sizeof(uint32_t));
    rule->starts = xrealloc(rule->starts, (rule->nblocks + 1) * sizeof(uint32_t));
    rule->used = true;
}

static void build_rule(struct building *building, struct block_rule *rule)
{
    uint64_t most = PAIRS_FEW + PAIRS_EACH * (uint64_t)building->blocking->nreps;
    size_t n = collect_keys(building, rule);

    if (rule->loose) {
        rule->pairs = count_pairs(building->items, n, UINT64_MAX);
        if (rule->pairs > PAIRS_FEW + building->blocking->nreps / PAIRS_EACH) {
            return;
        }
        rule->pairs = 0;
    }
    building->longest = BLOCK_LONGEST;
    while (building->longest > BLOCK_SHORTEST &&
           count_pairs(building->items, n, building->longest) > most) {
        building->longest /= 2;
    }
    split_long(building, rule, n);
    keep_blocks(building, rule, n);
}

struct rule_team {
    struct blocking *blocking;
    const uint32_t *reps;
    atomic_int next;
};

static void build_rules(void *context, int member)
{
    struct rule_team *team = context;
    uint32_t n = team->blocking->nreps;
    struct building building = {.blocking = team->blocking, .reps = team->reps};
    int rule;

    (void)member;
    building.items = xmalloc((n + 1) * sizeof(*building.items));
    building.spare = xmalloc((n + 1) * sizeof(*building.spare));
    while ((rule = atomic_fetch_add(&team->next, 1)) < team->blocking->nrules) {
        build_rule(&building, &team->blocking->rules[rule]);
    }
    free(building.items);
    free(building.spare);
}

/* Finds copies: rows alike in every field.  Their values are no longer counted. */
static uint32_t *find_copies(struct blocking *blocking, struct people *people)
{
    uint32_t *reps = xmalloc(((size_t)people->nrecords + 1) * sizeof(*reps));
    size_t width = (size_t)people->nfields * sizeof(uint32_t);
    uint64_t nslots = 16;
    uint32_t *slots;

    while (nslots < 2 * (uint64_t)people->nrecords) {
        nslots *= 2;
    }
    slots = xcalloc(nslots, sizeof(*slots));
    blocking->copy_of = xmalloc(((size_t)people->nrecords + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < people->nrecords; i++) {
        const uint32_t *row = people_row(people, i);
        uint64_t slot = checksum_of(row, width) & (nslots - 1);
        while (slots[slot] != 0 &&
               memcmp(people_row(people, slots[slot] - 1), row, width) != 0) {
            slot = (slot + 1) & (nslots - 1);
        }
        if (slots[slot] == 0) {
            slots[slot] = i + 1;
            reps[blocking->nreps++] = i;
        } else {
            for (int field = 0; field < people->nfields; field++) {
                people->dicts[field].values[row[field]].count--;
                people->dicts[field].present -= row[field] != 0 ? 1 : 0;
            }
        }
        blocking->copy_of[i] = slots[slot] - 1;
    }
    free(slots);
    return reps;
}

void blocking_build(struct blocking *blocking, struct people *people, int jobs)
{
    struct rule_team team = {.blocking = blocking};
    uint32_t *reps;

    *blocking = (struct blocking){.people = people};
    reps = find_copies(blocking, people);
    blocking_rules_make(blocking, people->model);
    blocking->block_of =
        xcalloc((size_t)people->nrecords * (size_t)blocking->nrules + 1, sizeof(uint32_t));
    team.reps = reps;
    team_run(jobs, build_rules, &team);
    free(reps);
}

void blocking_release(struct blocking *blocking)
{
    for (int i = 0; i < blocking->nrules; i++) {
        free(blocking->rules[i].records);
        free(blocking->rules[i].starts);
    }
    free(blocking->copy_of);
    free(blocking->block_of);
    *blocking = (struct blocking){0};
}
