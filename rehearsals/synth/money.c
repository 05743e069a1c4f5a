#include "rehearsals/synth/money.h"

#include "rehearsals/synth/care.h"
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/people.h"

enum { NOWHERE = 1000000 }; /* numbers beyond all that exist */

/* Prices of the catalog in cents of each organisation's currency. */
static const int64_t price_factor[ORG_END] = {
    [ORG_NORTHGATE] = 100, [ORG_LINDENHOF] = 1, [ORG_ALNOOR] = 4,
    [ORG_RIVERSIDE] = 2,   [ORG_STMARY] = 1,
};

uint32_t claim_count(const struct world *world, uint64_t patient)
{
    struct draw draw = world_draw(world, DRAW_CLAIMS, patient);
    enum plant plant = plant_of(world->org, patient);
    bool needed = plant == PLANT_CLAIM_TOTAL || plant == PLANT_CLAIM_AMOUNT ||
                  plant == PLANT_CLAIM_ORPHAN;
    uint32_t percent = draw_below(&draw, 100);

    if (plant_loses_patient(plant)) {
        return 0;
    }
    return percent >= 90 ? 2 : percent >= 50 || needed ? 1 : 0;
}

static void draw_lines(const struct world *world, struct draw *draw, struct claim *claim)
{
    claim->nlines = 1 + draw_below(draw, MONEY_LINES);
    claim->total = 0;
    for (uint32_t i = 0; i < claim->nlines; i++) {
        struct claim_line *line = &claim->lines[i];

        line->claim = claim->number;
        line->number = i + 1;
        line->plant = PLANT_NONE;
        line->service = draw_below(draw, CATALOG_SERVICES);
        line->quantity = 1 + draw_below(draw, 3);
        line->price = catalog_services[line->service].cents * price_factor[world->org];
        line->amount = line->price * line->quantity;
        claim->total += line->amount;
    }
}

static void plant_claim(const struct world *world, struct claim *claim, enum plant plant)
{
    if (plant == PLANT_CLAIM_TOTAL) {
        claim->plant = plant;
        claim->total += 1000;
    } else if (plant == PLANT_CLAIM_AMOUNT) {
        claim->lines[0].plant = plant;
        claim->plant = claim->nlines > 1 ? PLANT_CLAIM_SHORT : PLANT_NONE;
    } else if (plant == PLANT_CLAIM_ORPHAN) {
        struct claim_line *line = &claim->lines[claim->nlines++];

        *line = claim->lines[0];
        line->plant = plant;
        line->claim = (world->npatients + NOWHERE + claim->patient) * 4;
    }
}

void claim_at(const struct world *world, uint64_t patient, uint32_t i, struct claim *claim)
{
    struct draw draw = world_draw(world, DRAW_CLAIM, patient * 4 + i);
    enum plant plant = plant_of(world->org, patient);
    uint32_t encounters = plant_loses_encounter(plant) ? 0 : encounter_count(world, patient);
    uint32_t state = draw_below(&draw, 100);
    struct patient whose;

    claim->number = patient * 4 + i;
    claim->patient = patient;
    claim->plant = PLANT_NONE;
    claim->encounter = encounters > 0 ? patient * 8 + draw_below(&draw, encounters) : CARE_NONE;
    claim->payer = draw_below(&draw, CATALOG_PAYERS);
    patient_at(world, patient, &whose);
    claim->member = whose.member;
    claim->state = state < 5    ? CLAIM_DRAFT
                   : state < 25 ? CLAIM_SUBMITTED
                   : state < 92 ? CLAIM_PAID
                                : CLAIM_DENIED;
    claim->submitted = draw_between(&draw, DAY_FIRST_CARE + 30, DAY_LAST_CARE + 30);
    claim->denial = 1 + draw_below(&draw, 5);
    draw_lines(world, &draw, claim);
    claim->has_approved = claim->state == CLAIM_PAID || claim->state == CLAIM_DENIED;
    claim->approved = claim->state == CLAIM_PAID
                          ? claim->total - claim->total * draw_below(&draw, 20) / 100
                          : 0;
    if (i == 0) {
        plant_claim(world, claim, plant);
    }
}
