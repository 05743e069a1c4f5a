/*
 * fingerprint.h - a set of rows as 4,096 sums, so that two sets are compared without sorting
 * either, and a difference is narrowed to a range of ids.
 *
 * Rule      bucket = the first 12 bits of the id (ids are hashes, so buckets fill evenly); a
 *           bucket holds the number of its rows and the sum, modulo 2^128, of the XXH3-128 of
 *           their tuple bytes.  Sums do not depend on the order, and count repeats.
 * Size      96 KiB, no pointers: it may lie in memory shared between processes.
 */
#ifndef HMS_REHEARSALS_FINGERPRINT_H
#define HMS_REHEARSALS_FINGERPRINT_H

#include "core/ident.h"

enum { FINGERPRINT_BITS = 12, FINGERPRINT_BUCKETS = 1 << FINGERPRINT_BITS };

struct fingerprint_bucket {
    uint64_t rows;
    struct digest128 sum;
};

struct fingerprint {
    struct fingerprint_bucket buckets[FINGERPRINT_BUCKETS];
};

void digest_add(struct digest128 *sum, struct digest128 more); /* modulo 2^128 */
uint32_t fingerprint_bucket_of(const uint8_t id[16]);
void fingerprint_add(struct fingerprint *fingerprint, const uint8_t id[16], struct text tuple);
void fingerprint_merge(struct fingerprint *into, const struct fingerprint *from);
bool fingerprint_bucket_equal(const struct fingerprint *a, const struct fingerprint *b,
                              uint32_t bucket);
/* Rows and sum over all buckets: what is printed and stored. */
struct fingerprint_bucket fingerprint_total(const struct fingerprint *fingerprint);
/* The smallest id of a bucket; bucket FINGERPRINT_BUCKETS has none. */
struct ident fingerprint_first_id(uint32_t bucket);

#endif
