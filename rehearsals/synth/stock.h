/*
 * stock.h - items, their batches, and what moved in the stores.
 *
 * Numbers   item i has batches i*4 .. i*4+3; patient n stands for the moves n*4 .. n*4+3 (the
 *           first of them is the opening stock of item n, while there are items).
 * Sign      quantities are sizes; the kind says whether they come or go.  Only an adjustment
 *           may be negative.
 */
#ifndef HMS_REHEARSALS_SYNTH_STOCK_H
#define HMS_REHEARSALS_SYNTH_STOCK_H

#include "rehearsals/synth/plant.h"
#include "rehearsals/synth/world.h"

enum move_kind { MOVE_OPENING, MOVE_RECEIPT, MOVE_ISSUE, MOVE_ADJUST };

struct item {
    uint64_t number;
    bool is_drug;
    uint32_t code; /* CATALOG drug or supply */
    uint32_t unit; /* 0 tablet, 1 vial, 2 box, 3 each */
    uint32_t pack;
    bool controlled;
    uint32_t reorder;
    int64_t cost; /* cents */
};

struct item_batch {
    uint64_t number;
    uint64_t item;
    int32_t expiry;
};

struct move {
    uint64_t number;
    uint64_t item;
    uint64_t batch;
    enum plant plant;
    uint32_t store; /* CATALOG location */
    enum move_kind kind;
    int64_t quantity;
    int64_t cost;
    int64_t moved;
};

uint32_t item_count(const struct world *world);
void item_at(const struct world *world, uint64_t number, struct item *item);
uint32_t item_batch_count(const struct world *world, uint64_t item);
void item_batch_at(const struct world *world, uint64_t item, uint32_t i,
                   struct item_batch *batch);
uint32_t move_count(const struct world *world, uint64_t patient);
void move_at(const struct world *world, uint64_t patient, uint32_t i, struct move *move);

#endif
