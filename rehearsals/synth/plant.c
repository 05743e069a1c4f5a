#include "rehearsals/synth/plant.h"

#define NG  (1U << ORG_NORTHGATE)
#define LI  (1U << ORG_LINDENHOF)
#define AL  (1U << ORG_ALNOOR)
#define RV  (1U << ORG_RIVERSIDE)
#define ST  (1U << ORG_STMARY)
#define ALL (NG | LI | AL | RV | ST)

static const struct plant_spec specs[PLANT_END] = {
#define X(name, slot, orgs, entity, kind, disposition, rule)                                   \
    [PLANT_##name] = {slot, orgs, entity, kind, disposition, rule},
    PLANT_LIST(X)
#undef X
        [PLANT_ALLERGY_ENCOUNTER] = {PLANT_PERIOD, NG | LI | AL | ST, "allergy", "orphan",
                                     "issue", "reference.unresolved"},
    [PLANT_CLAIM_SHORT] = {PLANT_PERIOD, ALL, "claim", "claim_total", "issue", "claim.total"},
};

enum plant plant_of(enum org_number org, uint64_t patient)
{
    static const uint8_t by_slot[PLANT_PERIOD] = {
#define X(name, slot, orgs, entity, kind, disposition, rule) [slot] = PLANT_##name,
        PLANT_LIST(X)
#undef X
    };
    enum plant plant = by_slot[patient % PLANT_PERIOD];

    return (specs[plant].orgs & 1U << org) != 0 ? plant : PLANT_NONE;
}

const struct plant_spec *plant_spec(enum plant plant)
{
    return &specs[plant];
}

bool plant_loses_patient(enum plant plant)
{
    return plant == PLANT_PATIENT_DATE || plant == PLANT_PATIENT_FUTURE ||
           plant == PLANT_PATIENT_TEST || plant == PLANT_PATIENT_NO_KEY ||
           plant == PLANT_PATIENT_SEX || plant == PLANT_PATIENT_BYTE;
}

bool plant_loses_encounter(enum plant plant)
{
    return plant == PLANT_ENCOUNTER_RAGGED || plant == PLANT_ENCOUNTER_DATE;
}
