#include "terminology/suggest/suggest.h"

#include "terminology/code_check.h"
#include "terminology/suggest/ranked.h"
#include "terminology/suggest/suggester.h"

#include <stdlib.h>

struct suggester *suggester_new(const struct code_pack *pack)
{
    struct suggester *suggester = xcalloc(1, sizeof(*suggester));

    suggester->pack = pack;
    suggester->index = suggest_index_new(pack);
    learned_init(&suggester->learned);
    return suggester;
}

void suggester_forget(struct suggester *suggester)
{
    learned_release(&suggester->learned);
    memory_release(&suggester->memory);
    learned_init(&suggester->learned);
    suggester->is_trained = false;
    free(suggester->kept);
    suggester->kept = NULL;
    suggester->nkept = 0;
    arena_clear(&suggester->arena);
}

void suggester_free(struct suggester *suggester)
{
    if (suggester != NULL) {
        suggester_forget(suggester);
        learned_release(&suggester->learned);
        suggest_index_free(suggester->index);
        arena_release(&suggester->arena);
        free(suggester);
    }
}

bool suggester_is_trained(const struct suggester *suggester)
{
    return suggester->is_trained;
}

void suggester_keep(struct suggester *suggester, const struct suggest_decision *decision,
                    size_t *size)
{
    struct suggest_decision *kept;

    if (suggester->nkept == *size) {
        *size = *size * 2 + 256;
        suggester->kept = xrealloc(suggester->kept, *size * sizeof(*suggester->kept));
    }
    kept = &suggester->kept[suggester->nkept++];
    *kept = *decision;
    kept->code = arena_copy(&suggester->arena, decision->code);
    kept->query.local_code = arena_copy(&suggester->arena, decision->query.local_code);
    kept->query.name = arena_copy(&suggester->arena, decision->query.name);
    kept->query.unit = arena_copy(&suggester->arena, decision->query.unit);
    kept->query.specimen = arena_copy(&suggester->arena, decision->query.specimen);
    kept->query.context = arena_copy(&suggester->arena, decision->query.context);
}

uint32_t *suggester_fill(struct suggester *suggester)
{
    uint32_t *rows = xcalloc(suggester->nkept + 1, sizeof(uint32_t));

    for (size_t i = 0; i < suggester->nkept; i++) {
        struct text code = suggester->kept[i].code;
        rows[i] = code.len == 0 ? CODE_NONE : code_look_up(suggester->pack, code);
        if (rows[i] != CODE_NONE && suggester->index->concept_of[rows[i]] == CODE_NONE) {
            rows[i] = CODE_NONE;
        }
    }
    memory_fill(&suggester->memory, suggester->index, suggester->kept, rows, suggester->nkept);
    suggester->is_trained = suggester->nkept > 0;
    return rows;
}

void suggester_remember(struct suggester *suggester)
{
    free(suggester_fill(suggester));
}

bool suggester_train(struct suggester *suggester, const struct suggest_decision *decisions,
                     size_t ndecisions, struct error *err)
{
    size_t size = 0;
    uint32_t *rows;

    if (ndecisions > SUGGEST_DECISIONS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d decisions", SUGGEST_DECISIONS_MAX);
    }
    suggester_forget(suggester);
    for (size_t i = 0; i < ndecisions; i++) {
        suggester_keep(suggester, &decisions[i], &size);
    }
    rows = suggester_fill(suggester);
    learned_from(&suggester->learned, suggester->index, &suggester->memory, suggester->kept,
                 rows, ndecisions);
    free(rows);
    return true;
}

struct suggest_band suggester_band(const struct suggester *suggester, double precision)
{
    const struct learned *learned = &suggester->learned;
    struct suggest_band band = {.threshold = 2, .total = learned->nheld};
    uint64_t right = 0;

    for (size_t i = 0; i < learned->nheld; i++) {
        double low;
        right += learned->held[i].right;
        if (i + 1 < learned->nheld &&
            learned->held[i + 1].probability == learned->held[i].probability) {
            continue;
        }
        if ((double)right < precision * (double)(i + 1)) {
            continue;
        }
        low = share_at_least(right, i + 1, 0.95);
        if (low >= precision) {
            band.threshold = (double)learned->held[i].probability;
            band.accepted = i + 1;
            band.right = right;
            band.low = low;
        }
    }
    return band;
}

struct suggest_scratch *suggest_scratch_new(const struct suggester *suggester)
{
    struct suggest_scratch *scratch = xcalloc(1, sizeof(*scratch));

    candidate_room_init(&scratch->room, suggester->index, &suggester->memory);
    score_room_init(&scratch->scores, suggester->index);
    return scratch;
}

void suggest_scratch_free(struct suggest_scratch *scratch)
{
    if (scratch != NULL) {
        candidate_room_release(&scratch->room);
        score_room_release(&scratch->scores);
        free(scratch);
    }
}

/* The candidates that the probabilities are about, best first. */
static int best_candidates(const struct candidates *found,
                           const struct candidate *sorted[LESSON_CANDIDATES])
{
    struct ranked all[CANDIDATES_MAX];
    int count = found->count < LESSON_CANDIDATES ? found->count : LESSON_CANDIDATES;

    for (int i = 0; i < found->count; i++) {
        all[i] = (struct ranked){found->list[i].row, found->list[i].score, (uint32_t)i};
    }
    ranked_best(all, (size_t)found->count, LESSON_CANDIDATES);
    for (int i = 0; i < count; i++) {
        sorted[i] = &found->list[all[i].at];
    }
    return count;
}

size_t suggest(const struct suggester *suggester, struct suggest_scratch *scratch,
               const struct suggest_query *query, struct suggest_answer *answers, size_t max)
{
    struct candidates *found = &scratch->found;
    const struct candidate *sorted[LESSON_CANDIDATES];
    double inputs[LESSON_CANDIDATES][CALIBRATION_INPUTS];
    int count;
    int wanted;

    scratch->unit = text_trim(query->unit);
    candidates_find(found, &scratch->room, suggester->index, &suggester->memory, query,
                    MEMORY_NO_PART);
    weights_score(&suggester->learned.weights, &scratch->scores, suggester->index, found);
    count = best_candidates(found, sorted);
    wanted = (size_t)count < max ? count : (int)max;
    calibration_inputs(sorted, count, wanted,
                       memory_reliability(&suggester->memory, found->near, found->nnear),
                       inputs);
    for (int i = 0; i < wanted; i++) {
        answers[i] = (struct suggest_answer){
            .row = sorted[i]->row,
            .score = (double)sorted[i]->score,
            .probability = calibration_probability(&suggester->learned.calibration, inputs[i]),
        };
    }
    return (size_t)wanted;
}
