#include "terminology/suggest/concept_stage.h"

#include <math.h>
#include <stdlib.h>

enum { POSTINGS_ENOUGH = 4000, GRAMS_OF_NAME = 160, GRAMS_AT_LEAST = 5 };

static const float cosine_enough = 0.15F;

static void see(struct candidate_room *room, uint32_t concept)
{
    room->seen[concept / 64] |= 1ULL << concept % 64;
}

static void add_postings(struct candidate_room *room, const struct suggest_index *index,
                         const struct asked_word *word, uint16_t number, struct alike alike)
{
    float idf = index->idf[alike.word];

    for (uint32_t at = index->postings_at[alike.word]; at < index->postings_at[alike.word + 1];
         at++) {
        const struct index_posting *posting = &index->postings[at];
        struct concept_sum *sum = &room->sums[posting->concept];
        float bm25 = word->weight * alike.sureness * posting->weight;
        float cover = word->weight * alike.sureness;
        see(room, posting->concept);
        if (sum->word != number) {
            sum->word = number;
            sum->best_bm25 = 0;
            sum->best_cover = 0;
        }
        if (bm25 > sum->best_bm25) {
            sum->bm25 += bm25 - sum->best_bm25;
            sum->best_bm25 = bm25;
        }
        if (cover > sum->best_cover) {
            sum->cover += cover - sum->best_cover;
            sum->best_cover = cover;
        }
        if (posting->is_core) {
            sum->back += idf * alike.sureness;
        }
    }
}

static void add_words(struct candidate_room *room, const struct suggest_index *index,
                      const struct asked *asked)
{
    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        for (int j = 0; word->in_name && j < word->nalike; j++) {
            add_postings(room, index, word, (uint16_t)(i + 1), word->alike[j]);
        }
    }
}

struct gram_use {
    uint32_t count;
    uint16_t gram;
};

static int seldom_first(const void *a, const void *b)
{
    const struct gram_use *x = a;
    const struct gram_use *y = b;

    return (x->count > y->count) - (x->count < y->count);
}

/* The name without the words that speak of axes, unless there is nothing else. */
static struct text name_alone(const struct suggest_index *index, const struct asked *asked,
                              char out[NAME_BYTES_MAX])
{
    size_t used = 0;

    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        bool tells =
            word->in_name && asked_word_tells(word) && (word->axes == 0 || !index->has_axes);
        if (!tells || word->text.len + 1 > NAME_BYTES_MAX - used) {
            continue;
        }
        if (used > 0) {
            out[used++] = ' ';
        }
        memcpy(out + used, word->text.at, word->text.len);
        used += word->text.len;
    }
    return used == 0 ? (struct text){asked->joined, asked->joined_len}
                     : (struct text){out, used};
}

/* The seldomest trigrams until enough postings were read: the rest tells little. */
static void add_grams(struct candidate_room *room, const struct suggest_index *index,
                      const struct asked *asked)
{
    uint16_t grams[GRAMS_OF_NAME];
    struct gram_use uses[GRAMS_OF_NAME];
    char alone[NAME_BYTES_MAX];
    int ngrams = grams_of(name_alone(index, asked, alone), grams, GRAMS_OF_NAME);
    uint32_t ntouched = 0;
    uint32_t read = 0;
    float norm = 0;
    float enough; /* a name that shares less has no such cosine, however short it is */

    for (int i = 0; i < ngrams; i++) {
        uint32_t count = index->grams.at[grams[i] + 1] - index->grams.at[grams[i]];
        uses[i] = (struct gram_use){count, grams[i]};
        norm += index->gram_weight[grams[i]];
    }
    qsort(uses, (size_t)ngrams, sizeof(uses[0]), seldom_first);
    for (int i = 0;
         i < ngrams && (i < GRAMS_AT_LEAST || read + uses[i].count <= POSTINGS_ENOUGH); i++) {
        uint16_t gram = uses[i].gram;
        read += uses[i].count;
        for (uint32_t at = index->grams.at[gram]; at < index->grams.at[gram + 1]; at++) {
            uint32_t surface = index->grams.items[at];
            room->touched[ntouched] = surface;
            ntouched += room->surface[surface] == 0;
            room->surface[surface] += index->gram_weight[gram];
        }
    }
    enough = norm * cosine_enough * cosine_enough;
    norm = sqrtf(norm) + 1e-6F;
    for (uint32_t i = 0; i < ntouched; i++) {
        uint32_t surface = room->touched[i];
        float shared = room->surface[surface];
        struct index_surface of;
        float cosine;
        room->surface[surface] = 0;
        if (shared < enough) {
            continue;
        }
        of = index->surfaces[surface];
        cosine = shared / (norm * of.norm);
        if (room->grams[of.concept] < cosine) {
            room->grams[of.concept] = cosine;
            see(room, of.concept);
        }
    }
}

