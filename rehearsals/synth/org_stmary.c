/* stmary: a normalised database; people, places and stock. What happened: org_stmary_care.c. */
#include "rehearsals/synth/org_stmary.h"

#include "rehearsals/synth/catalog.h"

enum { PER_PERSON = 4 }; /* names, addresses, ... of one person */

static void patient_key(uint64_t patient, char key[SCRIBE_KEY_MAX])
{
    (void)snprintf(key, SCRIBE_KEY_MAX, "%llu", (unsigned long long)patient + STMARY_FIRST);
}

static void codes(struct truth *truth)
{
    char code[16];

    for (uint32_t i = 0; i < CATALOG_TESTS; i++) {
        (void)snprintf(code, sizeof(code), "T%03u", i + 1);
        truth_code(truth, "stmary", code, "loinc", catalog_tests[i].loinc);
    }
    for (uint32_t i = 0; i < CATALOG_DRUGS; i++) {
        (void)snprintf(code, sizeof(code), "D%03u", i + 1);
        truth_code(truth, "stmary", code, "atc", catalog_drugs[i].atc);
    }
}

/* The key of one of a person's rows, and the person. */
static void start_child(struct scribe *s, const struct patient *p, uint32_t i)
{
    scribe_key(s, "", p->number * PER_PERSON + i + STMARY_FIRST, 1);
    dump_uint(s->dump, p->number + STMARY_FIRST);
}

static void write_person(struct scribe *s, const struct patient *p)
{
    static const char *const sexes[] = {"female", "male", "other", "unknown"};
    static const char *const maritals[] = {"single", "married", "divorced", "widowed"};
    struct dump *dump = s->dump;

    scribe_key(s, "", p->number + STMARY_FIRST, 1);
    dump_word(dump, p->plant == PLANT_PATIENT_SEX ? "F/M" : sexes[p->sex]);
    if (p->plant == PLANT_PATIENT_DATE) {
        dump_word(dump, "1980-02-31");
    } else if (p->plant == PLANT_PATIENT_FUTURE) {
        dump_word(dump, "2087-05-14");
    } else if (p->birth_known == BIRTH_UNKNOWN) {
        dump_blank(dump);
    } else {
        dump_date_as(dump, p->birth_known == BIRTH_YEAR ? "yyyy-07-01" : "yyyy-MM-dd",
                     p->birth);
    }
    dump_word(dump, p->birth_known == BIRTH_YEAR ? "1" : "0");
    dump_date(dump, p->died);
    dump_word(dump, maritals[p->marital]);
    dump_time(dump, (int64_t)p->registered * DAY_MINUTES + 630);
    scribe_end_row(s, p->plant);
}

static void write_name(struct scribe *s, const struct patient *p, uint32_t i, const char *use,
                       const char *given, const char *family)
{
    static const char *const prefixes[] = {"Ms", "Mr", "", ""};

    start_child(s, p, i);
    dump_word(s->dump, use);
    dump_text(s->dump, i == 0 ? prefixes[p->sex] : "");
    dump_text(s->dump, given);
    dump_text(s->dump, i == 0 && p->has_middle ? p->person.middle->name : "");
    dump_text(s->dump, family);
    scribe_end_row(s, PLANT_NONE);
}

static void write_names(struct scribe *s, const struct patient *p)
{
    const struct name *given = p->person.given;

    if (plant_loses_patient(p->plant)) {
        return;
    }
    write_name(s, p, 0, "official", p->given, p->family);
    if (*given->other != '\0' && p->number % 5 == 0) {
        write_name(s, p, 1, "nickname", given->other, p->family);
    }
    if (p->person.female && p->marital == MARITAL_MARRIED && p->number % 3 == 0) {
        write_name(s, p, 2, "maiden", p->given, p->contact->name);
    }
}

