#include "terminology/suggest/asked.h"

#include "core/ident.h"
#include "terminology/suggest/asked_parts.h"
#include "terminology/suggest/drug_words.h"
#include "terminology/suggest/word_alike.h"

/* A word of less trust than this tells nothing. */
static const float trusted = 0.3F;
static const float number_weight = 0.6F;
static const float axis_weight = 0.3F;
static const float idle_weight = 0.3F; /* of a word that says little of the substance */
static const float unknown_weight = 0.5F;
static const float maker_weight =
    0.25F; /* of a drug: an unknown word is a maker's or a brand */

bool asked_word_tells(const struct asked_word *word)
{
    return word->trust >= trusted;
}

/* Of ATC's names, which hold no strength, form or maker, only the substance counts. */
static float drug_weight(const struct suggest_index *index, const struct asked_word *word,
                         float idf)
{
    bool is_idle = drug_word_is_idle(word->text) || drug_routes_of_word(word->text) != 0;

    if (index->is_atc && (is_idle || word->is_number)) {
        return word->word == CODE_NONE ? 0 : idf * idle_weight;
    }
    if (word->word == CODE_NONE && is_idle) {
        return 0;
    }
    return idf * (word->nalike == 0 ? maker_weight : word->is_number ? number_weight : 1);
}

static float weight_of(const struct suggest_index *index, const struct asked_word *word)
{
    float idf = word->nalike > 0 ? index->idf[word->alike[0].word] : index->idf[index->nwords];

    if (index->is_drug) {
        return drug_weight(index, word, idf);
    }
    idf *= word->is_number ? number_weight : word->nalike == 0 ? unknown_weight : 1;
    if (index->has_axes && word->axes != 0) {
        idf *= axis_weight;
    } else if (index->has_axes && word->word != CODE_NONE && index->word_is_idle[word->word]) {
        idf *= idle_weight;
    }
    return idf;
}

static void add_word(struct asked *asked, struct asked_room *room,
                     const struct suggest_index *index, struct asked_word word)
{
    word.hash = checksum_of(word.text.at, word.text.len);
    word.trust = 1;
    for (int i = 0; i < asked->nwords; i++) {
        if (asked->words[i].hash == word.hash) {
            return;
        }
    }
    if (asked->nwords == ASKED_WORDS_MAX) {
        return;
    }
    word.is_number = name_word_is_number(word.text);
    word_look_up(&word, room, index);
    word.axes = word.word == CODE_NONE ? 0 : index->word_axes[word.word];
    word.weight = weight_of(index, &word);
    asked->cues |= word.axes;
    if (word.in_name) {
        asked->total += word.weight;
    }
    asked->words[asked->nwords++] = word;
}

static struct text cut(struct text text)
{
    if (text.len == 0) {
        return (struct text){"", 0};
    }
    return (struct text){text.at, text.len < SUGGEST_NAME_MAX ? text.len : SUGGEST_NAME_MAX};
}

static void add_form(struct asked *asked, struct asked_room *room,
                     const struct suggest_index *index, const struct name_form *form)
{
    for (int i = 0; i < form->nwords; i++) {
        if (index->has_axes && i + 1 < form->nwords && text_is(form->words[i], "whole") &&
            text_is(form->words[i + 1], "blood")) {
            asked->says_whole = true;
            continue;
        }
        add_word(asked, room, index,
                 (struct asked_word){.text = form->words[i],
                                     .in_name = form == &asked->form || !index->has_axes});
    }
}

/* "Leukocytes" is a specimen too, but not where it is all that a name says. */
static void take_for_thing(struct asked *asked, const struct suggest_index *index)
{
    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        bool is_idle = word->word != CODE_NONE && index->word_is_idle[word->word];
        if (word->axes == 0 && !word->is_number && !is_idle) {
            return;
        }
    }
    asked->cues = 0;
    asked->total = 0;
    for (int i = 0; i < asked->nwords; i++) {
        struct asked_word *word = &asked->words[i];
        word->axes = 0;
        word->weight = weight_of(index, word);
        asked->total += word->weight;
    }
}

void asked_make(struct asked *asked, struct asked_room *room, const struct suggest_index *index,
                const struct suggest_query *query)
{
    struct text specimen = cut(query->specimen);
    struct text context = cut(query->context);
    char beside[2 * SUGGEST_NAME_MAX + 1];

    memcpy(beside, specimen.at, specimen.len);
    beside[specimen.len] = ' ';
    memcpy(beside + specimen.len + 1, context.at, context.len);
    asked->nwords = 0;
    asked->ntraits = 0;
    asked->total = 0;
    asked->cues = 0;
    asked->says_whole = false;
    name_form_make(&asked->form, index->lexicon, cut(query->name));
    name_form_make(&asked->specimen, index->lexicon,
                   (struct text){beside, specimen.len + context.len + 1});
    asked->joined_len = name_form_join(&asked->form, asked->joined, sizeof(asked->joined));
    add_form(asked, room, index, &asked->form);
    take_for_thing(asked, index);
    add_form(asked, room, index, &asked->specimen);
    asked_read_hints(asked, index, query);
    asked_add_traits(asked, query);
}
