/*
 * care.h - what happened to the patients: encounters, diagnoses, orders, results, allergies.
 *
 * Numbers   a thing's number is made of its patient's, so it stays when the dump grows: patient
 *           n has encounters n*8 .. n*8+7, orders likewise, diagnoses n*32 .., allergies n*4 ..
 *           Results are numbered through: patient n has an even share of all results.
 * Refer     a thing that refers to an encounter or order refers to one that is in the dump and
 *           good, or to none (CARE_NONE), except where the plant says otherwise.
 */
#ifndef HMS_REHEARSALS_SYNTH_CARE_H
#define HMS_REHEARSALS_SYNTH_CARE_H

#include "rehearsals/synth/plant.h"
#include "rehearsals/synth/world.h"

#define CARE_NONE UINT64_MAX

enum encounter_class { CLASS_OUTPATIENT, CLASS_INPATIENT, CLASS_EMERGENCY };
enum encounter_state { STATE_FINISHED, STATE_ONGOING, STATE_CANCELLED };
enum order_state { ORDER_COMPLETED, ORDER_ACTIVE, ORDER_CANCELLED };
enum order_priority { PRIORITY_ROUTINE, PRIORITY_URGENT, PRIORITY_STAT };
enum result_state { RESULT_FINAL, RESULT_PRELIMINARY, RESULT_CORRECTED };

struct encounter {
    uint64_t number;
    uint64_t patient;
    enum plant plant;
    enum encounter_class class;
    enum encounter_state state;
    int64_t arrived; /* minutes */
    int64_t seen;    /* DUMP_NO_TIME: not seen by anybody */
    int64_t ended;   /* DUMP_NO_TIME: not ended */
    uint64_t practitioner;
    uint32_t location;  /* CATALOG location */
    uint32_t complaint; /* CATALOG diagnosis whose text is the complaint */
};

struct diagnosis {
    uint64_t number;
    uint64_t patient;
    uint64_t encounter;
    enum plant plant;
    uint32_t code; /* CATALOG diagnosis */
    uint32_t rank; /* from 1 */
    bool at_discharge;
    int64_t recorded;
};

/* A laboratory or a medication order. */
struct order {
    uint64_t number;
    uint64_t patient;
    uint64_t encounter;
    enum plant plant;
    uint64_t practitioner;
    uint32_t code; /* CATALOG test or drug */
    enum order_priority priority;
    enum order_state state;
    int64_t ordered;
    uint32_t frequency; /* drugs: 0 once, 1 twice, 2 thrice a day, 3 when needed */
    uint32_t days;
    uint32_t refills;
};

struct result {
    uint64_t number;
    uint64_t share; /* the patient whose share of the results it is from */
    uint64_t patient;
    uint64_t encounter;
    uint64_t order;
    enum plant plant;
    uint32_t test;
    int comparator; /* '<', '>' or 0 */
    int32_t value;  /* units of 10^-decimals of the test; of word tests the word */
    int flag;       /* 'H', 'L', 'N', or 0 for words */
    int64_t collected;
    int64_t resulted;
    enum result_state state;
    uint64_t practitioner;
    uint32_t device;
    bool commented;
};

struct allergy {
    uint64_t number;
    uint64_t patient;
    uint64_t encounter;
    enum plant plant;
    uint32_t substance;
    uint32_t severity; /* 0 mild, 1 moderate, 2 severe */
    bool resolved;
    int32_t recorded;
};

uint32_t encounter_count(const struct world *world, uint64_t patient);
void encounter_at(const struct world *world, uint64_t patient, uint32_t i,
                  struct encounter *encounter);
uint32_t diagnosis_count(const struct world *world, uint64_t patient, uint32_t encounter);
void diagnosis_at(const struct world *world, const struct encounter *encounter, uint32_t i,
                  struct diagnosis *diagnosis);
uint32_t lab_order_count(const struct world *world, uint64_t patient);
void lab_order_at(const struct world *world, uint64_t patient, uint32_t i, struct order *order);
uint32_t med_order_count(const struct world *world, uint64_t patient);
void med_order_at(const struct world *world, uint64_t patient, uint32_t i, struct order *order);
uint32_t result_count(const struct world *world, uint64_t patient);
void result_at(const struct world *world, uint64_t patient, uint32_t i, struct result *result);
uint32_t allergy_count(const struct world *world, uint64_t patient);
void allergy_at(const struct world *world, uint64_t patient, uint32_t i,
                struct allergy *allergy);

#endif
