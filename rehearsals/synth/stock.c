#include "rehearsals/synth/stock.h"

#include "rehearsals/synth/catalog.h"

uint32_t item_count(const struct world *world)
{
    return world_items(world->npatients);
}

void item_at(const struct world *world, uint64_t number, struct item *item)
{
    struct draw draw = world_draw(world, DRAW_ITEM, number);

    item->number = number;
    item->is_drug = number % 2 == 0;
    item->code = (uint32_t)(number / 2 % (item->is_drug ? CATALOG_DRUGS : CATALOG_SUPPLIES));
    item->pack = 10 * (1 + draw_below(&draw, 10));
    item->unit =
        item->is_drug ? catalog_drugs[item->code].route == 0 ? 0 : 1 : 2 + draw_below(&draw, 2);
    item->controlled = item->is_drug && catalog_drugs[item->code].atc[0] == 'N' &&
                       catalog_drugs[item->code].route != 0;
    item->reorder = 20 + draw_below(&draw, 200);
    item->cost = draw_between(&draw, 5, 90000);
}

uint32_t item_batch_count(const struct world *world, uint64_t item)
{
    struct draw draw = world_draw(world, DRAW_ITEM, ~item);

    return 1 + draw_below(&draw, 3);
}

void item_batch_at(const struct world *world, uint64_t item, uint32_t i,
                   struct item_batch *batch)
{
    struct draw draw = world_draw(world, DRAW_ITEM, ~(UINT64_C(1) << 40 | (item * 4 + i)));

    batch->number = item * 4 + i;
    batch->item = item;
    batch->expiry = draw_between(&draw, DAY_LAST_CARE - 400, DAY_LAST_CARE + 900);
}

static bool has_opening(const struct world *world, uint64_t patient)
{
    return patient < item_count(world);
}

uint32_t move_count(const struct world *world, uint64_t patient)
{
    struct draw draw = world_draw(world, DRAW_MOVES, patient);
    enum plant plant = plant_of(world->org, patient);
    bool needed = plant == PLANT_MOVE_NEGATIVE || plant == PLANT_MOVE_ORPHAN;
    uint32_t percent = draw_below(&draw, 100);
    uint32_t others = percent >= 90 ? 2 : percent >= 60 || needed ? 1 : 0;

    return has_opening(world, patient) + others;
}

void move_at(const struct world *world, uint64_t patient, uint32_t i, struct move *move)
{
    bool opening = i == 0 && has_opening(world, patient);
    uint32_t slot = i + !has_opening(world, patient);
    struct draw draw = world_draw(world, DRAW_MOVE, patient * 4 + slot);
    enum plant plant = plant_of(world->org, patient);
    uint32_t kind = draw_below(&draw, 100);
    struct item item;

    move->number = patient * 4 + slot;
    move->item = opening ? patient : draw_below(&draw, world_items(patient));
    item_at(world, move->item, &item);
    move->batch = move->item * 4 + draw_below(&draw, item_batch_count(world, move->item));
    move->store = 10 + draw_below(&draw, 2);
    move->kind = opening     ? MOVE_OPENING
                 : kind < 25 ? MOVE_RECEIPT
                 : kind < 92 ? MOVE_ISSUE
                             : MOVE_ADJUST;
    move->quantity =
        (int64_t)draw_between(&draw, 1, 60) * (move->kind == MOVE_OPENING ? 50 : 1);
    if (move->kind == MOVE_ADJUST && draw_chance(&draw, 500)) {
        move->quantity = -move->quantity;
    }
    move->cost = item.cost;
    move->moved = (int64_t)draw_between(&draw, DAY_FIRST_CARE, DAY_LAST_CARE) * DAY_MINUTES +
                  draw_between(&draw, 7 * 60, 19 * 60);
    move->plant = PLANT_NONE;
    if (slot == 1 && plant == PLANT_MOVE_NEGATIVE) {
        move->plant = plant;
        move->kind = MOVE_ISSUE;
        move->quantity = -5;
    } else if (slot == 1 && plant == PLANT_MOVE_ORPHAN) {
        move->plant = plant;
        move->item = item_count(world) + 1000000 + patient;
        move->batch = move->item * 4;
    }
}
