/* alnoor: UTF-16LE with byte order mark, bars, Arabic and Latin names, ICD-10 without dots. */
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/scribe.h"

enum { FIRST_PATIENT = 70000001, FIRST = 1, FIRST_TEST = 1101, FIRST_DRUG = 2001 };

static const char *const order_states[] = {"C", "A", "X"};

static void patient_key(uint64_t patient, char key[SCRIBE_KEY_MAX])
{
    (void)snprintf(key, SCRIBE_KEY_MAX, "%llu", (unsigned long long)patient + FIRST_PATIENT);
}

static void without_dot(const char *code, char out[16])
{
    size_t n = 0;

    for (; *code != '\0' && n < 15; code++) {
        if (*code != '.') {
            out[n++] = *code;
        }
    }
    out[n] = '\0';
}

static void codes(struct truth *truth)
{
    char code[16];

    for (uint32_t i = 0; i < CATALOG_TESTS; i++) {
        (void)snprintf(code, sizeof(code), "%u", FIRST_TEST + i);
        truth_code(truth, "alnoor", code, "loinc", catalog_tests[i].loinc);
    }
    for (uint32_t i = 0; i < CATALOG_DRUGS; i++) {
        (void)snprintf(code, sizeof(code), "D%u", FIRST_DRUG + i);
        truth_code(truth, "alnoor", code, "atc", catalog_drugs[i].atc);
    }
    for (uint32_t i = 0; i < CATALOG_DIAGNOSES; i++) {
        without_dot(catalog_diagnoses[i].icd10, code);
        truth_code(truth, "alnoor", code, "icd10", catalog_diagnoses[i].icd10);
    }
}

/* "Given Father FAMILY"; the given and family names as this record spells them. */
static void put_latin_name(struct dump *dump, const char *given, const char *father,
                           const char *family)
{
    char upper[64];
    size_t len = strlen(family);

    for (size_t i = 0; i <= len; i++) {
        upper[i] = (char)(family[i] >= 'a' && family[i] <= 'z' ? family[i] - 32 : family[i]);
    }
    dump_join(dump, " ", (const char *const[]){given, father, upper}, 3);
}

static void put_arabic_name(struct dump *dump, const struct name *given,
                            const struct name *father, const struct name *family)
{
    if (*given->arabic == '\0') {
        dump_blank(dump);
    } else if (father == NULL) {
        dump_join(dump, " ", (const char *const[]){given->arabic, family->arabic}, 2);
    } else {
        dump_join(dump, " ",
                  (const char *const[]){given->arabic, "بن", father->arabic, family->arabic},
                  4);
    }
}

static void put_arabic_digits(struct dump *dump, const char *digits)
{
    char text[64];
    size_t len = 0;

    for (; *digits != '\0'; digits++) {
        text[len++] = '\xD9';
        text[len++] = (char)(0xA0 + *digits - '0');
    }
    text[len] = '\0';
    dump_text(dump, text);
}

static void put_mobile(struct dump *dump, const struct patient *p)
{
    const struct person *person = &p->person;
    char local[16];
    char text[32];

    if (!p->has_phone) {
        dump_blank(dump);
        return;
    }
    (void)snprintf(local, sizeof(local), "05%08u", person->phone % 100000000);
    if (strcmp(person->phone_country, "966") != 0) {
        (void)snprintf(text, sizeof(text), "00%s%u", person->phone_country, person->phone);
        dump_text(dump, text);
        return;
    }
    switch (p->number % 4) {
    case 0:
        put_arabic_digits(dump, local);
        return;
    case 1:
        (void)snprintf(text, sizeof(text), "+966 %.2s %.3s %s", local + 1, local + 3,
                       local + 6);
        break;
    case 2:
        (void)snprintf(text, sizeof(text), "00966%s", local + 1);
        break;
    default:
        (void)snprintf(text, sizeof(text), "%s", local);
        break;
    }
    dump_text(dump, text);
}

static void put_birth(struct dump *dump, const struct patient *p)
{
    if (p->plant == PLANT_PATIENT_DATE) {
        dump_word(dump, "1980/02/31");
    } else if (p->plant == PLANT_PATIENT_FUTURE) {
        dump_word(dump, "2087/05/14");
    } else if (p->birth_known == BIRTH_UNKNOWN) {
        dump_blank(dump);
    } else {
        dump_date_as(dump, p->birth_known == BIRTH_YEAR ? "yyyy" : "yyyy/MM/dd", p->birth);
    }
}