static void write_address(struct scribe *s, const struct patient *p, uint32_t i, uint32_t house)
{
    const struct person *person = &p->person;
    char line[96];

    start_child(s, p, i);
    (void)snprintf(line, sizeof(line), "%u %s", house, person->street);
    dump_word(s->dump, i == 0 ? "home" : "old");
    dump_text(s->dump, line);
    dump_text(s->dump, person->place->city);
    dump_text(s->dump, person->place->region);
    dump_text(s->dump, person->place->postcode);
    dump_word(s->dump, person->country);
    scribe_end_row(s, PLANT_NONE);
}

static void write_addresses(struct scribe *s, const struct patient *p)
{
    if (plant_loses_patient(p->plant) || !p->has_address) {
        return;
    }
    write_address(s, p, 0, p->person.house);
    if (p->has_old_address) {
        write_address(s, p, 1, p->person.house % 97 + 3);
    }
}

static void write_telecom(struct scribe *s, const struct patient *p, uint32_t i,
                          const char *use, const char *value)
{
    start_child(s, p, i);
    dump_word(s->dump, i == 2 ? "email" : "phone");
    dump_word(s->dump, use);
    dump_text(s->dump, value);
    scribe_end_row(s, PLANT_NONE);
}

static void write_telecoms(struct scribe *s, const struct patient *p)
{
    const struct person *person = &p->person;
    char value[48];

    if (plant_loses_patient(p->plant)) {
        return;
    }
    if (p->has_phone) {
        (void)snprintf(value, sizeof(value), "+%s %u", person->phone_country, person->phone);
        write_telecom(s, p, 0, "mobile", value);
    }
    if (p->has_phone2) {
        (void)snprintf(value, sizeof(value), "(01) %03u %04u", person->phone / 10000 % 1000,
                       person->phone % 10000);
        write_telecom(s, p, 1, "home", value);
    }
    if (p->has_email) {
        (void)snprintf(value, sizeof(value), "u%u@example.org", person->national);
        write_telecom(s, p, 2, "home", value);
    }
}

static void write_contact(struct scribe *s, const struct patient *p)
{
    static const char *const relations[] = {"spouse", "parent", "child", "sibling"};
    char phone[32];

    if (plant_loses_patient(p->plant) || !p->has_contact) {
        return;
    }
    start_child(s, p, 0);
    dump_word(s->dump, relations[p->relation]);
    dump_join(s->dump, " ", (const char *const[]){p->contact->name, p->family}, 2);
    (void)snprintf(phone, sizeof(phone), "+%s %u", p->person.phone_country,
                   p->person.phone ^ 1U);
    dump_text(s->dump, phone);
    scribe_end_row(s, PLANT_NONE);
}

static void write_identifier(struct scribe *s, const struct patient *p, uint32_t i,
                             const char *value)
{
    static const char *const types[] = {"mrn", "national", "passport"};

    start_child(s, p, i);
    dump_word(s->dump, types[i]);
    dump_word(s->dump, value);
    scribe_end_row(s, PLANT_NONE);
}

static void write_identifiers(struct scribe *s, const struct patient *p)
{
    char value[32];

    if (plant_loses_patient(p->plant)) {
        return;
    }
    (void)snprintf(value, sizeof(value), "SM%06llu",
                   (unsigned long long)p->number + STMARY_FIRST);
    write_identifier(s, p, 0, value);
    if (p->has_national) {
        (void)snprintf(value, sizeof(value), "%u", p->person.national);
        write_identifier(s, p, 1, value);
    }
    if (p->has_passport) {
        (void)snprintf(value, sizeof(value), "AK%07u", p->person.national % 10000000);
        write_identifier(s, p, 2, value);
    }
}

static void write_coverage(struct scribe *s, const struct patient *p)
{
    if (plant_loses_patient(p->plant) || !p->has_payer) {
        return;
    }
    start_child(s, p, 0);
    dump_uint(s->dump, p->payer + STMARY_FIRST);
    dump_uint(s->dump, p->member);
    scribe_end_row(s, PLANT_NONE);
}

