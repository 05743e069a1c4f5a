#include "terminology/suggest/asked.h"

#include "core/ident.h"

#include <stdio.h>
#include <stdlib.h>

/* Two words with this share of trigrams may be one word (Dice). */
static const float alike_enough = 0.58F;
static const float prefix_sureness = 0.8F;
static const float spelt_otherwise = 0.85F; /* where the pack has the word itself too */
/* "norcodeine" is not codeine: a slip of the pen seldom changes how a word begins. */
static const float other_start = 0.5F;
static const float trusted = 0.3F;
static const float number_weight = 0.6F;
static const float axis_weight = 0.3F;
static const float unknown_weight = 0.5F;

enum { GRAMS_OF_WORD = 64 };

bool asked_word_tells(const struct asked_word *word)
{
    return word->trust >= trusted;
}

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

static void find_alike(struct asked_word *word, struct asked_room *room,
                       const struct suggest_index *index)
{
    uint16_t grams[GRAMS_OF_WORD];
    int ngrams = grams_of(word->text, grams, GRAMS_OF_WORD);
    uint32_t ntouched = 0;
    bool is_known = word->word != CODE_NONE;

    if (is_known) {
        keep_alike(word, (struct alike){word->word, 1});
    }
    if (word->text.len < 4 || word->is_number) {
        return;
    }
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
        bool prefix = dice > 0.3F && (is_prefix(word->text, index->words[other]) ||
                                      is_prefix(index->words[other], word->text));
        float sureness = prefix && dice < prefix_sureness ? prefix_sureness : dice;
        if (word->text.at[0] != index->words[other].at[0]) {
            sureness *= other_start;
        }
        room->shared[other] = 0;
        if (other != word->word && (dice >= alike_enough || prefix)) {
            keep_alike(word,
                       (struct alike){other, sureness * (is_known ? spelt_otherwise : 1)});
        }
    }
}

