/*
 * scribe.h - the organisations and their tables, and the hand that writes one of them.
 *
 * To add an organisation: a number in world.h, a file org_NAME.c with its `struct synth_org`, a
 * line in the list of synth.c, a chapter in docs/synth.md.
 */
#ifndef HMS_REHEARSALS_SYNTH_SCRIBE_H
#define HMS_REHEARSALS_SYNTH_SCRIBE_H

#include "rehearsals/synth/care.h"
#include "rehearsals/synth/money.h"
#include "rehearsals/synth/stock.h"
#include "rehearsals/synth/truth.h"

enum { SCRIBE_KEY_MAX = 48 };

/* What a table has a row for. */
enum synth_each {
    EACH_PATIENT,
    EACH_ALLERGY,
    EACH_ENCOUNTER,
    EACH_DIAGNOSIS,
    EACH_LAB_ORDER,
    EACH_MED_ORDER,
    EACH_RESULT,
    EACH_CLAIM,
    EACH_CLAIM_LINE,
    EACH_MOVE,
    EACH_PRACTITIONER,
    EACH_ITEM,
    EACH_BATCH,
    EACH_LOCATION,
    EACH_PAYER,
    EACH_SUBSTANCE,
};

struct scribe {
    const struct world *world;
    const struct synth_org *org;
    const char *table;
    struct dump *dump;
    struct truth *truth;
    char key[SCRIBE_KEY_MAX]; /* of the current row */
};

struct synth_table {
    const char *name;
    const char *columns; /* separated by spaces */
    enum synth_each each;
    union {
        void (*patient)(struct scribe *scribe, const struct patient *patient);
        void (*allergy)(struct scribe *scribe, const struct allergy *allergy);
        void (*encounter)(struct scribe *scribe, const struct encounter *encounter);
        void (*diagnosis)(struct scribe *scribe, const struct diagnosis *diagnosis);
        void (*order)(struct scribe *scribe, const struct order *order);
        void (*result)(struct scribe *scribe, const struct result *result);
        void (*claim)(struct scribe *scribe, const struct claim *claim);
        void (*claim_line)(struct scribe *scribe, const struct claim_line *line);
        void (*move)(struct scribe *scribe, const struct move *move);
        void (*practitioner)(struct scribe *scribe, const struct practitioner *practitioner);
        void (*item)(struct scribe *scribe, const struct item *item);
        void (*batch)(struct scribe *scribe, const struct item_batch *batch);
        void (*number)(struct scribe *scribe, uint64_t number); /* of the catalog */
    } write;
};

struct synth_org {
    const char *code;
    const char *ending; /* of its files */
    enum org_number number;
    struct dump_format format;
    const struct synth_table *tables;
    size_t ntables;
    const char *patients; /* the table of the patients themselves */
    void (*patient_key)(uint64_t patient, char key[SCRIBE_KEY_MAX]);
    void (*codes)(struct truth *truth);
};

/* Over how many numbers scribe_write() is to be called, from 0. */
uint64_t scribe_numbers(const struct scribe *scribe, const struct synth_table *table);
/* All rows of that number: of that patient, item, ... */
void scribe_write(struct scribe *scribe, const struct synth_table *table, uint64_t number);

/* A key field: prefix and number in at least `width` digits; remembered as the row's key. */
void scribe_key(struct scribe *scribe, const char *prefix, uint64_t number, int width);
/* One more part of the row's key. */
void scribe_key_part(struct scribe *scribe, uint64_t number);
/* The row has no key, though it should. */
void scribe_no_key(struct scribe *scribe);
/* Ends the row; a fact's plant is recorded in the truth, and a ragged one gets a field too
 * many. */
void scribe_end_row(struct scribe *scribe, enum plant plant);
/* A reference: blank when number is CARE_NONE. */
void scribe_ref(struct scribe *scribe, const char *prefix, uint64_t number, uint64_t first,
                int width);

/* The value of a result: "<5.4", or a word of `words`. */
void scribe_value(struct scribe *scribe, const struct result *result, const char *const *words);
/* Two fields, the normal range; blank for tests that answer in words. */
void scribe_range(struct scribe *scribe, const struct result *result);
/* H, L, N or blank. */
void scribe_flag(struct scribe *scribe, const struct result *result);
/* The next text gets the byte that was planted in this result, if one was. */
void scribe_spoil(struct scribe *scribe, const struct result *result);

/* Two fields: what is claimed, and what was approved of it or blank. */
void scribe_claim_amounts(struct scribe *scribe, const struct claim *claim,
                          const char *currency);
/* Three fields: quantity, price, amount; `spoilt` stands for a planted amount. */
void scribe_charge(struct scribe *scribe, const struct claim_line *line, const char *currency,
                   const char *spoilt);
/* The name of a drug or supply and what a pack holds: "gauze, pack of 20". */
void scribe_item_name(struct scribe *scribe, const struct item *item,
                      const char *const *supplies, const char *before, const char *behind);

extern const struct synth_org org_northgate;
extern const struct synth_org org_lindenhof;
extern const struct synth_org org_alnoor;
extern const struct synth_org org_riverside;
extern const struct synth_org org_stmary;

#endif
