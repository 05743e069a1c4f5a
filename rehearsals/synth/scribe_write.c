/* From the number of a patient or item to its facts, and each fact to the table's writer. */
#include "rehearsals/synth/scribe.h"

#include "rehearsals/synth/catalog.h"

static bool is_patient_plant(enum plant plant)
{
    return plant_loses_patient(plant) || plant == PLANT_PATIENT_TWICE ||
           plant == PLANT_EXCEL_NUMBER;
}

static void write_patient(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    struct patient patient;
    enum plant plant;

    patient_at(s->world, n, &patient);
    plant = is_patient_plant(patient.plant) ? patient.plant : PLANT_NONE;
    if (plant == PLANT_PATIENT_TWICE) {
        patient.plant = PLANT_NONE;
        table->write.patient(s, &patient);
    }
    patient.plant = plant;
    table->write.patient(s, &patient);
}

static void write_allergies(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = allergy_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct allergy allergy;

        allergy_at(s->world, n, i, &allergy);
        table->write.allergy(s, &allergy);
    }
}

static void write_diagnoses(struct scribe *s, const struct synth_table *table,
                            const struct encounter *encounter, uint32_t i)
{
    uint32_t count = diagnosis_count(s->world, encounter->patient, i);

    for (uint32_t j = 0; j < count; j++) {
        struct diagnosis diagnosis;

        diagnosis_at(s->world, encounter, j, &diagnosis);
        table->write.diagnosis(s, &diagnosis);
    }
}

static void write_encounters(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = encounter_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct encounter encounter;

        encounter_at(s->world, n, i, &encounter);
        if (table->each == EACH_ENCOUNTER) {
            table->write.encounter(s, &encounter);
        } else {
            write_diagnoses(s, table, &encounter, i);
        }
    }
}

static void write_orders(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    bool lab = table->each == EACH_LAB_ORDER;
    uint32_t count = lab ? lab_order_count(s->world, n) : med_order_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct order order;

        if (lab) {
            lab_order_at(s->world, n, i, &order);
        } else {
            med_order_at(s->world, n, i, &order);
        }
        table->write.order(s, &order);
    }
}

static void write_twice(struct scribe *s, const struct synth_table *table,
                        struct result *result)
{
    enum plant plant = result->plant;

    result->plant = PLANT_NONE;
    table->write.result(s, result);
    if (plant == PLANT_RESULT_CONFLICT) {
        result->state = result->state == RESULT_FINAL ? RESULT_CORRECTED : RESULT_FINAL;
    }
    result->plant = plant;
    table->write.result(s, result);
}

static void write_results(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = result_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct result result;

        result_at(s->world, n, i, &result);
        if (result.plant == PLANT_RESULT_TWICE || result.plant == PLANT_RESULT_CONFLICT) {
            write_twice(s, table, &result);
        } else {
            table->write.result(s, &result);
        }
    }
}

static void write_claims(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = claim_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct claim claim;

        claim_at(s->world, n, i, &claim);
        if (table->each == EACH_CLAIM) {
            table->write.claim(s, &claim);
            continue;
        }
        for (uint32_t j = 0; j < claim.nlines; j++) {
            table->write.claim_line(s, &claim.lines[j]);
        }
    }
}

static void write_moves(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = move_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct move move;

        move_at(s->world, n, i, &move);
        table->write.move(s, &move);
    }
}

static void write_item(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    struct item item;

    item_at(s->world, n, &item);
    table->write.item(s, &item);
}

static void write_batches(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    uint32_t count = item_batch_count(s->world, n);

    for (uint32_t i = 0; i < count; i++) {
        struct item_batch batch;

        item_batch_at(s->world, n, i, &batch);
        table->write.batch(s, &batch);
    }
}

static void write_practitioner(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    struct practitioner practitioner;

    practitioner_at(s->world, n, &practitioner);
    table->write.practitioner(s, &practitioner);
}

static void write_number(struct scribe *s, const struct synth_table *table, uint64_t n)
{
    table->write.number(s, n);
}

void scribe_write(struct scribe *scribe, const struct synth_table *table, uint64_t number)
{
    static void (*const writers[])(struct scribe *, const struct synth_table *, uint64_t) = {
        [EACH_PATIENT] = write_patient,
        [EACH_ALLERGY] = write_allergies,
        [EACH_ENCOUNTER] = write_encounters,
        [EACH_DIAGNOSIS] = write_encounters,
        [EACH_LAB_ORDER] = write_orders,
        [EACH_MED_ORDER] = write_orders,
        [EACH_RESULT] = write_results,
        [EACH_CLAIM] = write_claims,
        [EACH_CLAIM_LINE] = write_claims,
        [EACH_MOVE] = write_moves,
        [EACH_PRACTITIONER] = write_practitioner,
        [EACH_ITEM] = write_item,
        [EACH_BATCH] = write_batches,
        [EACH_LOCATION] = write_number,
        [EACH_PAYER] = write_number,
        [EACH_SUBSTANCE] = write_number,
    };

    writers[table->each](scribe, table, number);
}

uint64_t scribe_numbers(const struct scribe *scribe, const struct synth_table *table)
{
    switch (table->each) {
    case EACH_PRACTITIONER:
        return world_practitioners(scribe->world->npatients);
    case EACH_ITEM:
    case EACH_BATCH:
        return item_count(scribe->world);
    case EACH_LOCATION:
        return CATALOG_LOCATIONS;
    case EACH_PAYER:
        return CATALOG_PAYERS;
    case EACH_SUBSTANCE:
        return CATALOG_SUBSTANCES;
    case EACH_PATIENT:
    case EACH_ALLERGY:
    case EACH_ENCOUNTER:
    case EACH_DIAGNOSIS:
    case EACH_LAB_ORDER:
    case EACH_MED_ORDER:
    case EACH_RESULT:
    case EACH_CLAIM:
    case EACH_CLAIM_LINE:
    case EACH_MOVE:
        break;
    }
    return scribe->world->npatients;
}
