/* northgate: wide UTF-8 CSV, ISO dates, standard codes, quoted line breaks. */
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/scribe.h"

enum { FIRST = 1 };

static const char *const order_states[] = {"COMPLETED", "ACTIVE", "CANCELLED"};

static void patient_key(uint64_t patient, char key[SCRIBE_KEY_MAX])
{
    (void)snprintf(key, SCRIBE_KEY_MAX, "NG%07llu", (unsigned long long)patient + FIRST);
}

static void put_phone(struct dump *dump, bool there, const struct person *person,
                      uint32_t phone)
{
    char text[32];
    unsigned long long number = phone;

    if (!there) {
        dump_blank(dump);
        return;
    }
    if (strcmp(person->phone_country, "254") != 0 || phone % 3 == 0) {
        (void)snprintf(text, sizeof(text), "+%s%09llu", person->phone_country, number);
    } else {
        (void)snprintf(text, sizeof(text), "0%03llu %06llu", number / 1000000,
                       number % 1000000);
    }
    dump_text(dump, text);
}

static void put_birth(struct dump *dump, const struct patient *p)
{
    if (p->plant == PLANT_PATIENT_DATE) {
        dump_word(dump, "1980-02-31");
    } else if (p->plant == PLANT_PATIENT_FUTURE) {
        dump_word(dump, "2087-05-14");
    } else if (p->birth_known == BIRTH_UNKNOWN) {
        dump_blank(dump);
    } else {
        dump_date_as(dump, p->birth_known == BIRTH_YEAR ? "yyyy" : "yyyy-MM-dd", p->birth);
    }
}

static void put_names(struct dump *dump, const struct patient *p)
{
    static const char *const titles[] = {"Ms", "Mr", "", ""};

    if (p->plant == PLANT_PATIENT_TEST) {
        dump_blank(dump);
        dump_text(dump, "TEST");
        dump_blank(dump);
        dump_text(dump, "PATIENT");
        return;
    }
    dump_text(dump, titles[p->sex]);
    dump_text(dump, p->given);
    dump_text(dump, p->has_middle ? p->person.middle->name : p->number % 3 == 0 ? "-" : "");
    if (p->plant == PLANT_PATIENT_BYTE) {
        dump_spoil(dump, SPOIL_BAD_BYTE);
    }
    dump_text(dump, p->family);
}

static void put_address(struct dump *dump, const struct patient *p)
{
    char text[160];

    if (!p->has_address) {
        for (int i = 0; i < 5; i++) {
            dump_blank(dump);
        }
        return;
    }
    (void)snprintf(text, sizeof(text), "House %u\n%s", p->person.house, p->person.street);
    dump_text(dump, text);
    dump_text(dump, p->person.place->city);
    dump_text(dump, p->person.place->region);
    dump_text(dump, p->person.place->postcode);
    dump_word(dump, p->person.country);
}

static void put_contact(struct dump *dump, const struct patient *p)
{
    static const char *const relations[] = {"SPOUSE", "PARENT", "CHILD", "SIBLING"};

    if (!p->has_contact) {
        for (int i = 0; i < 3; i++) {
            dump_blank(dump);
        }
        return;
    }
    dump_join(dump, " ", (const char *const[]){p->contact->name, p->family}, 2);
    dump_word(dump, relations[p->relation]);
    put_phone(dump, true, &p->person, p->person.phone ^ 1);
}

static void put_remarks(struct dump *dump, const struct patient *p)
{
    static const char *const remarks[] = {
        "Prefers \"Doctor\" in writing.\nDeaf on the left side.",
        "Interpreter needed, see file 2",
        "Moved from paper file.\n\nSecond page missing.",
    };

    if (p->number % 29 == 11) {
        dump_text(dump, remarks[p->number / 29 % 3]);
    } else {
        dump_blank(dump);
    }
    dump_word(dump, p->number % 5000 == 33 ? "020 555 0100" : "");
}

