#include "terminology/suggest/concept_slot.h"

static bool core_has(const struct suggest_index *index, uint32_t concept, uint32_t word)
{
    for (uint32_t at = index->core.at[concept]; at < index->core.at[concept + 1]; at++) {
        if (index->core.items[at] == word) {
            return true;
        }
    }
    return false;
}

static float answered(const struct asked *asked, uint32_t word)
{
    float best = 0;

    for (int i = 0; i < asked->nwords; i++) {
        for (int j = 0; asked->words[i].in_name && j < asked->words[i].nalike; j++) {
            const struct alike *alike = &asked->words[i].alike[j];
            if (alike->word == word && alike->sureness > best) {
                best = alike->sureness;
            }
        }
    }
    return best;
}

/* Words behind "/" need not be said where the unit says that it is a share. */
static bool is_understood(const struct suggest_index *index, const struct asked *asked,
                          uint32_t concept, uint32_t at)
{
    return asked->is_fraction && at >= index->core.at[concept] + index->core_top[concept];
}

static void read_core(struct concept_slot *slot, const struct suggest_index *index,
                      const struct asked *asked)
{
    float extra = 0;
    float back = 0;
    float all = index->core_weight[slot->concept];

    for (uint32_t at = index->core.at[slot->concept]; at < index->core.at[slot->concept + 1];
         at++) {
        uint32_t word = index->core.items[at];
        float sureness = answered(asked, word);
        if (index->word_is_default[word]) {
            continue;
        }
        back += index->idf[word] * sureness;
        if (sureness > 0) {
            continue;
        }
        if (is_understood(index, asked, slot->concept, at)) {
            all -= index->idf[word];
            continue;
        }
        extra += index->idf[word];
        if (slot->nunmatched < UNMATCHED_MAX) {
            slot->unmatched[slot->nunmatched++] = word;
        }
        if (index->word_is_number[word]) {
            slot->features[F_NUMBER] = 1;
        }
        if (index->word_is_kind[word]) {
            /* a panel has no unit */
            bool is_wrong = asked->unit != UNIT_NONE && text_is(index->words[word], "panel");
            slot->features[F_KIND_EXTRA] = is_wrong ? 2 : 1;
        }
    }
    slot->features[F_BACK] = back / (all + 0.1F);
    slot->features[F_EXTRA] = extra < 20 ? extra / 10 : 2;
}

/* "Cancer Ag 19-9" says nothing of a specimen "Cancer". */
static uint8_t silent_axes(const struct concept_slot *slot, const struct suggest_index *index,
                           const struct asked *asked)
{
    unsigned heard = 0;

    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        if (word->axes != 0 && !(word->in_name && core_has(index, slot->concept, word->word))) {
            heard |= word->axes;
        }
    }
    return (uint8_t)(asked->cues & ~heard);
}

static void read_question(struct concept_slot *slot, const struct suggest_index *index,
                          const struct asked *asked)
{
    unsigned marks = index->core_marks[slot->concept];

    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        if (word->in_name && word->word != CODE_NONE && index->word_is_kind[word->word] &&
            !core_has(index, slot->concept, word->word)) {
            slot->features[F_KIND_MISSING] = 1;
        }
    }
    if (index->is_drug) {
        slot->features[F_MIX_EXTRA] = (marks & CORE_MIX) != 0 && !asked->says_mix;
        slot->features[F_MIX_MISSING] = (marks & CORE_MIX) == 0 && asked->says_mix;
        return;
    }
    if ((marks & CORE_RATIO) != 0 && !asked->says_ratio) {
        slot->features[F_RATIO_EXTRA] = 1;
    }
    if ((marks & CORE_RATIO) == 0 && asked->says_ratio) {
        slot->features[F_RATIO_MISSING] = 1;
    }
    if ((marks & CORE_CHALLENGE) != 0 && !asked->says_challenge) {
        slot->features[F_CHALLENGE_EXTRA] = 1;
    }
    if ((marks & CORE_CHALLENGE) == 0 && asked->says_challenge) {
        slot->features[F_CHALLENGE_MISSING] = 1;
    }
}

/* The first word that is no number and names no axis is what the thing is. */
static float head_match(const struct suggest_index *index, const struct asked *asked,
                        uint32_t concept)
{
    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        if (word->is_number || word->axes != 0 || word->text.len < 2 ||
            !asked_word_tells(word)) {
            continue;
        }
        for (int j = 0; j < word->nalike; j++) {
            if (suggest_index_concept_has(index, concept, word->alike[j].word)) {
                return word->alike[j].sureness;
            }
        }
        return 0;
    }
    return 0;
}

static bool is_exact(const struct candidates *found, const struct suggest_index *index,
                     uint32_t concept)
{
    const struct asked *asked = &found->asked;

    return (found->exact != CODE_NONE && index->concept_of[found->exact] == concept) ||
           (asked->is_fraction && index->top_hash[concept] != 0 &&
            index->top_hash[concept] == found->asked_hash);
}

void concept_slot_fill(struct concept_slot *slot, const struct candidates *found,
                       const struct candidate_room *room, const struct suggest_index *index,
                       uint32_t concept)
{
    const struct concept_sum *sum = &room->sums[concept];
    const struct asked *asked = &found->asked;

    *slot = (struct concept_slot){.concept = concept};
    slot->features[F_BM25] = sum->bm25 / (asked->total + 0.1F);
    slot->features[F_COVER] = sum->cover / (asked->total + 0.1F);
    slot->features[F_GRAMS] = room->grams[concept];
    slot->features[F_HEAD] = head_match(index, asked, concept);
    slot->features[F_EXACT] = is_exact(found, index, concept);
    slot->silent = index->has_axes ? silent_axes(slot, index, asked) : 0;
    read_core(slot, index, asked);
    read_question(slot, index, asked);
}

bool concept_slot_answers(const struct concept_slot *slot, const struct suggest_index *index,
                          const struct asked_word *word)
{
    return word->word != CODE_NONE && core_has(index, slot->concept, word->word);
}