static void put_address(struct dump *dump, const struct patient *p)
{
    char text[96];

    if (!p->has_address) {
        for (int i = 0; i < 4; i++) {
            dump_blank(dump);
        }
        return;
    }
    dump_text(dump, p->person.place->city);
    (void)snprintf(text, sizeof(text), "%s %u", p->person.street, p->person.house);
    dump_text(dump, text);
    dump_text(dump, p->person.place->postcode);
    dump_word(dump, p->person.country);
}

static void write_patient(struct scribe *s, const struct patient *p)
{
    static const char *const genders[] = {"أنثى", "ذكر", "آخر", ""};
    struct dump *dump = s->dump;
    bool citizen = p->person.culture == CULTURE_ARABIC;
    char number[24];

    if (p->plant == PLANT_PATIENT_NO_KEY) {
        scribe_no_key(s);
    } else {
        scribe_key(s, "", p->number + FIRST_PATIENT, 8);
    }
    put_arabic_name(dump, p->person.given, p->has_middle ? p->person.father : NULL,
                    p->person.family);
    if (p->plant == PLANT_PATIENT_BYTE) {
        dump_spoil(dump, SPOIL_BAD_BYTE);
    }
    put_latin_name(dump, p->given, p->has_middle ? p->person.father->name : "", p->family);
    dump_word(dump, p->plant == PLANT_PATIENT_SEX ? "ن؟" : genders[p->sex]);
    put_birth(dump, p);
    (void)snprintf(number, sizeof(number), "%c%u", citizen ? '1' : '2', p->person.national);
    dump_word(dump, citizen && p->has_national ? number : "");
    dump_word(dump, !citizen && p->has_national ? number : "");
    put_mobile(dump, p);
    (void)snprintf(number, sizeof(number), "011%07u", p->person.phone % 10000000);
    dump_text(dump, p->has_phone2 ? number : "");
    put_address(dump, p);
    if (p->has_payer) {
        dump_key(dump, "P", p->payer + FIRST, 2);
        dump_uint(dump, p->member);
    } else {
        dump_blank(dump);
        dump_blank(dump);
    }
    dump_date(dump, p->died);
    dump_date(dump, p->registered);
    scribe_end_row(s, p->plant);
}

static void write_allergy(struct scribe *s, const struct allergy *a)
{
    static const char *const severities[] = {"L", "M", "H"};

    scribe_key(s, "", a->number + FIRST, 6);
    dump_uint(s->dump, a->patient + FIRST_PATIENT);
    scribe_ref(s, "V", a->encounter, FIRST, 8);
    dump_word(s->dump, catalog_substances[a->substance].code);
    dump_text(s->dump, catalog_substances[a->substance].name);
    dump_text(s->dump, catalog_substances[a->substance].reaction);
    dump_word(s->dump, severities[a->severity]);
    dump_date(s->dump, a->recorded);
    scribe_end_row(s, a->plant);
}

static void write_doctor(struct scribe *s, const struct practitioner *p)
{
    scribe_key(s, "DR", p->number + FIRST, 4);
    put_arabic_name(s->dump, p->given, NULL, p->family);
    put_latin_name(s->dump, p->given->name, "", p->family->name);
    dump_key(s->dump, "SCFHS-", p->registration, 5);
    dump_uint(s->dump, p->role + 1);
    dump_text(s->dump, p->role == 0 ? catalog_specialties[p->specialty] : "");
    dump_date(s->dump, p->from);
    dump_date(s->dump, p->to);
    scribe_end_row(s, PLANT_NONE);
}

static void write_clinic(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"SITE", "WARD", "CLINIC", "LAB", "STORE", "OR"};

    scribe_key(s, "", n + 100, 3);
    dump_text(s->dump, catalog_locations[n].name_ar);
    dump_text(s->dump, catalog_locations[n].name);
    dump_word(s->dump, kinds[catalog_locations[n].kind]);
    dump_word(s->dump, n > 0 ? "100" : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_payer(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"G", "P", "S"};

    scribe_key(s, "P", n + FIRST, 2);
    dump_text(s->dump, catalog_payers[n]);
    dump_word(s->dump, kinds[catalog_payer_kinds[n]]);
    scribe_end_row(s, PLANT_NONE);
}

static void write_visit(struct scribe *s, const struct encounter *e)
{
    static const char *const classes[] = {"OPD", "IPD", "ER"};
    static const char *const states[] = {"1", "2", "9"};

    scribe_key(s, "V", e->number + FIRST, 8);
    dump_uint(s->dump, e->patient + FIRST_PATIENT);
    dump_word(s->dump, classes[e->class]);
    dump_time(s->dump, e->arrived);
    dump_time(s->dump, e->seen);
    dump_time(s->dump, e->ended);
    dump_key(s->dump, "DR", e->practitioner + FIRST, 4);
    dump_uint(s->dump, e->location + 100);
    dump_word(s->dump, states[e->state]);
    dump_text(s->dump, catalog_diagnoses[e->complaint].text);
    scribe_end_row(s, e->plant);
}

