#include "terminology/suggest/suggest_many.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { BLOCK_ENTRIES = 128, BLOCK_BYTES_MAX = 1 << 30 };

struct dealing {
    const struct suggest_many *many;
    struct strbuf *blocks;
    size_t nblocks;
    atomic_size_t next;
};

static void ask_block(const struct dealing *dealing, struct suggest_scratch *scratch,
                      size_t block)
{
    const struct suggest_many *many = dealing->many;
    size_t end =
        (block + 1) * BLOCK_ENTRIES < many->count ? (block + 1) * BLOCK_ENTRIES : many->count;

    for (size_t i = block * BLOCK_ENTRIES; i < end; i++) {
        struct suggest_answer answers[SUGGEST_ANSWERS_MAX];
        struct suggest_entry entry = {many->suggester, scratch, &many->entries[i].query,
                                      answers, 0};
        entry.count = suggest(many->suggester, scratch, entry.query, answers, many->limit);
        many->write(many->context, &entry, &dealing->blocks[block]);
    }
}

static void *work(void *argument)
{
    struct dealing *dealing = argument;
    struct suggest_scratch *scratch = suggest_scratch_new(dealing->many->suggester);

    for (size_t block = atomic_fetch_add(&dealing->next, 1); block < dealing->nblocks;
         block = atomic_fetch_add(&dealing->next, 1)) {
        ask_block(dealing, scratch, block);
    }
    suggest_scratch_free(scratch);
    return NULL;
}

/* The caller is one of the threads; one that cannot be made is not missed. */
static void work_together(struct dealing *dealing, int jobs)
{
    pthread_t threads[SUGGEST_JOBS_MAX];
    int nthreads = 0;

    for (int i = 1; i < jobs && i < SUGGEST_JOBS_MAX && (size_t)i < dealing->nblocks; i++) {
        if (pthread_create(&threads[nthreads], NULL, work, dealing) == 0) {
            nthreads++;
        }
    }
    work(dealing);
    for (int i = 0; i < nthreads; i++) {
        pthread_join(threads[i], NULL);
    }
}

void suggest_many(const struct suggest_many *many, struct strbuf *out)
{
    struct dealing dealing = {.many = many,
                              .nblocks = (many->count + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES};

    dealing.blocks = xcalloc(dealing.nblocks + 1, sizeof(*dealing.blocks));
    for (size_t i = 0; i < dealing.nblocks; i++) {
        strbuf_init(&dealing.blocks[i], BLOCK_BYTES_MAX);
    }
    work_together(&dealing, many->jobs);
    for (size_t i = 0; i < dealing.nblocks; i++) {
        strbuf_add_text(out, strbuf_text(&dealing.blocks[i]));
        strbuf_release(&dealing.blocks[i]);
    }
    free(dealing.blocks);
}
