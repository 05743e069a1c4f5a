#include "rehearsals/synth/org_stmary.h"

#include "rehearsals/synth/catalog.h"

enum { FIRST = STMARY_FIRST, DRUG_ORDERS = 8, LOOSE_RESULTS = 12, ORPHANS = 13 };

void stmary_write_allergy(struct scribe *s, const struct allergy *a)
{
    static const char *const severities[] = {"mild", "moderate", "severe"};

    scribe_key(s, "", a->number + FIRST, 1);
    dump_uint(s->dump, a->patient + FIRST);
    scribe_ref(s, "", a->encounter, FIRST, 1);
    dump_uint(s->dump, a->substance + FIRST);
    dump_text(s->dump, catalog_substances[a->substance].reaction);
    dump_word(s->dump, severities[a->severity]);
    dump_date(s->dump, a->recorded);
    scribe_end_row(s, a->plant);
}

void stmary_write_visit(struct scribe *s, const struct encounter *e)
{
    static const char *const classes[] = {"ambulatory", "inpatient", "emergency"};
    static const char *const states[] = {"finished", "in-progress", "cancelled"};

    scribe_key(s, "", e->number + FIRST, 1);
    dump_uint(s->dump, e->patient + FIRST);
    dump_word(s->dump, classes[e->class]);
    dump_time(s->dump, e->arrived);
    dump_time(s->dump, e->seen);
    dump_time(s->dump, e->ended);
    dump_uint(s->dump, e->practitioner + FIRST);
    dump_uint(s->dump, e->location + FIRST);
    dump_word(s->dump, states[e->state]);
    scribe_end_row(s, e->plant);
}

void stmary_write_diagnosis(struct scribe *s, const struct diagnosis *d)
{
    scribe_key(s, "", d->number + FIRST, 1);
    dump_uint(s->dump, d->encounter + FIRST);
    dump_word(s->dump,
              d->plant == PLANT_CONDITION_CODE ? "E1.19" : catalog_diagnoses[d->code].icd10);
    dump_text(s->dump, catalog_diagnoses[d->code].text);
    dump_uint(s->dump, d->rank);
    dump_word(s->dump, d->at_discharge ? "discharge" : "admission");
    dump_time(s->dump, d->recorded);
    scribe_end_row(s, d->plant);
}

/* Laboratory and drug orders share one table: sixteen numbers for each patient. */
static uint64_t order_id(const struct order *order, bool lab)
{
    return order->number / 8 * 16 + order->number % 8 + (lab ? 0 : DRUG_ORDERS) + FIRST;
}

static void each_order(struct scribe *s, uint64_t patient,
                       void (*write)(struct scribe *s, const struct order *o, bool lab))
{
    uint32_t nlab = lab_order_count(s->world, patient);
    uint32_t ndrug = med_order_count(s->world, patient);
    struct order order;

    for (uint32_t i = 0; i < nlab; i++) {
        lab_order_at(s->world, patient, i, &order);
        write(s, &order, true);
    }
    for (uint32_t i = 0; i < ndrug; i++) {
        med_order_at(s->world, patient, i, &order);
        write(s, &order, false);
    }
}

static void write_order_header(struct scribe *s, const struct order *o, bool lab)
{
    static const char *const priorities[] = {"routine", "urgent", "stat"};
    static const char *const states[] = {"completed", "active", "cancelled"};

    scribe_key(s, "", order_id(o, lab), 1);
    dump_uint(s->dump, o->patient + FIRST);
    scribe_ref(s, "", o->encounter, FIRST, 1);
    dump_uint(s->dump, o->practitioner + FIRST);
    dump_word(s->dump, lab ? "lab" : "drug");
    dump_word(s->dump, priorities[o->priority]);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, states[o->state]);
    scribe_end_row(s, PLANT_NONE);
}

static void put_lab_line(struct scribe *s, const struct order *o)
{
    if (o->plant == PLANT_LAB_ORDER_BLANK) {
        dump_blank(s->dump);
    } else {
        dump_key(s->dump, "T", o->code + 1, 3);
    }
    dump_text(s->dump, catalog_tests[o->code].name);
    for (int i = 0; i < 6; i++) {
        dump_blank(s->dump);
    }
}

static void put_drug_line(struct scribe *s, const struct order *o)
{
    static const char *const routes[] = {"oral", "intravenous", "subcutaneous", "inhaled"};
    static const char *const frequencies[] = {"once daily", "twice daily", "three times daily",
                                              "as needed"};
    const struct catalog_drug *drug = &catalog_drugs[o->code];

    dump_key(s->dump, "D", o->plant == PLANT_MED_ORDER_UNMAPPED ? 999 : o->code + 1, 3);
    dump_text(s->dump, drug->name);
    dump_decimal(s->dump, "", drug->dose_tenths, 1);
    dump_word(s->dump, drug->unit);
    dump_word(s->dump, routes[drug->route]);
    dump_text(s->dump, frequencies[o->frequency]);
    dump_uint(s->dump, o->days);
    dump_uint(s->dump, o->refills);
}

