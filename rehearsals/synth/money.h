/*
 * money.h - claims with their lines.
 *
 * Numbers   patient n has claims n*4 .. n*4+3, a claim at most MONEY_LINES lines.
 * Units     cents (hundredths) of the organisation's currency.
 */
#ifndef HMS_REHEARSALS_SYNTH_MONEY_H
#define HMS_REHEARSALS_SYNTH_MONEY_H

#include "rehearsals/synth/plant.h"
#include "rehearsals/synth/world.h"

enum { MONEY_LINES = 3 };
enum claim_state { CLAIM_DRAFT, CLAIM_SUBMITTED, CLAIM_PAID, CLAIM_DENIED };

struct claim_line {
    uint64_t claim;
    uint32_t number;  /* in the claim, from 1 */
    enum plant plant; /* CLAIM_AMOUNT, CLAIM_ORPHAN or none */
    uint32_t service; /* CATALOG service */
    uint32_t quantity;
    int64_t price;
    int64_t amount;
};

struct claim {
    uint64_t number;
    uint64_t patient;
    uint64_t encounter; /* CARE_NONE: none */
    enum plant plant;   /* CLAIM_TOTAL, CLAIM_SHORT or none */
    uint32_t payer;
    uint64_t member;
    enum claim_state state;
    int32_t submitted;
    int64_t total;
    bool has_approved;
    int64_t approved;
    uint32_t denial; /* of CLAIM_DENIED: 1 .. 5 */
    uint32_t nlines;
    struct claim_line lines[MONEY_LINES + 1]; /* the one more is a planted orphan */
};

uint32_t claim_count(const struct world *world, uint64_t patient);
void claim_at(const struct world *world, uint64_t patient, uint32_t i, struct claim *claim);

#endif