static void write_patient(struct scribe *s, const struct patient *p)
{
    static const char *const sexes[] = {"F", "M", "O", "U"};
    static const char *const maritals[] = {"S", "M", "D", "W"};
    struct dump *dump = s->dump;
    char text[64];

    scribe_key(s, "NG", p->number + FIRST, 7);
    (void)snprintf(text, sizeof(text), "%u", p->person.national);
    dump_word(dump, p->has_national ? text : p->number % 2 == 0 ? "NULL" : "");
    (void)snprintf(text, sizeof(text), "AK%07u", p->person.national % 10000000);
    dump_word(dump, p->has_passport ? text : "");
    put_names(dump, p);
    dump_word(dump, sexes[p->sex]);
    put_birth(dump, p);
    dump_date(dump, p->died);
    dump_word(dump, maritals[p->marital]);
    put_phone(dump, p->has_phone, &p->person, p->person.phone);
    put_phone(dump, p->has_phone2, &p->person, p->person.phone + 7);
    (void)snprintf(text, sizeof(text), "u%u@example.org", p->person.national);
    dump_word(dump, p->has_email ? text : "");
    put_address(dump, p);
    put_contact(dump, p);
    if (p->has_payer) {
        dump_key(dump, "I", p->payer + FIRST, 2);
        dump_uint(dump, p->member);
    } else {
        dump_word(dump, "NULL");
        dump_blank(dump);
    }
    dump_word(dump, p->plant == PLANT_PATIENT_TEST ? "TEST" : "ACTIVE");
    put_remarks(dump, p);
    dump_time(dump, (int64_t)p->registered * DAY_MINUTES + 600);
    dump_time(dump, (int64_t)p->updated * DAY_MINUTES + 720);
    scribe_end_row(s, p->plant);
}

static void write_allergy(struct scribe *s, const struct allergy *a)
{
    static const char *const severities[] = {"MILD", "MODERATE", "SEVERE"};

    scribe_key(s, "AL", a->number + FIRST, 7);
    dump_key(s->dump, "NG", a->patient + FIRST, 7);
    scribe_ref(s, "E", a->encounter, FIRST, 8);
    dump_word(s->dump, catalog_substances[a->substance].code);
    dump_text(s->dump, catalog_substances[a->substance].name);
    dump_text(s->dump, catalog_substances[a->substance].reaction);
    dump_word(s->dump, severities[a->severity]);
    dump_word(s->dump, a->resolved ? "RESOLVED" : "ACTIVE");
    dump_date(s->dump, a->recorded);
    scribe_end_row(s, a->plant);
}

static void write_staff(struct scribe *s, const struct practitioner *p)
{
    static const char *const roles[] = {"DOCTOR", "NURSE", "PHARMACIST", "TECHNICIAN"};
    static const char *const bodies[] = {"KMPDC", "NCK", "PPB", "KMLTTB"};

    scribe_key(s, "S", p->number + FIRST, 5);
    dump_word(s->dump, p->role == 0 ? "Dr" : "");
    dump_text(s->dump, p->given->name);
    dump_text(s->dump, p->family->name);
    dump_word(s->dump, p->female ? "F" : "M");
    dump_key(s->dump, "R", p->registration, 5);
    dump_word(s->dump, bodies[p->role]);
    dump_word(s->dump, roles[p->role]);
    dump_text(s->dump, p->role == 0 ? catalog_specialties[p->specialty] : "");
    dump_date(s->dump, p->from);
    dump_date(s->dump, p->to);
    dump_key(s->dump, "07", p->registration * UINT64_C(811) % 100000000, 8);
    scribe_end_row(s, PLANT_NONE);
}

static void write_location(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"SITE", "WARD", "CLINIC", "LAB", "STORE", "THEATRE"};

    scribe_key(s, "L", n + FIRST, 4);
    dump_text(s->dump, catalog_locations[n].name);
    dump_word(s->dump, kinds[catalog_locations[n].kind]);
    dump_word(s->dump, n > 0 ? "L0001" : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_insurer(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"PUBLIC", "PRIVATE", "SELF"};

    scribe_key(s, "I", n + FIRST, 2);
    dump_text(s->dump, catalog_payers[n]);
    dump_word(s->dump, kinds[catalog_payer_kinds[n]]);
    scribe_end_row(s, PLANT_NONE);
}

