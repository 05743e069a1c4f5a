/* word_alike.c - the words of a pack that a word may mean; for asked.c only. */
#include "terminology/suggest/word_alike.h"
#include "terminology/suggest/drug_words.h"
#include "terminology/suggest/word_skeleton.h"

#include <stdlib.h>

/* Two words with this share of trigrams may be one word (Dice). */
static const float alike_enough = 0.58F;
static const float prefix_sureness = 0.8F;
static const float spelt_otherwise = 0.85F; /* where the pack has the word itself too */
static const float same_skeleton = 0.95F;
static const float same_class = 0.9F;
/* "norcodeine" is not codeine: a slip of the pen seldom changes how a word begins. */
static const float other_start = 0.5F;

enum { GRAMS_OF_WORD = 64, SKELETONS_MAX = 4 };

void asked_room_init(struct asked_room *room, const struct suggest_index *index)
{
    room->known = xcalloc(KNOWN_WORDS, sizeof(*room->known));
    room->shared = xcalloc((size_t)index->nwords + 1, sizeof(float));
    room->touched = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));
}

void asked_room_release(struct asked_room *room)
{
    free(room->known);
    free(room->shared);
    free(room->touched);
    *room = (struct asked_room){0};
}

static bool is_prefix(struct text shorter, struct text longer)
{
    return shorter.len >= 4 && shorter.len < longer.len &&
           memcmp(shorter.at, longer.at, shorter.len) == 0;
}

static void keep_alike(struct asked_word *word, struct alike alike)
{
    int at = word->nalike;

    if (at == ALIKE_MAX) {
        at--;
        if (word->alike[at].sureness >= alike.sureness) {
            return;
        }
    } else {
        word->nalike++;
    }
    while (at > 0 && word->alike[at - 1].sureness < alike.sureness) {
        word->alike[at] = word->alike[at - 1];
        at--;
    }
    word->alike[at] = alike;
}

/* Each word once, the surer of its ways. */
static void offer(struct asked_word *word, const struct suggest_index *index, uint32_t other,
                  float sureness)
{
    other = index->alias_of[other];
    for (int i = 0; i < word->nalike; i++) {
        if (word->alike[i].word == other) {
            if (word->alike[i].sureness >= sureness) {
                return;
            }
            memmove(&word->alike[i], &word->alike[i + 1],
                    (size_t)(word->nalike - i - 1) * sizeof(word->alike[0]));
            word->nalike--;
        }
    }
    keep_alike(word, (struct alike){other, sureness});
}

static void add_skeletons(struct asked_word *word, const struct suggest_index *index,
                          float known)
{
    char bytes[SKELETON_MAX];
    struct text skeleton = word_skeleton(word->text, bytes);
    struct strmap_entry *entry =
        skeleton.len == 0 ? NULL : strmap_find(&index->skeletons, skeleton);

    for (uint32_t other = entry == NULL ? CODE_NONE : (uint32_t)entry->number - 1, i = 0;
         other != CODE_NONE && i < SKELETONS_MAX; other = index->same_skeleton[other], i++) {
        if (index->alias_of[other] != word->word) {
            offer(word, index, other, same_skeleton * known);
        }
    }
}

/* "tazobactam" is in "piperacillin and beta-lactamase inhibitor". */
static void add_classes(struct asked_word *word, const struct suggest_index *index)
{
    const char *at = index->is_atc ? drug_class_of(word->text) : NULL;

    while (at != NULL && *at != '\0') {
        size_t len = strcspn(at, " ");
        uint32_t other = suggest_index_word(index, (struct text){at, len});
        if (other != CODE_NONE) {
            offer(word, index, other, same_class);
        }
        at += len + (at[len] == ' ');
    }
}

static void add_spellings(struct asked_word *word, struct asked_room *room,
                          const struct suggest_index *index, float known)
{
    uint16_t grams[GRAMS_OF_WORD];
    int ngrams = grams_of(word->text, grams, GRAMS_OF_WORD);
    uint32_t ntouched = 0;

    for (int i = 0; i < ngrams; i++) {
        for (uint32_t at = index->word_grams.at[grams[i]];
             at < index->word_grams.at[grams[i] + 1]; at++) {
            uint32_t other = index->word_grams.items[at];
            if (room->shared[other] == 0) {
                room->touched[ntouched++] = other;
            }
            room->shared[other]++;
        }
    }
    for (uint32_t i = 0; i < ntouched; i++) {
        uint32_t other = room->touched[i];
        float dice = 2 * room->shared[other] / (float)(ngrams + index->word_ngrams[other]);
        /* what a longer word adds to one of the pack may be its very thing ("-antikorper") */
        bool prefix = (dice > 0.3F && is_prefix(word->text, index->words[other])) ||
                      (dice > 0.5F && is_prefix(index->words[other], word->text));
        float sureness = prefix && dice < prefix_sureness ? prefix_sureness : dice;
        if (word->text.at[0] != index->words[other].at[0]) {
            sureness *= other_start;
        }
        room->shared[other] = 0;
        if (index->alias_of[other] != word->word && (dice >= alike_enough || prefix)) {
            offer(word, index, other, sureness * known);
        }
    }
}

static void find_alike(struct asked_word *word, struct asked_room *room,
                       const struct suggest_index *index)
{
    float known = word->word != CODE_NONE ? spelt_otherwise : 1;

    if (word->word != CODE_NONE) {
        keep_alike(word, (struct alike){word->word, 1});
    }
    if (word->text.len >= 4 && !word->is_number) {
        add_skeletons(word, index, known);
        add_spellings(word, room, index, known);
    }
    add_classes(word, index);
}

void word_look_up(struct asked_word *word, struct asked_room *room,
                  const struct suggest_index *index)
{
    struct known_word *known = &room->known[word->hash % KNOWN_WORDS];

    if (!known->is_known || known->hash != word->hash) {
        word->word = suggest_index_word(index, word->text);
        word->word = word->word == CODE_NONE ? CODE_NONE : index->alias_of[word->word];
        find_alike(word, room, index);
        *known =
            (struct known_word){word->hash, true, (uint8_t)word->nalike, word->word, {{0}}};
        memcpy(known->alike, word->alike, sizeof(known->alike));
        return;
    }
    word->word = known->word;
    word->nalike = known->nalike;
    memcpy(word->alike, known->alike, sizeof(known->alike));
}