static void write_diagnosis(struct scribe *s, const struct diagnosis *d)
{
    char code[16];

    without_dot(catalog_diagnoses[d->code].icd10, code);
    scribe_key(s, "", d->number + FIRST, 8);
    dump_key(s->dump, "V", d->encounter + FIRST, 8);
    dump_uint(s->dump, d->patient + FIRST_PATIENT);
    dump_word(s->dump, d->plant == PLANT_CONDITION_CODE ? "1E19" : code);
    dump_text(s->dump, catalog_diagnoses[d->code].text);
    dump_uint(s->dump, d->rank);
    dump_word(s->dump, d->at_discharge ? "D" : "A");
    dump_time(s->dump, d->recorded);
    scribe_end_row(s, d->plant);
}

static void write_lab_request(struct scribe *s, const struct order *o)
{
    scribe_key(s, "LR", o->number + FIRST, 8);
    dump_uint(s->dump, o->patient + FIRST_PATIENT);
    scribe_ref(s, "V", o->encounter, FIRST, 8);
    dump_key(s->dump, "DR", o->practitioner + FIRST, 4);
    if (o->plant == PLANT_LAB_ORDER_BLANK) {
        dump_blank(s->dump);
    } else {
        dump_uint(s->dump, FIRST_TEST + o->code);
    }
    dump_text(s->dump, catalog_tests[o->code].name);
    dump_word(s->dump, o->priority == PRIORITY_ROUTINE ? "0" : "1");
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_prescription(struct scribe *s, const struct order *o)
{
    static const char *const routes[] = {"PO", "IV", "SC", "INH"};
    static const char *const frequencies[] = {"OD", "BD", "TDS", "PRN"};
    const struct catalog_drug *drug = &catalog_drugs[o->code];

    scribe_key(s, "RX", o->number + FIRST, 8);
    dump_uint(s->dump, o->patient + FIRST_PATIENT);
    scribe_ref(s, "V", o->encounter, FIRST, 8);
    dump_key(s->dump, "DR", o->practitioner + FIRST, 4);
    dump_key(s->dump, "D", o->plant == PLANT_MED_ORDER_UNMAPPED ? 9999 : FIRST_DRUG + o->code,
             4);
    dump_text(s->dump, drug->name);
    dump_decimal(s->dump, "", drug->dose_tenths, 1);
    dump_word(s->dump, strcmp(drug->unit, "ug") == 0 ? "mcg" : drug->unit);
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
    static const char *const states[] = {"F", "P", "C"};
    const struct catalog_test *test = &catalog_tests[r->test];

    scribe_key(s, "", r->number + FIRST, 8);
    dump_uint(s->dump, r->patient + FIRST_PATIENT);
    scribe_ref(s, "V", r->encounter, FIRST, 8);
    scribe_ref(s, "LR", r->order, FIRST, 8);
    dump_uint(s->dump, r->plant == PLANT_RESULT_UNMAPPED ? 9999 : FIRST_TEST + r->test);
    scribe_spoil(s, r);
    dump_word(s->dump, test->name);
    scribe_value(s, r, catalog_words);
    dump_word(s->dump, test->unit);
    scribe_range(s, r);
    scribe_flag(s, r);
    dump_time(s->dump, r->collected);
    dump_time(s->dump, r->resulted);
    dump_word(s->dump, states[r->state]);
    dump_key(s->dump, "DR", r->practitioner + FIRST, 4);
    scribe_end_row(s, r->plant);
}

static void write_invoice(struct scribe *s, const struct claim *c)
{
    static const char *const states[] = {"D", "S", "P", "R"};

    scribe_key(s, "INV", c->number + FIRST, 7);
    dump_uint(s->dump, c->patient + FIRST_PATIENT);
    scribe_ref(s, "V", c->encounter, FIRST, 8);
    dump_key(s->dump, "P", c->payer + FIRST, 2);
    dump_uint(s->dump, c->member);
    dump_date(s->dump, c->submitted);
    dump_word(s->dump, states[c->state]);
    scribe_claim_amounts(s, c, "");
    dump_word(s->dump, "SAR");
    scribe_end_row(s, c->plant);
}

static void write_invoice_item(struct scribe *s, const struct claim_line *line)
{
    scribe_key(s, "INV", line->claim + FIRST, 7);
    scribe_key_part(s, line->number);
    dump_word(s->dump, catalog_services[line->service].code);
    dump_text(s->dump, catalog_services[line->service].name);
    scribe_charge(s, line, "", "SR ؟");
    scribe_end_row(s, line->plant);
}

static void write_item(struct scribe *s, const struct item *item)
{
    static const char *const units[] = {"TAB", "VIAL", "BOX", "EA"};

    scribe_key(s, "", item->number + 5001, 4);
    scribe_item_name(s, item, catalog_supplies, " x", "");
    if (item->is_drug) {
        dump_key(s->dump, "D", FIRST_DRUG + item->code, 4);
    } else {
        dump_blank(s->dump);
    }
    dump_word(s->dump, units[item->unit]);
    dump_word(s->dump, item->controlled ? "1" : "0");
    scribe_end_row(s, PLANT_NONE);
}

static void write_move(struct scribe *s, const struct move *m)
{
    static const char *const kinds[] = {"OPEN", "IN", "OUT", "ADJ"};
    struct item_batch batch;

    item_batch_at(s->world, m->item, (uint32_t)(m->batch - m->item * 4), &batch);
    scribe_key(s, "", m->number + FIRST, 7);
    dump_uint(s->dump, m->item + 5001);
    dump_key(s->dump, "LOT", m->batch + FIRST, 6);
    dump_date(s->dump, batch.expiry);
    dump_uint(s->dump, m->store + 100);
    dump_word(s->dump, kinds[m->kind]);
    dump_decimal(s->dump, "", m->quantity, 0);
    dump_money(s->dump, "", m->cost);
    dump_time(s->dump, m->moved);
    scribe_end_row(s, m->plant);
}

static const struct synth_table tables[] = {
    {"patients",
     "file_no name_ar name_en gender birth_date national_id iqama_no mobile phone_home city "
     "district po_box country payer_code insurance_no death_date reg_date",
     EACH_PATIENT,
     {.patient = write_patient}},
    {"allergies",
     "allergy_id file_no visit_no substance substance_text reaction severity recorded",
     EACH_ALLERGY,
     {.allergy = write_allergy}},
    {"doctors",
     "doctor_id name_ar name_en license_no role specialty from_date to_date",
     EACH_PRACTITIONER,
     {.practitioner = write_doctor}},
    {"clinics",
     "clinic_id name_ar name_en type parent_id",
     EACH_LOCATION,
     {.number = write_clinic}},
    {"payers", "payer_code payer_name payer_type", EACH_PAYER, {.number = write_payer}},
    {"visits",
     "visit_no file_no visit_type check_in seen check_out doctor_id clinic_id status complaint",
     EACH_ENCOUNTER,
     {.encounter = write_visit}},
    {"visit_diagnoses",
     "vd_id visit_no file_no icd10 description seq stage entered",
     EACH_DIAGNOSIS,
     {.diagnosis = write_diagnosis}},
    {"lab_requests",
     "request_no file_no visit_no doctor_id test_id test_name urgent requested status",
     EACH_LAB_ORDER,
     {.order = write_lab_request}},
    {"prescriptions",
     "rx_no file_no visit_no doctor_id drug_id drug_name dose dose_unit route freq days "
     "refills written status",
     EACH_MED_ORDER,
     {.order = write_prescription}},
    {"lab_results",
     "result_no file_no visit_no request_no test_id test_name result unit low high flag "
     "collected resulted status doctor_id",
     EACH_RESULT,
     {.result = write_result}},
    {"invoices",
     "invoice_no file_no visit_no payer_code insurance_no inv_date state total approved "
     "currency",
     EACH_CLAIM,
     {.claim = write_invoice}},
    {"invoice_items",
     "invoice_no line service_code service_name qty price amount",
     EACH_CLAIM_LINE,
     {.claim_line = write_invoice_item}},
    {"items", "item_id item_name drug_id unit controlled", EACH_ITEM, {.item = write_item}},
    {"stock_moves",
     "move_no item_id batch expiry store type qty cost moved",
     EACH_MOVE,
     {.move = write_move}},
};

const struct synth_org org_alnoor = {
    .code = "alnoor",
    .ending = ".txt",
    .number = ORG_ALNOOR,
    .format = {.charset = CHARSET_UTF16LE,
               .byte_order_mark = true,
               .delimiter = '|',
               .line_end = "\r\n",
               .date = "yyyy/MM/dd",
               .time = "yyyy/MM/dd HH:mm",
               .decimal = '.'},
    .tables = tables,
    .ntables = sizeof(tables) / sizeof(tables[0]),
    .patients = "patients",
    .patient_key = patient_key,
    .codes = codes,
};
