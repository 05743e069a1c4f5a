/*
 * big_array.h - memory for what is read in no order: in pages of 2 MiB where the system has them,
 * which saves half of the waiting for memory.
 *
 * Freed with free(), as any other; may be given to xrealloc(), which may lose the large pages.
 */
#ifndef HMS_TRANSFORM_DEDUP_BIG_ARRAY_H
#define HMS_TRANSFORM_DEDUP_BIG_ARRAY_H

#include "core/text.h"

void *big_array(size_t size); /* not zeroed */
/* A copy of exactly `size` bytes; the array is freed. */
void *big_array_move(void *array, size_t size);

#endif
