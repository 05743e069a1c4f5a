/*
 * plant.h - which rows are made bad on purpose, and what is expected to become of them.
 *
 * Shape     patient n carries at most one plant, by n modulo PLANT_PERIOD, so that every kind
 *           is in a dump of 200 patients: all slots are below that.  A patient whose own row is
 *           lost has no children, and things that are lost have nothing that refers to them,
 *           unless that is the very fault: so truth/bad_rows.csv is complete.
 */
#ifndef HMS_REHEARSALS_SYNTH_PLANT_H
#define HMS_REHEARSALS_SYNTH_PLANT_H

#include "rehearsals/synth/world.h"

enum { PLANT_PERIOD = 400 };

/* plant, n modulo PLANT_PERIOD, organisations, entity, kind, disposition, rule */
#define PLANT_LIST(X)                                                                          \
    X(PATIENT_DATE, 20, ALL, "patient", "impossible_date", "quarantined",                      \
      "patient.birth_date")                                                                    \
    X(PATIENT_FUTURE, 22, ALL, "patient", "future_birth", "quarantined", "patient.birth_date") \
    X(PATIENT_TEST, 24, NG | RV, "patient", "test_patient", "excluded", "patient.test")        \
    X(PATIENT_NO_KEY, 26, LI | AL | RV, "patient", "missing_key", "rejected", "key.missing")   \
    X(PATIENT_TWICE, 28, NG | LI | AL, "patient", "duplicate_equal", "merged", "key.repeat")   \
    X(PATIENT_SEX, 30, LI | AL | ST, "patient", "unknown_code", "quarantined", "patient.sex")  \
    X(PATIENT_BYTE, 32, NG | AL, "patient", "bad_byte", "rejected", "text.encoding")           \
    X(ENCOUNTER_RAGGED, 34, ALL, "encounter", "ragged", "rejected", "row.ragged")              \
    X(ENCOUNTER_DATE, 36, LI | RV, "encounter", "impossible_date", "quarantined",              \
      "encounter.started_at")                                                                  \
    X(CONDITION_CODE, 38, ALL, "condition", "broken_code", "quarantined", "condition.code")    \
    X(LAB_ORDER_BLANK, 40, ALL, "service_order", "missing_mandatory", "quarantined",           \
      "service_order.code")                                                                    \
    X(MED_ORDER_CODE, 42, NG, "medication_order", "unknown_code", "quarantined",               \
      "medication_order.code")                                                                 \
    X(MED_ORDER_UNMAPPED, 80, LI | AL | RV | ST, "medication_order", "unknown_code", "issue",  \
      "code.unmapped")                                                                         \
    X(RESULT_ORPHAN, 44, ALL, "observation", "orphan", "quarantined", "reference.missing")     \
    X(RESULT_TWICE, 46, ALL, "observation", "duplicate_equal", "merged", "key.repeat")         \
    X(RESULT_CONFLICT, 48, ALL, "observation", "duplicate_conflict", "quarantined",            \
      "key.duplicate")                                                                         \
    X(RESULT_NUL, 52, ALL, "observation", "nul_byte", "rejected", "text.nul")                  \
    X(RESULT_CODE, 54, NG, "observation", "unknown_code", "quarantined", "observation.code")   \
    X(RESULT_UNMAPPED, 82, LI | AL | RV | ST, "observation", "unknown_code", "issue",          \
      "code.unmapped")                                                                         \
    X(RESULT_RAGGED, 58, ALL, "observation", "ragged", "rejected", "row.ragged")               \
    X(RESULT_BYTE, 60, NG | AL | ST, "observation", "bad_byte", "rejected", "text.encoding")   \
    X(CLAIM_TOTAL, 62, ALL, "claim", "claim_total", "issue", "claim.total")                    \
    X(CLAIM_AMOUNT, 64, ALL, "claim_line", "bad_amount", "quarantined", "claim_line.amount")   \
    X(CLAIM_ORPHAN, 66, LI | ST, "claim_line", "orphan", "quarantined", "reference.missing")   \
    X(MOVE_NEGATIVE, 68, ALL, "stock_movement", "negative_quantity", "quarantined",            \
      "stock_movement.quantity")                                                               \
    X(MOVE_ORPHAN, 70, AL | ST, "stock_movement", "orphan", "quarantined",                     \
      "reference.missing")                                                                     \
    X(EXCEL_DATE, 74, RV, "condition", "excel_date", "quarantined", "condition.code")          \
    X(EXCEL_NUMBER, 76, RV, "patient_identifier", "excel_number", "quarantined",               \
      "patient_identifier.value")

enum plant {
    PLANT_NONE,
#define X(name, slot, orgs, entity, kind, disposition, rule) PLANT_##name,
    PLANT_LIST(X)
#undef X
        PLANT_COUNT,
    /* Without slots of their own: the allergy that names the encounter of ENCOUNTER_RAGGED, and
     * the claim that lacks the line of CLAIM_AMOUNT. */
    PLANT_ALLERGY_ENCOUNTER = PLANT_COUNT,
    PLANT_CLAIM_SHORT,
    PLANT_END,
};

struct plant_spec {
    uint32_t slot;
    uint32_t orgs; /* bits 1 << enum org_number */
    const char *entity;
    const char *kind;
    const char *disposition;
    const char *rule;
};

enum plant plant_of(enum org_number org, uint64_t patient);
const struct plant_spec *plant_spec(enum plant plant);
/* The patient's own row does not reach the store. */
bool plant_loses_patient(enum plant plant);
/* The patient's one encounter does not reach the store, so nothing but the planted allergy
 * names it. */
bool plant_loses_encounter(enum plant plant);

#endif