static void write_provider(struct scribe *s, const struct practitioner *p)
{
    scribe_key(s, "", p->number + STMARY_FIRST, 1);
    dump_text(s->dump, p->family->name);
    dump_text(s->dump, p->given->name);
    dump_key(s->dump, "IMC", p->registration, 5);
    dump_date(s->dump, p->from);
    dump_date(s->dump, p->to);
    scribe_end_row(s, PLANT_NONE);
}

static void write_provider_role(struct scribe *s, const struct practitioner *p)
{
    static const char *const roles[] = {"doctor", "nurse", "pharmacist", "technician"};

    scribe_key(s, "", p->number + STMARY_FIRST, 1);
    dump_uint(s->dump, p->number + STMARY_FIRST);
    dump_word(s->dump, roles[p->role]);
    dump_text(s->dump, p->role == 0 ? catalog_specialties[p->specialty] : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_ward(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"site",       "ward",  "clinic",
                                        "laboratory", "store", "theatre"};

    scribe_key(s, "", n + STMARY_FIRST, 1);
    dump_text(s->dump, catalog_locations[n].name);
    dump_word(s->dump, kinds[catalog_locations[n].kind]);
    dump_word(s->dump, n > 0 ? "1" : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_payer(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"public", "private", "self"};

    scribe_key(s, "", n + STMARY_FIRST, 1);
    dump_text(s->dump, catalog_payers[n]);
    dump_word(s->dump, kinds[catalog_payer_kinds[n]]);
    scribe_end_row(s, PLANT_NONE);
}

static void write_substance(struct scribe *s, uint64_t n)
{
    scribe_key(s, "", n + STMARY_FIRST, 1);
    dump_word(s->dump, catalog_substances[n].code);
    dump_text(s->dump, catalog_substances[n].name);
    scribe_end_row(s, PLANT_NONE);
}

static void write_item(struct scribe *s, const struct item *item)
{
    static const char *const units[] = {"tablet", "vial", "box", "each"};

    scribe_key(s, "", item->number + STMARY_FIRST, 1);
    dump_key(s->dump, "SKU", item->number + STMARY_FIRST, 5);
    scribe_item_name(s, item, catalog_supplies, ", ", " pack");
    if (item->is_drug) {
        dump_key(s->dump, "D", item->code + 1, 3);
    } else {
        dump_blank(s->dump);
    }
    dump_word(s->dump, units[item->unit]);
    dump_word(s->dump, item->controlled ? "1" : "0");
    scribe_end_row(s, PLANT_NONE);
}

static void write_batch(struct scribe *s, const struct item_batch *batch)
{
    scribe_key(s, "", batch->number + STMARY_FIRST, 1);
    dump_uint(s->dump, batch->item + STMARY_FIRST);
    dump_key(s->dump, "LOT", batch->number + STMARY_FIRST, 6);
    dump_date(s->dump, batch->expiry);
    scribe_end_row(s, PLANT_NONE);
}

static void write_move(struct scribe *s, const struct move *m)
{
    static const char *const kinds[] = {"opening", "receipt", "issue", "adjust"};

    scribe_key(s, "", m->number + STMARY_FIRST, 1);
    dump_uint(s->dump, m->item + STMARY_FIRST);
    dump_uint(s->dump, m->batch + STMARY_FIRST);
    dump_uint(s->dump, m->store + STMARY_FIRST);
    dump_word(s->dump, kinds[m->kind]);
    dump_decimal(s->dump, "", m->quantity, 0);
    dump_money(s->dump, "", m->cost);
    dump_time(s->dump, m->moved);
    scribe_end_row(s, m->plant);
}

static const struct synth_table tables[] = {
    {"person",
     "person_id sex birth_date birth_date_estimated death_date marital_status created_at",
     EACH_PATIENT,
     {.patient = write_person}},
    {"person_name",
     "person_name_id person_id use prefix given middle family",
     EACH_PATIENT,
     {.patient = write_names}},
    {"person_address",
     "person_address_id person_id use line city region postcode country",
     EACH_PATIENT,
     {.patient = write_addresses}},
    {"person_telecom",
     "person_telecom_id person_id system use value",
     EACH_PATIENT,
     {.patient = write_telecoms}},
    {"person_contact",
     "person_contact_id person_id relation name phone",
     EACH_PATIENT,
     {.patient = write_contact}},
    {"identifier",
     "identifier_id person_id type value",
     EACH_PATIENT,
     {.patient = write_identifiers}},
    {"coverage",
     "coverage_id person_id payer_id member_no",
     EACH_PATIENT,
     {.patient = write_coverage}},
    {"provider",
     "provider_id family given registration_no active_from active_to",
     EACH_PRACTITIONER,
     {.practitioner = write_provider}},
    {"provider_role",
     "provider_role_id provider_id role specialty",
     EACH_PRACTITIONER,
     {.practitioner = write_provider_role}},
    {"ward", "ward_id name kind parent_id", EACH_LOCATION, {.number = write_ward}},
    {"payer", "payer_id name kind", EACH_PAYER, {.number = write_payer}},
    {"substance", "substance_id code name", EACH_SUBSTANCE, {.number = write_substance}},
    {"person_allergy",
     "allergy_id person_id visit_id substance_id reaction severity recorded_on",
     EACH_ALLERGY,
     {.allergy = stmary_write_allergy}},
    {"visit",
     "visit_id person_id class arrived_at seen_at ended_at provider_id ward_id status",
     EACH_ENCOUNTER,
     {.encounter = stmary_write_visit}},
    {"visit_diagnosis",
     "visit_diagnosis_id visit_id icd10 text rank category recorded_at",
     EACH_DIAGNOSIS,
     {.diagnosis = stmary_write_diagnosis}},
    {"order_header",
     "order_id person_id visit_id provider_id kind priority ordered_at status",
     EACH_PATIENT,
     {.patient = stmary_write_order_headers}},
    {"order_line",
     "order_line_id order_id line_no kind code name dose dose_unit route frequency days "
     "refills",
     EACH_PATIENT,
     {.patient = stmary_write_order_lines}},
    {"result_header",
     "result_header_id person_id visit_id order_line_id accession_no specimen",
     EACH_PATIENT,
     {.patient = stmary_write_result_headers}},
    {"result_line",
     "result_line_id result_header_id code name value unit low high flag status collected_at "
     "resulted_at",
     EACH_RESULT,
     {.result = stmary_write_result_line}},
    {"bill",
     "bill_id person_id visit_id payer_id member_no billed_on status total approved currency",
     EACH_CLAIM,
     {.claim = stmary_write_bill}},
    {"bill_line",
     "bill_line_id bill_id line_no service_code description quantity unit_price amount",
     EACH_CLAIM_LINE,
     {.claim_line = stmary_write_bill_line}},
    {"stock_item",
     "stock_item_id sku name drug_code unit controlled",
     EACH_ITEM,
     {.item = write_item}},
    {"stock_batch",
     "stock_batch_id stock_item_id batch_no expiry",
     EACH_BATCH,
     {.batch = write_batch}},
    {"stock_txn",
     "stock_txn_id stock_item_id stock_batch_id ward_id kind quantity unit_cost moved_at",
     EACH_MOVE,
     {.move = write_move}},
};

const struct synth_org org_stmary = {
    .code = "stmary",
    .ending = ".csv",
    .number = ORG_STMARY,
    .format = {.charset = CHARSET_UTF8,
               .delimiter = ',',
               .line_end = "\n",
               .date = "yyyy-MM-dd",
               .time = "yyyy-MM-dd HH:mm:ss",
               .decimal = '.'},
    .tables = tables,
    .ntables = sizeof(tables) / sizeof(tables[0]),
    .patients = "person",
    .patient_key = patient_key,
    .codes = codes,
};
