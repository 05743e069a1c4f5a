#include "core/arena.h"

#include <stdarg.h>

enum { ARENA_BLOCK = 256 << 10, ARENA_ALIGN = 16 };

/* Newest first.  `size` bytes follow the header, `used` of them are handed out. */
struct arena_block {
    struct arena_block *older;
    size_t size;
    size_t used;
    size_t unused; /* keeps the data 16-aligned */
};

static char *block_data(struct arena_block *block)
{
    return (char *)(block + 1);
}

static void arena_grow(struct arena *arena, size_t size)
{
    size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    struct arena_block *block = xmalloc(sizeof(*block) + room);

    block->older = arena->blocks;
    block->size = room;
    block->used = 0;
    block->unused = 0;
    arena->blocks = block;
}

static char *arena_take(struct arena *arena, size_t size, size_t align)
{
    struct arena_block *block = arena->blocks;
    size_t start = block == NULL ? 0 : (block->used + align - 1) & ~(align - 1);

    if (block == NULL || start > block->size || size > block->size - start) {
        arena_grow(arena, size);
        block = arena->blocks;
        start = 0;
    }
    arena->used += start + size - block->used;
    block->used = start + size;
    return block_data(block) + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return arena_take(arena, size, ARENA_ALIGN);
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return arena_take(arena, size, 1);
}

void arena_trim(struct arena *arena, size_t spare)
{
    arena->blocks->used -= spare;
    arena->used -= spare;
}

struct text arena_copy(struct arena *arena, struct text text)
{
    return (struct text){arena_strdup(arena, text), text.len};
}

char *arena_strdup(struct arena *arena, struct text text)
{
    char *copy = arena_bytes(arena, text.len + 1);

    if (text.len > 0) {
        memcpy(copy, text.at, text.len);
    }
    copy[text.len] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    char *out;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    out = arena_bytes(arena, (size_t)(len < 0 ? 0 : len) + 1);
    vsnprintf(out, (size_t)(len < 0 ? 0 : len) + 1, format, again);
    va_end(again);
    return out;
}

void arena_release(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *older = arena->blocks->older;
        free(arena->blocks);
        arena->blocks = older;
    }
    arena->used = 0;
}

void arena_clear(struct arena *arena)
{
    size_t size = 0;

    if (arena->blocks != NULL && arena->blocks->older != NULL) {
        for (struct arena_block *block = arena->blocks; block != NULL; block = block->older) {
            size += block->size;
        }
        arena_release(arena);
        arena_grow(arena, size);
    }
    if (arena->blocks != NULL) {
        arena->blocks->used = 0;
    }
    arena->used = 0;
}