static void write_order_line(struct scribe *s, const struct order *o, bool lab)
{
    scribe_key(s, "", order_id(o, lab), 1);
    dump_uint(s->dump, order_id(o, lab));
    dump_word(s->dump, "1");
    dump_word(s->dump, lab ? "lab" : "drug");
    if (lab) {
        put_lab_line(s, o);
    } else {
        put_drug_line(s, o);
    }
    scribe_end_row(s, o->plant);
}

void stmary_write_order_headers(struct scribe *s, const struct patient *p)
{
    each_order(s, p->number, write_order_header);
}

void stmary_write_order_lines(struct scribe *s, const struct patient *p)
{
    each_order(s, p->number, write_order_line);
}

/* Results of one order share its header; those without an order share one for each patient,
 * and an orphan has one of its own. */
static uint64_t header_id(const struct result *r)
{
    if (r->order != CARE_NONE) {
        return r->order / 8 * 16 + r->order % 8 + FIRST;
    }
    return r->share * 16 + (r->plant == PLANT_RESULT_ORPHAN ? ORPHANS : LOOSE_RESULTS) + FIRST;
}

static void write_order_result_header(struct scribe *s, const struct order *o, bool lab)
{
    if (!lab || o->plant == PLANT_LAB_ORDER_BLANK) {
        return;
    }
    scribe_key(s, "", order_id(o, lab), 1);
    dump_uint(s->dump, o->patient + FIRST);
    scribe_ref(s, "", o->encounter, FIRST, 1);
    dump_uint(s->dump, order_id(o, lab));
    dump_key(s->dump, "A", o->number + FIRST, 8);
    dump_word(s->dump, catalog_tests[o->code].specimen);
    scribe_end_row(s, PLANT_NONE);
}

static void write_loose_header(struct scribe *s, const struct result *r)
{
    scribe_key(s, "", header_id(r), 1);
    dump_uint(s->dump, r->patient + FIRST);
    dump_blank(s->dump);
    dump_blank(s->dump);
    dump_key(s->dump, "W", header_id(r), 8);
    dump_word(s->dump, catalog_tests[r->test].specimen);
    scribe_end_row(s, PLANT_NONE);
}

void stmary_write_result_headers(struct scribe *s, const struct patient *p)
{
    uint32_t count = result_count(s->world, p->number);
    bool loose = false;

    each_order(s, p->number, write_order_result_header);
    for (uint32_t i = 0; i < count && !loose; i++) {
        struct result r;

        result_at(s->world, p->number, i, &r);
        loose = r.order == CARE_NONE && r.plant != PLANT_RESULT_ORPHAN;
        if (r.order == CARE_NONE) {
            write_loose_header(s, &r);
        }
    }
}

void stmary_write_result_line(struct scribe *s, const struct result *r)
{
    static const char *const states[] = {"final", "preliminary", "corrected"};
    const struct catalog_test *test = &catalog_tests[r->test];

    scribe_key(s, "", r->number + FIRST, 1);
    dump_uint(s->dump, header_id(r));
    dump_key(s->dump, "T", r->plant == PLANT_RESULT_UNMAPPED ? 999 : r->test + 1, 3);
    scribe_spoil(s, r);
    dump_text(s->dump, test->name);
    scribe_value(s, r, catalog_words);
    dump_word(s->dump, test->unit);
    scribe_range(s, r);
    scribe_flag(s, r);
    dump_word(s->dump, states[r->state]);
    dump_time(s->dump, r->collected);
    dump_time(s->dump, r->resulted);
    scribe_end_row(s, r->plant);
}

void stmary_write_bill(struct scribe *s, const struct claim *c)
{
    static const char *const states[] = {"draft", "submitted", "paid", "denied"};

    scribe_key(s, "", c->number + FIRST, 1);
    dump_uint(s->dump, c->patient + FIRST);
    scribe_ref(s, "", c->encounter, FIRST, 1);
    dump_uint(s->dump, c->payer + FIRST);
    dump_uint(s->dump, c->member);
    dump_date(s->dump, c->submitted);
    dump_word(s->dump, states[c->state]);
    scribe_claim_amounts(s, c, "");
    dump_word(s->dump, "EUR");
    scribe_end_row(s, c->plant);
}

void stmary_write_bill_line(struct scribe *s, const struct claim_line *line)
{
    scribe_key(s, "", line->claim * 4 + line->number + FIRST, 1);
    dump_uint(s->dump, line->claim + FIRST);
    dump_uint(s->dump, line->number);
    dump_word(s->dump, catalog_services[line->service].code);
    dump_text(s->dump, catalog_services[line->service].name);
    scribe_charge(s, line, "", "12O0.50");
    scribe_end_row(s, line->plant);
}
