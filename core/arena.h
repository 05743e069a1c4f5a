/*
 * arena.h - memory of one lifetime: everything allocated here goes at once.
 *
 * Shape     blocks of 256 KiB; a clear merges many blocks into one, so that in the steady
 *           state a batch costs no malloc.
 * Limits    none of its own: whoever fills it bounds its input (see batch.h).
 * Threads   one arena, one thread.
 */
#ifndef HMS_CORE_ARENA_H
#define HMS_CORE_ARENA_H

#include "core/text.h"

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t used; /* bytes handed out since the last clear */
};

void *arena_alloc(struct arena *arena, size_t size); /* aligned to 16 bytes, not zeroed */
char *arena_bytes(struct arena *arena, size_t size); /* unaligned, for text */
struct text arena_copy(struct arena *arena,
                       struct text text); /* NUL-terminated for convenience */
char *arena_strdup(struct arena *arena, struct text text);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Gives back the last `spare` bytes of the most recent arena_bytes(). */
void arena_trim(struct arena *arena, size_t spare);
void arena_clear(struct arena *arena);
void arena_release(struct arena *arena);

#endif
