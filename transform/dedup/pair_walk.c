#include "transform/dedup/pair_walk.h"

#include <assert.h>

/* Rows are asked for so many places before they are needed: a walk waits for memory more than it
 * computes. */
enum { ROWS_AHEAD = 24 };

void pair_walk_init(struct pair_walk *walk, const struct blocking *blocking,
                    void (*take)(void *context, const struct record_pair *pairs, uint32_t n),
                    void *context)
{
    walk->blocking = blocking;
    walk->take = take;
    walk->context = context;
    walk->npairs = 0;
}

static uint64_t code_bit(struct pair_walk *walk, const struct block_code *code)
{
    struct walk_code wanted = {code->word, code->mask << code->shift};
    int i = 0;

    while (i < walk->ncodes &&
           (walk->codes[i].word != wanted.word || walk->codes[i].mask != wanted.mask)) {
        i++;
    }
    if (i == walk->ncodes) {
        assert(i < WALK_CODES);
        walk->codes[walk->ncodes++] = wanted;
    }
    return UINT64_C(1) << i;
}

static void add_rule(struct pair_walk *walk, const struct block_rule *rule)
{
    struct walk_rule *out = &walk->rules[walk->nrules++];

    *out = (struct walk_rule){.rule = rule};
    for (int i = 0; i < rule->nparts; i++) {
        const struct block_part *part = &rule->parts[i];
        if (part->how == BLOCK_ANY_ORDER) {
            out->crossed = part;
            out->crossed_bits = code_bit(walk, &part->code) | code_bit(walk, &part->other_code);
        } else {
            out->need |= code_bit(walk, &part->code);
        }
    }
}

void pair_walk_rule(struct pair_walk *walk, int rule)
{
    walk->rule = rule;
    walk->nrules = 0;
    walk->ncodes = 0;
    for (int i = 0; i <= rule; i++) {
        if (walk->blocking->rules[i].used) {
            add_rule(walk, &walk->blocking->rules[i]);
        }
    }
}

void pair_walk_end(struct pair_walk *walk)
{
    if (walk->npairs > 0) {
        walk->take(walk->context, walk->pairs, walk->npairs);
        walk->npairs = 0;
    }
}

/* Bits of the codes on which two rows agree. */
static uint64_t agreement(const struct pair_walk *walk, const uint32_t *a, const uint32_t *b)
{
    uint64_t bits = 0;

    for (int i = 0; i < walk->ncodes; i++) {
        const struct walk_code *code = &walk->codes[i];
        uint32_t differ = (a[code->word] ^ b[code->word]) & code->mask;
        bits |= (uint64_t)(differ == 0 && (a[code->word] & code->mask) != 0) << i;
    }
    return bits;
}

static bool has(const struct walk_rule *rule, uint64_t agree, const struct record_pair *pair,
                const uint32_t *row_a, const uint32_t *row_b)
{
    if ((agree & rule->need) != rule->need ||
        (rule->crossed != NULL && (agree & rule->crossed_bits) != rule->crossed_bits &&
         !parts_join_any_order(rule->crossed, row_a, row_b))) {
        return false;
    }
    return rule_keeps(rule->rule, pair->a, pair->b);
}

/* Whether the last of the rules has the pair, and none before it. */
static bool is_new(const struct pair_walk *walk, const struct record_pair *pair,
                   const uint32_t *row_a)
{
    const uint32_t *row_b = people_row(walk->blocking->people, pair->b);
    uint64_t agree = agreement(walk, row_a, row_b);

    for (int i = 0; i < walk->nrules - 1; i++) {
        if (has(&walk->rules[i], agree, pair, row_a, row_b)) {
            return false;
        }
    }
    return has(&walk->rules[walk->nrules - 1], agree, pair, row_a, row_b);
}

static void fetch_row(const struct people *people, uint32_t record)
{
    const uint32_t *row = people_row(people, record);

    __builtin_prefetch(row);
    __builtin_prefetch(row + people->width - 1);
}

void pair_walk_blocks(struct pair_walk *walk, uint32_t from, uint32_t to)
{
    const struct people *people = walk->blocking->people;
    const struct block_rule *rule = &walk->blocking->rules[walk->rule];
    uint32_t last = rule->starts[rule->nblocks];

    for (uint32_t block = from; block < to; block++) {
        uint32_t end = rule->starts[block + 1];
        for (uint32_t i = rule->starts[block]; i < end; i++) {
            uint32_t a = rule->records[i];
            const uint32_t *row = people_row(people, a);
            if (i + ROWS_AHEAD < last) {
                fetch_row(people, rule->records[i + ROWS_AHEAD]);
            }
            for (uint32_t k = i + 1; k < end; k++) {
                struct record_pair *next = &walk->pairs[walk->npairs];
                *next = (struct record_pair){a, rule->records[k]};
                walk->npairs += is_new(walk, next, row) ? 1 : 0;
                if (walk->npairs == WALK_PAIRS) {
                    pair_walk_end(walk);
                }
            }
        }
    }
}