static void write_encounter(struct scribe *s, const struct encounter *e)
{
    static const char *const classes[] = {"OP", "IP", "ER"};
    static const char *const states[] = {"CLOSED", "OPEN", "CANCELLED"};

    scribe_key(s, "E", e->number + FIRST, 8);
    dump_key(s->dump, "NG", e->patient + FIRST, 7);
    dump_word(s->dump, classes[e->class]);
    dump_time(s->dump, e->arrived);
    dump_time(s->dump, e->seen);
    dump_time(s->dump, e->ended);
    dump_key(s->dump, "S", e->practitioner + FIRST, 5);
    dump_key(s->dump, "L", e->location + FIRST, 4);
    dump_word(s->dump, states[e->state]);
    dump_text(s->dump, catalog_diagnoses[e->complaint].text);
    scribe_end_row(s, e->plant);
}

static void write_diagnosis(struct scribe *s, const struct diagnosis *d)
{
    scribe_key(s, "D", d->number + FIRST, 9);
    dump_key(s->dump, "E", d->encounter + FIRST, 8);
    dump_key(s->dump, "NG", d->patient + FIRST, 7);
    dump_word(s->dump,
              d->plant == PLANT_CONDITION_CODE ? "E1.19" : catalog_diagnoses[d->code].icd10);
    dump_text(s->dump, catalog_diagnoses[d->code].text);
    dump_uint(s->dump, d->rank);
    dump_word(s->dump, d->at_discharge ? "DISCHARGE" : "ADMISSION");
    dump_time(s->dump, d->recorded);
    scribe_end_row(s, d->plant);
}

