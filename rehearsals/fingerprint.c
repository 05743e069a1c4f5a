#include "rehearsals/fingerprint.h"

void digest_add(struct digest128 *sum, struct digest128 more)
{
    uint64_t low = sum->low + more.low;
    sum->high += more.high + (low < sum->low ? 1 : 0);
    sum->low = low;
}

uint32_t fingerprint_bucket_of(const uint8_t id[16])
{
    return (uint32_t)id[0] << 4 | id[1] >> 4;
}

void fingerprint_add(struct fingerprint *fingerprint, const uint8_t id[16], struct text tuple)
{
    struct fingerprint_bucket *bucket = &fingerprint->buckets[fingerprint_bucket_of(id)];
    bucket->rows++;
    digest_add(&bucket->sum, digest_of(tuple.at, tuple.len));
}

void fingerprint_merge(struct fingerprint *into, const struct fingerprint *from)
{
    for (uint32_t i = 0; i < FINGERPRINT_BUCKETS; i++) {
        into->buckets[i].rows += from->buckets[i].rows;
        digest_add(&into->buckets[i].sum, from->buckets[i].sum);
    }
}

bool fingerprint_bucket_equal(const struct fingerprint *a, const struct fingerprint *b,
                              uint32_t bucket)
{
    const struct fingerprint_bucket *x = &a->buckets[bucket], *y = &b->buckets[bucket];
    return x->rows == y->rows && x->sum.high == y->sum.high && x->sum.low == y->sum.low;
}

struct fingerprint_bucket fingerprint_total(const struct fingerprint *fingerprint)
{
    struct fingerprint_bucket total = {0};
    for (uint32_t i = 0; i < FINGERPRINT_BUCKETS; i++) {
        total.rows += fingerprint->buckets[i].rows;
        digest_add(&total.sum, fingerprint->buckets[i].sum);
    }
    return total;
}

struct ident fingerprint_first_id(uint32_t bucket)
{
    struct ident id = {0};
    id.bytes[0] = (uint8_t)(bucket >> 4);
    id.bytes[1] = (uint8_t)(bucket << 4);
    return id;
}
