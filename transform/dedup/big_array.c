#include "transform/dedup/big_array.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2 << 20 };

void *big_array(size_t size)
{
    size_t whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    void *array;

    if (size < LARGE_PAGE) {
        return xmalloc(size);
    }
    array = aligned_alloc(LARGE_PAGE, whole);
    if (array == NULL) {
        return xmalloc(size);
    }
    madvise(array, whole, MADV_HUGEPAGE); /* without it the pages are small */
    return array;
}

void *big_array_move(void *array, size_t size)
{
    void *moved;

    if (size < LARGE_PAGE) {
        return xrealloc(array, size + 1);
    }
    moved = memcpy(big_array(size), array, size);
    free(array);
    return moved;
}
