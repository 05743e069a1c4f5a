#include "transform/dedup/blocking.h"

#include "transform/dedup/block_split.h"
#include "transform/dedup/blocking_rules.h"
#include "transform/dedup/copies.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/team.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    PAIRS_FEW = 2000000, /* a rule may always have so many */
    PAIRS_EACH = 2,      /* or so many for each record */
    BLOCK_SHORTEST = 16, /* blocks are not cut below this */
};

/* Whether another record can have the same key, as far as the parts that are exact tell. */
static bool may_meet(const struct people *people, const struct block_rule *rule,
                     const uint32_t *row)
{
    for (int i = 0; i < rule->nparts; i++) {
        const struct block_part *part = &rule->parts[i];
        if (part->how == BLOCK_EXACT &&
            people->dicts[part->field].counts[row[part->field]] < 2) {
            return false;
        }
    }
    return true;
}

static size_t collect_keys(struct block_building *building)
{
    const struct blocking *blocking = building->blocking;
    const struct block_rule *rule = building->rule;
    uint64_t keys = parts_keys(rule->parts, rule->nparts);
    int key_bits = keys == 0 ? 64 : bits_below(keys);
    size_t n = 0;

    /* a key that does not fit loses its upper bits: then blocks hold some who do not agree,
     * which parts_join() tells */
    key_bits = key_bits > 64 - building->record_bits ? 64 - building->record_bits : key_bits;
    for (uint32_t i = 0; i < blocking->nreps; i++) {
        uint32_t record = building->reps[i];
        const uint32_t *row = people_row(blocking->people, record);
        uint64_t key = may_meet(blocking->people, rule, row)
                           ? parts_key(rule->parts, rule->nparts, row)
                           : 0;
        if (key != 0) {
            building->items[n++] = key << building->record_bits | record;
        }
    }
    packed_sort(building->items, building->spare, n, building->record_bits,
                building->record_bits + key_bits);
    return n;
}

/* Pairs in runs of one key, no run longer than `longest` counted whole. */
static uint64_t count_pairs(const struct block_building *building, size_t n, uint64_t longest)
{
    uint64_t pairs = 0;

    for (size_t i = 0; i < n;) {
        size_t end = block_run_end(building, i, n);
        pairs += end - i <= longest ? pairs_of(end - i) : (end - i) * longest / 2;
        i = end;
    }
    return pairs;
}

static void build_rule(struct block_building *building)
{
    struct block_rule *rule = building->rule;
    uint64_t most = PAIRS_FEW + PAIRS_EACH * (uint64_t)building->blocking->nreps;
    size_t n = collect_keys(building);

    if (rule->loose) {
        rule->pairs = count_pairs(building, n, UINT64_MAX);
        if (rule->pairs > PAIRS_FEW + building->blocking->nreps / PAIRS_EACH) {
            return;
        }
        rule->pairs = 0;
    }
    rule->whole = BLOCK_LONGEST;
    while (rule->whole > BLOCK_SHORTEST && count_pairs(building, n, rule->whole) > most) {
        rule->whole /= 2;
    }
    block_split(building, n);
}

struct rule_team {
    struct blocking *blocking;
    const uint32_t *reps;
    atomic_int next;
};

static void build_rules(void *context, int member)
{
    struct rule_team *team = context;
    struct block_building building = {.blocking = team->blocking, .reps = team->reps};
    size_t n = team->blocking->nreps;
    int rule;

    (void)member;
    building.record_bits = bits_below(team->blocking->people->nrecords);
    building.items = xmalloc((n + 1) * sizeof(*building.items));
    building.spare = xmalloc((n + 1) * sizeof(*building.spare));
    while ((rule = atomic_fetch_add(&team->next, 1)) < team->blocking->nrules) {
        building.rule = &team->blocking->rules[rule];
        build_rule(&building);
    }
    free(building.items);
    free(building.spare);
}

void blocking_build(struct blocking *blocking, struct people *people, int jobs)
{
    struct rule_team team = {.blocking = blocking};
    uint32_t *reps;

    *blocking = (struct blocking){.people = people};
    reps = copies_find(people, &blocking->copy_of, &blocking->nreps);
    blocking_rules_make(blocking, people->model);
    for (int i = 0; i < blocking->nrules; i++) {
        for (int part = 0; part < blocking->rules[i].nparts; part++) {
            block_part_place(&blocking->rules[i].parts[part], people, 0);
        }
    }
    team.reps = reps;
    team_run(jobs, build_rules, &team);
    free(reps);
}

uint64_t blocking_memory(const struct blocking *blocking)
{
    uint64_t nrecords = blocking->people->nrecords;
    uint64_t bytes = nrecords * sizeof(*blocking->copy_of);

    for (int i = 0; i < blocking->nrules; i++) {
        const struct block_rule *rule = &blocking->rules[i];
        if (rule->used) {
            bytes +=
                (rule->starts[rule->nblocks] + (uint64_t)rule->nblocks) * sizeof(uint32_t) +
                (rule->block_of != NULL ? nrecords * sizeof(uint32_t) : 0);
        }
    }
    return bytes;
}

void blocking_release(struct blocking *blocking)
{
    for (int i = 0; i < blocking->nrules; i++) {
        free(blocking->rules[i].records);
        free(blocking->rules[i].starts);
        free(blocking->rules[i].block_of);
    }
    free(blocking->copy_of);
    *blocking = (struct blocking){0};
}