static float stage_score(const struct suggest_index *index, const struct asked *asked,
                         uint32_t concept, const struct concept_sum *sum, float grams)
{
    float back = sum->back / (index->core_weight[concept] + 1);

    return sum->bm25 / (asked->total + 1) + grams + 0.6F * (back < 1 ? back : 1);
}

/* Into a heap whose root is the worst of the best. */
static void keep_concept(struct ranked_concept heap[CONCEPTS_MAX], int *count,
                         struct ranked_concept one)
{
    int at = 0;

    if (*count < CONCEPTS_MAX) {
        at = (*count)++;
        while (at > 0 && heap[(at - 1) / 2].score > one.score) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
    } else if (one.score > heap[0].score) {
        for (int child = 1; child < CONCEPTS_MAX; child = 2 * at + 1) {
            child += child + 1 < CONCEPTS_MAX && heap[child + 1].score < heap[child].score;
            if (heap[child].score >= one.score) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
    } else {
        return;
    }
    heap[at] = one;
}

static int best_concepts(const struct candidate_room *room, const struct suggest_index *index,
                         const struct asked *asked, struct ranked_concept heap[CONCEPTS_MAX])
{
    int count = 0;

    for (uint32_t i = 0; i <= index->nconcepts / 64; i++) {
        for (uint64_t bits = room->seen[i]; bits != 0; bits &= bits - 1) {
            uint32_t concept = i * 64 + (uint32_t)__builtin_ctzll(bits);
            const struct concept_sum *sum = &room->sums[concept];
            if (sum->bm25 > 0 || room->grams[concept] >= cosine_enough) {
                float score = stage_score(index, asked, concept, sum, room->grams[concept]);
                keep_concept(heap, &count, (struct ranked_concept){concept, score});
            }
        }
    }
    return count;
}

static void clear_sums(struct candidate_room *room, const struct suggest_index *index)
{
    for (uint32_t i = 0; i <= index->nconcepts / 64; i++) {
        for (uint64_t bits = room->seen[i]; bits != 0; bits &= bits - 1) {
            uint32_t concept = i * 64 + (uint32_t)__builtin_ctzll(bits);
            room->sums[concept] = (struct concept_sum){0};
            room->grams[concept] = 0;
        }
        room->seen[i] = 0;
    }
}

static int compare(const void *a, const void *b)
{
    const struct ranked_concept *x = a;
    const struct ranked_concept *y = b;

    if (x->score != y->score) {
        return x->score < y->score ? 1 : -1;
    }
    return (x->concept > y->concept) - (x->concept < y->concept);
}

int concept_stage(struct candidate_room *room, const struct suggest_index *index,
                  const struct asked *asked, struct ranked_concept best[CONCEPTS_MAX])
{
    int count;

    clear_sums(room, index);
    add_words(room, index, asked);
    add_grams(room, index, asked);
    count = best_concepts(room, index, asked, best);
    qsort(best, (size_t)count, sizeof(best[0]), compare);
    return count;
}
