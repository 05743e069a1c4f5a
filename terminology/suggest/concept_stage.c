#include "terminology/suggest/concept_stage.h"

#include <math.h>
#include <stdlib.h>

enum { POSTINGS_ENOUGH = 10000, GRAMS_OF_NAME = 160, GRAMS_AT_LEAST = 6 };

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

    for (int i = 0; i < ngrams; i++) {
        uint32_t count = index->grams.at[grams[i] + 1] - index->grams.at[grams[i]];
        uses[i] = (struct gram_use){count, grams[i]};
        norm += index->gram_weight[grams[i]];
    }
    qsort(uses, (size_t)ngrams, sizeof(uses[0]), seldom_first);
    for (int i = 0; i < ngrams && (i < GRAMS_AT_LEAST || read < POSTINGS_ENOUGH); i++) {
        uint16_t gram = uses[i].gram;
        read += uses[i].count;
        for (uint32_t at = index->grams.at[gram]; at < index->grams.at[gram + 1]; at++) {
            uint32_t surface = index->grams.items[at];
            if (room->surface[surface] == 0) {
                room->touched[ntouched++] = surface;
            }
            room->surface[surface] += index->gram_weight[gram];
        }
    }
    norm = sqrtf(norm) + 1e-6F;
    for (uint32_t i = 0; i < ntouched; i++) {
        uint32_t surface = room->touched[i];
        float cosine = room->surface[surface] / (norm * index->surface_norm[surface]);
        struct concept_sum *sum = &room->sums[index->surface_concept[surface]];
        room->surface[surface] = 0;
        sum->grams = sum->grams < cosine ? cosine : sum->grams;
    }
}

static float stage_score(const struct suggest_index *index, const struct asked *asked,
                         uint32_t concept, const struct concept_sum *sum)
{
    float back = sum->back / (index->core_weight[concept] + 1);

    return sum->bm25 / (asked->total + 1) + sum->grams + 0.6F * (back < 1 ? back : 1);
}

/* The best CONCEPTS_MAX, by a heap whose root is the worst of them. */
static int best_concepts(const struct candidate_room *room, const struct suggest_index *index,
                         const struct asked *asked, struct ranked_concept heap[CONCEPTS_MAX])
{
    int count = 0;

    for (uint32_t concept = 0; concept < index->nconcepts; concept ++) {
        const struct concept_sum *sum = &room->sums[concept];
        float score;
        int at;
        if (sum->bm25 == 0 && sum->grams < 0.15F) {
            continue;
        }
        score = stage_score(index, asked, concept, sum);
        if (count == CONCEPTS_MAX && score <= heap[0].score) {
            continue;
        }
        if (count < CONCEPTS_MAX) {
            at = count++;
            while (at > 0 && heap[(at - 1) / 2].score > score) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
        } else {
            at = 0;
            for (int child = 1; child < count; child = 2 * at + 1) {
                child += child + 1 < count && heap[child + 1].score < heap[child].score;
                if (heap[child].score >= score) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
        }
        heap[at] = (struct ranked_concept){concept, score};
    }
    return count;
}

int ranked_concept_compare(const void *a, const void *b)
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

    memset(room->sums, 0, index->nconcepts * sizeof(*room->sums));
    add_words(room, index, asked);
    add_grams(room, index, asked);
    count = best_concepts(room, index, asked, best);
    qsort(best, (size_t)count, sizeof(best[0]), ranked_concept_compare);
    return count;
}