/* The word's number in the pack and what is alike. */
static void look_up(struct asked_word *word, struct asked_room *room,
                    const struct suggest_index *index)
{
    struct known_word *known = &room->known[word->hash % KNOWN_WORDS];

    if (!known->is_known || known->hash != word->hash) {
        word->word = suggest_index_word(index, word->text);
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

static void add_word(struct asked *asked, struct asked_room *room,
                     const struct suggest_index *index, struct asked_word word)
{
    float idf;

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
    look_up(&word, room, index);
    idf = word.nalike > 0 ? index->idf[word.alike[0].word] : index->idf[index->nwords];
    word.axes = word.word == CODE_NONE ? 0 : index->word_axes[word.word];
    word.weight = idf * (word.is_number     ? number_weight
                         : word.nalike == 0 ? unknown_weight
                                            : 1);
    if (word.axes != 0 && index->has_axes) {
        word.weight *= axis_weight;
    }
    asked->cues |= word.axes;
    if (word.in_name) {
        asked->total += word.weight;
    }
    asked->words[asked->nwords++] = word;
}

static void add_trait(struct asked *asked, char kind, struct text first, struct text second)
{
    struct trait *trait;
    int len;

    if (asked->ntraits == TRAITS_MAX) {
        return;
    }
    trait = &asked->traits[asked->ntraits++];
    len = snprintf(trait->text, sizeof(trait->text), "%c%.*s%s%.*s", kind,
                   first.len < 32 ? (int)first.len : 32, first.at, second.len > 0 ? " " : "",
                   second.len < 32 ? (int)second.len : 32, second.at);
    for (int i = 0; i < len; i++) {
        trait->text[i] = (char)((uint8_t)trait->text[i] < ' ' ? ' ' : trait->text[i]);
    }
    trait->hash = checksum_of(trait->text, (size_t)len);
}

static void add_traits(struct asked *asked, const struct suggest_query *query)
{
    struct text none = {"", 0};
    char number[16];

    add_trait(asked, '*', none, none);
    add_trait(asked, 'u', text_trim(query->unit), none);
    snprintf(number, sizeof(number), "%d", (int)asked->unit);
    add_trait(asked, 'k', text_of(number), none);
    for (int i = 0; i < asked->nwords; i++) {
        add_trait(asked, asked->words[i].in_name ? 'w' : 's', asked->words[i].text, none);
    }
    for (int i = 0; i + 1 < asked->nwords && asked->words[i + 1].in_name; i++) {
        add_trait(asked, 'b', asked->words[i].text, asked->words[i + 1].text);
    }
    if (asked->form.nwords > 0) {
        add_trait(asked, 'z', asked->form.words[asked->form.nwords - 1], none);
    }
}

static bool has_word(const struct asked *asked, const char *const *words)
{
    for (; *words != NULL; words++) {
        for (int i = 0; i < asked->nwords; i++) {
            if (text_is(asked->words[i].text, *words)) {
                return true;
            }
        }
    }
    return false;
}

static bool has_pair(const struct asked *asked, const char *first, const char *second)
{
    for (int i = 0; i + 1 < asked->form.nwords; i++) {
        if (text_is(asked->form.words[i], first) && text_is(asked->form.words[i + 1], second)) {
            return true;
        }
    }
    return false;
}

/* The words that LOINC's long names, and people, use for a kind of quantity. */
static enum unit_kind said_kind(const struct asked *asked)
{
    static const struct {
        const char *first;
        const char *second;
        enum unit_kind kind;
    } phrases[] = {
        {"mass", "volume", UNIT_MASS_VOLUME},     {"mole", "volume", UNIT_SUBSTANCE_VOLUME},
        {"unit", "volume", UNIT_ACTIVITY_VOLUME}, {"activity", "volume", UNIT_ACTIVITY_VOLUME},
        {"#", "volume", UNIT_COUNT_VOLUME},       {"mass", "time", UNIT_MASS_TIME},
        {"mole", "time", UNIT_SUBSTANCE_TIME},    {"mass", "mass", UNIT_MASS_MASS},
        {"mass", "ratio", UNIT_MASS_MASS},        {"entitic", "volume", UNIT_VOLUME},
        {"entitic", "mass", UNIT_MASS},           {"volume", "fraction", UNIT_FRACTION},
        {"mass", "fraction", UNIT_FRACTION},
    };
    static const char *const percent[] = {"%", NULL};
    static const char *const titre[] = {"titer", "titre", NULL};
    static const char *const count[] = {"absolute", "#", NULL};

    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        if (has_pair(asked, phrases[i].first, phrases[i].second)) {
            return phrases[i].kind;
        }
    }
    return has_word(asked, percent) ? UNIT_FRACTION
           : has_word(asked, titre) ? UNIT_TITRE
           : has_word(asked, count) ? UNIT_COUNT_VOLUME
                                    : UNIT_NONE;
}

static enum scale_hint scale_hint(const struct asked *asked)
{
    static const char *const ordinal[] = {"qualitative", "screen", "detected", "reflex", NULL};
    static const char *const quantitative[] = {
        "quantitative", "level", "count", "titer", "titre", "concentration", NULL};
    static const char *const narrative[] = {"interpretation", "comment", "note",
                                            "narrative",      "report",  NULL};
    static const char *const nominal[] = {"identification", "culture", "type",       "genotype",
                                          "source",         "color",   "appearance", NULL};

    if (asked->unit != UNIT_NONE || has_word(asked, quantitative)) {
        return HINT_QUANTITATIVE;
    }
    return has_word(asked, ordinal)     ? HINT_ORDINAL
           : has_word(asked, narrative) ? HINT_NARRATIVE
           : has_word(asked, nominal)   ? HINT_NOMINAL
           : asked->said != UNIT_NONE   ? HINT_QUANTITATIVE
                                        : HINT_NONE;
}

static struct text cut(struct text text)
{
    if (text.len == 0) {
        return (struct text){"", 0};
    }
    return (struct text){text.at, text.len < SUGGEST_NAME_MAX ? text.len : SUGGEST_NAME_MAX};
}

static bool name_holds(struct text name, char byte)
{
    return memchr(name.at, byte, name.len) != NULL;
}

static void read_hints(struct asked *asked, const struct suggest_query *query)
{
    static const char *const ratio[] = {"ratio", "ratios", "per", "%", NULL};
    static const char *const challenge[] = {"post",     "after",   "challenge",   "tolerance",
                                            "baseline", "fasting", "stimulation", "suppression",
                                            "peak",     "trough",  "min",         NULL};

    asked->unit = unit_kind_of(query->unit);
    asked->said = said_kind(asked);
    asked->scale = scale_hint(asked);
    asked->of_a_day = unit_is_of_a_day(query->unit) || has_pair(asked, "24", "h") ||
                      has_pair(asked, "1", "d");
    asked->says_ratio =
        has_word(asked, ratio) || asked->unit == UNIT_RATIO || asked->unit == UNIT_FRACTION ||
        asked->unit == UNIT_MASS_MASS || asked->unit == UNIT_SUBSTANCE_MASS ||
        asked->unit == UNIT_SUBSTANCE_SUBSTANCE || name_holds(cut(query->name), '/');
    asked->says_challenge = has_word(asked, challenge) || name_holds(cut(query->name), '^');
}

static void add_form(struct asked *asked, struct asked_room *room,
                     const struct suggest_index *index, const struct name_form *form)
{
    for (int i = 0; i < form->nwords; i++) {
        add_word(asked, room, index,
                 (struct asked_word){.text = form->words[i],
                                     .in_name = form == &asked->form || !index->has_axes});
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
    name_form_make(&asked->form, index->lexicon, cut(query->name));
    name_form_make(&asked->specimen, index->lexicon,
                   (struct text){beside, specimen.len + context.len + 1});
    asked->joined_len = name_form_join(&asked->form, asked->joined, sizeof(asked->joined));
    add_form(asked, room, index, &asked->form);
    add_form(asked, room, index, &asked->specimen);
    read_hints(asked, query);
    add_traits(asked, query);
}
