/*
 * memory.h - the decisions that were approved, found again by the same name or one that is alike.
 *
 * Alike     cosine of the words of two names, each weighed by how seldom the site uses it.
 * Parts     decisions are dealt into MEMORY_PARTS parts by their name, so that learning can ask what
 *           the memory says without the part that it is tried on; a name is in one part only.
 * Threads   read-only once filled; the room is a thread's own.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_MEMORY_H
#define HMS_TERMINOLOGY_SUGGEST_MEMORY_H

#include "terminology/suggest/asked.h"

enum {
    MEMORY_PARTS = 5,
    MEMORY_NEAR_MAX = 16,
    MEMORY_NO_PART = 255,
    MEMORY_TRUST_MAX = 20000, /* decisions that words are judged by */
};

/* Was the first answer right, when the decision was held out? */
enum memory_outcome { OUTCOME_UNKNOWN, OUTCOME_WRONG, OUTCOME_RIGHT };

struct memory_decision {
    uint64_t name; /* hash of the normalised name */
    uint64_t unit; /* hash of the unit */
    uint32_t row;  /* CODE_NONE: approved as "there is none" */
    float norm;
    uint8_t part;
    uint8_t outcome; /* enum memory_outcome */
    bool has_values;
    double p05, p50, p95;
};

struct memory {
    struct memory_decision *decisions;
    uint32_t ndecisions;
    struct strmap words;
    uint32_t nwords;
    struct number_lists by_word;        /* decisions */
    float *weight;                      /* of a word */
    struct memory_trust *trust;         /* of a word */
    struct memory_approvals *approvals; /* of a row of the pack */
    uint64_t *approved;                 /* bits: rows that have any */
};

/* How often a word was in the names of decisions, and how often the right concept had it. */
struct memory_trust {
    uint32_t seen[MEMORY_PARTS];
    float hits[MEMORY_PARTS];
};

struct memory_approvals {
    uint32_t of_part[MEMORY_PARTS];
};

struct memory_near {
    uint32_t row;
    uint32_t decision;
    float likeness; /* 0 to 1 */
    bool is_same;   /* the same name */
    bool same_unit;
    double p05, p50, p95; /* of the decision, where it has values */
    bool has_values;
};

struct memory_room {
    float *shared;
    uint32_t *touched;
};

/* Decisions in the order given, and their rows. */
void memory_fill(struct memory *memory, const struct suggest_index *index,
                 const struct suggest_decision *decisions, const uint32_t *rows, size_t count);
void memory_release(struct memory *memory);
void memory_room_init(struct memory_room *room, const struct memory *memory);
void memory_room_release(struct memory_room *room);
uint8_t memory_part_of(struct text joined);
/* The codes of the decisions that are most alike, best first, each code once; those of `part`
 * left out. */
int memory_find(const struct memory *memory, struct memory_room *room,
                const struct asked *asked, uint64_t unit, uint8_t part,
                struct memory_near near[MEMORY_NEAR_MAX]);
/* How much a word of a name says, between about 0 and 1.2: "allergen" little where no code of an
 * allergen has that word. */
float memory_trust(const struct memory *memory, struct text word, uint8_t part);
/* Approvals of a code, those of `part` left out. */
uint32_t memory_count(const struct memory *memory, uint32_t row, uint8_t part);
/* How often first answers were right for decisions that are alike: 0 to 1, 0.5 for none. */
float memory_reliability(const struct memory *memory, const struct memory_near *near,
                         int count);
uint64_t memory_unit_hash(struct text unit);

#endif