static void write_lab_order(struct scribe *s, const struct order *o)
{
    static const char *const priorities[] = {"ROUTINE", "URGENT", "STAT"};

    scribe_key(s, "LO", o->number + FIRST, 8);
    dump_key(s->dump, "NG", o->patient + FIRST, 7);
    scribe_ref(s, "E", o->encounter, FIRST, 8);
    dump_key(s->dump, "S", o->practitioner + FIRST, 5);
    dump_word(s->dump, o->plant == PLANT_LAB_ORDER_BLANK ? "" : catalog_tests[o->code].loinc);
    dump_text(s->dump, catalog_tests[o->code].name);
    dump_word(s->dump, priorities[o->priority]);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_med_order(struct scribe *s, const struct order *o)
{
    static const char *const routes[] = {"O", "P", "P", "N"};
    static const char *const frequencies[] = {"1x1", "2x1", "3x1", "PRN"};
    const struct catalog_drug *drug = &catalog_drugs[o->code];

    scribe_key(s, "RX", o->number + FIRST, 8);
    dump_key(s->dump, "NG", o->patient + FIRST, 7);
    scribe_ref(s, "E", o->encounter, FIRST, 8);
    dump_key(s->dump, "S", o->practitioner + FIRST, 5);
    dump_word(s->dump, o->plant == PLANT_MED_ORDER_CODE ? "ZZ9" : drug->atc);
    dump_text(s->dump, drug->name);
    dump_decimal(s->dump, "", drug->dose_tenths, 1);
    dump_word(s->dump, drug->unit);
    dump_word(s->dump, routes[drug->route]);
    dump_word(s->dump, frequencies[o->frequency]);
    dump_uint(s->dump, o->days);
    dump_uint(s->dump, o->refills);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_result(struct scribe *s, const struct result *r)
{
    static const char *const states[] = {"FINAL", "PRELIMINARY", "CORRECTED"};
    static const char *const devices[] = {"COBAS-1", "COBAS-2", "XN-1000", "", "BC-6800", ""};
    const struct catalog_test *test = &catalog_tests[r->test];
    struct dump *dump = s->dump;
    bool spoiled = r->plant == PLANT_RESULT_BYTE || r->plant == PLANT_RESULT_NUL;

    scribe_key(s, "R", r->number + FIRST, 9);
    dump_key(dump, "NG", r->patient + FIRST, 7);
    scribe_ref(s, "E", r->encounter, FIRST, 8);
    scribe_ref(s, "LO", r->order, FIRST, 8);
    dump_word(dump, r->plant == PLANT_RESULT_CODE ? "GLUC" : test->loinc);
    dump_word(dump, test->name);
    scribe_value(s, r, catalog_words);
    dump_word(dump, test->unit);
    scribe_range(s, r);
    scribe_flag(s, r);
    dump_word(dump, test->specimen);
    dump_time(dump, r->collected);
    dump_time(dump, r->resulted);
    dump_word(dump, states[r->state]);
    dump_key(dump, "S", r->practitioner + FIRST, 5);
    dump_word(dump, "L0010");
    dump_word(dump, devices[r->device]);
    if (spoiled) {
        dump_spoil(dump, r->plant == PLANT_RESULT_NUL ? SPOIL_NUL : SPOIL_BAD_BYTE);
    }
    dump_word(dump, r->commented || spoiled ? "Repeated,\nsample slightly \"lysed\"" : "");
    dump_key(dump, "A", r->order == CARE_NONE ? r->number : r->order, 8);
    scribe_end_row(s, r->plant);
}

static void write_claim(struct scribe *s, const struct claim *c)
{
    static const char *const states[] = {"DRAFT", "SUBMITTED", "PAID", "DENIED"};

    scribe_key(s, "C", c->number + FIRST, 8);
    dump_key(s->dump, "NG", c->patient + FIRST, 7);
    scribe_ref(s, "E", c->encounter, FIRST, 8);
    dump_key(s->dump, "I", c->payer + FIRST, 2);
    dump_uint(s->dump, c->member);
    dump_date(s->dump, c->submitted);
    dump_word(s->dump, states[c->state]);
    scribe_claim_amounts(s, c, "");
    dump_word(s->dump, "KES");
    if (c->state == CLAIM_DENIED) {
        dump_key(s->dump, "DN", c->denial, 2);
    } else {
        dump_blank(s->dump);
    }
    scribe_end_row(s, c->plant);
}

static void write_claim_line(struct scribe *s, const struct claim_line *line)
{
    scribe_key(s, "C", line->claim + FIRST, 8);
    scribe_key_part(s, line->number);
    dump_word(s->dump, catalog_services[line->service].code);
    dump_text(s->dump, catalog_services[line->service].name);
    scribe_charge(s, line, "", "12O0.50");
    scribe_end_row(s, line->plant);
}

static void write_item(struct scribe *s, const struct item *item)
{
    static const char *const units[] = {"TAB", "VIAL", "BOX", "EA"};

    scribe_key(s, "K", item->number + FIRST, 5);
    scribe_item_name(s, item, catalog_supplies, ", pack of ", "");
    dump_word(s->dump, item->is_drug ? catalog_drugs[item->code].atc : "");
    dump_word(s->dump, units[item->unit]);
    dump_word(s->dump, item->controlled ? "Y" : "N");
    dump_uint(s->dump, item->reorder);
    scribe_end_row(s, PLANT_NONE);
}

static void write_batch(struct scribe *s, const struct item_batch *batch)
{
    scribe_key(s, "B", batch->number + FIRST, 6);
    dump_key(s->dump, "K", batch->item + FIRST, 5);
    dump_date(s->dump, batch->expiry);
    scribe_end_row(s, PLANT_NONE);
}

static void write_move(struct scribe *s, const struct move *m)
{
    static const char *const kinds[] = {"OPENING", "RECEIPT", "ISSUE", "ADJUST"};

    scribe_key(s, "M", m->number + FIRST, 8);
    dump_key(s->dump, "K", m->item + FIRST, 5);
    dump_key(s->dump, "B", m->batch + FIRST, 6);
    dump_key(s->dump, "L", m->store + FIRST, 4);
    dump_word(s->dump, kinds[m->kind]);
    dump_decimal(s->dump, "", m->quantity, 0);
    dump_money(s->dump, "", m->cost);
    dump_time(s->dump, m->moved);
    dump_text(s->dump, m->kind == MOVE_ADJUST ? "stock count" : "");
    scribe_end_row(s, m->plant);
}

static const struct synth_table tables[] = {
    {"PATIENT_MST",
     "PAT_NO NATIONAL_ID PASSPORT_NO TITLE FIRST_NAME MIDDLE_NAME LAST_NAME SEX DOB "
     "DECEASED_ON "
     "MARITAL PHONE PHONE2 EMAIL ADDRESS CITY COUNTY POSTCODE COUNTRY NOK_NAME NOK_RELATION "
     "NOK_PHONE INSURER_CODE MEMBER_NO STATUS REMARKS FAX_NO CREATED_AT UPDATED_AT",
     EACH_PATIENT,
     {.patient = write_patient}},
    {"ALLERGY",
     "ALLERGY_ID PAT_NO ENC_NO SUBSTANCE_CODE SUBSTANCE REACTION SEVERITY STATUS RECORDED_ON",
     EACH_ALLERGY,
     {.allergy = write_allergy}},
    {"STAFF",
     "STAFF_NO TITLE FIRST_NAME LAST_NAME SEX REG_NO REG_BODY ROLE SPECIALTY ACTIVE_FROM "
     "ACTIVE_TO PHONE",
     EACH_PRACTITIONER,
     {.practitioner = write_staff}},
    {"LOCATION", "LOC_CODE LOC_NAME KIND PARENT", EACH_LOCATION, {.number = write_location}},
    {"INSURER", "INSURER_CODE INSURER_NAME KIND", EACH_PAYER, {.number = write_insurer}},
    {"ENCOUNTER",
     "ENC_NO PAT_NO CLASS ARRIVED_AT SEEN_AT ENDED_AT STAFF_NO LOC_CODE STATE REASON",
     EACH_ENCOUNTER,
     {.encounter = write_encounter}},
    {"DIAGNOSIS",
     "DIAG_ID ENC_NO PAT_NO ICD10 DIAG_TEXT RANK CATEGORY RECORDED_AT",
     EACH_DIAGNOSIS,
     {.diagnosis = write_diagnosis}},
    {"LAB_ORDER",
     "ORDER_NO PAT_NO ENC_NO STAFF_NO TEST_CODE TEST_NAME PRIORITY ORDERED_AT STATUS",
     EACH_LAB_ORDER,
     {.order = write_lab_order}},
    {"MED_ORDER",
     "RX_NO PAT_NO ENC_NO STAFF_NO ATC DRUG DOSE DOSE_UNIT ROUTE FREQUENCY DAYS REFILLS "
     "ORDERED_AT STATUS",
     EACH_MED_ORDER,
     {.order = write_med_order}},
    {"OBSERVATION",
     "RESULT_ID PAT_NO ENC_NO ORDER_NO TEST_CODE TEST_NAME VALUE UNIT REF_LOW REF_HIGH FLAG "
     "SPECIMEN COLLECTED_AT RESULTED_AT STATUS PERFORMER LOCATION DEVICE COMMENT ACCESSION",
     EACH_RESULT,
     {.result = write_result}},
    {"CLAIM",
     "CLAIM_NO PAT_NO ENC_NO INSURER_CODE MEMBER_NO SUBMITTED_ON STATE TOTAL APPROVED CURRENCY "
     "DENIAL_CODE",
     EACH_CLAIM,
     {.claim = write_claim}},
    {"CLAIM_LINE",
     "CLAIM_NO LINE_NO SERVICE_CODE DESCRIPTION QTY UNIT_PRICE AMOUNT",
     EACH_CLAIM_LINE,
     {.claim_line = write_claim_line}},
    {"ITEM",
     "SKU ITEM_NAME ATC UNIT CONTROLLED REORDER_LEVEL",
     EACH_ITEM,
     {.item = write_item}},
    {"ITEM_BATCH", "BATCH_NO SKU EXPIRY", EACH_BATCH, {.batch = write_batch}},
    {"STOCK_MOVE",
     "MOVE_ID SKU BATCH_NO STORE KIND QTY UNIT_COST MOVED_AT NOTE",
     EACH_MOVE,
     {.move = write_move}},
};

const struct synth_org org_northgate = {
    .code = "northgate",
    .ending = ".csv",
    .number = ORG_NORTHGATE,
    .format = {.charset = CHARSET_UTF8,
               .delimiter = ',',
               .line_end = "\n",
               .date = "yyyy-MM-dd",
               .time = "yyyy-MM-ddTHH:mm:ss",
               .decimal = '.'},
    .tables = tables,
    .ntables = sizeof(tables) / sizeof(tables[0]),
    .patients = "PATIENT_MST",
    .patient_key = patient_key,
};
