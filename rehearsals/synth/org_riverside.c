/* riverside: padded text, two-digit years, magic dates, and codes that a spreadsheet damaged. */
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/scribe.h"

enum { FIRST = 1, FIRST_TEST = 101, FIRST_DRUG = 4501, ZEROS_LOST = 20 };

static const char *const order_states[] = {"C", "A", "X"};

static void patient_key(uint64_t patient, char key[SCRIBE_KEY_MAX])
{
    (void)snprintf(key, SCRIBE_KEY_MAX, "RV%07llu", (unsigned long long)patient + FIRST);
}

static void codes(struct truth *truth)
{
    char code[16];

    for (uint32_t i = 0; i < CATALOG_TESTS; i++) {
        (void)snprintf(code, sizeof(code), "%04u", FIRST_TEST + i);
        truth_code(truth, "riverside", code, "loinc", catalog_tests[i].loinc);
    }
    for (uint32_t i = 0; i < CATALOG_DRUGS; i++) {
        (void)snprintf(code, sizeof(code), "%06u", FIRST_DRUG + i);
        truth_code(truth, "riverside", code, "atc", catalog_drugs[i].atc);
    }
}

/* The system knows ASCII only: umlauts are written out, accents fall away. */
static void put_ascii(struct dump *dump, const char *text)
{
    static const char *const letters[][2] = {
        {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"Ä", "Ae"}, {"Ö", "Oe"},
        {"Ü", "Ue"}, {"é", "e"},  {"è", "e"},  {"ë", "e"},  {"á", "a"},  {"í", "i"},
        {"ó", "o"},  {"ú", "u"},  {"Á", "A"},  {"É", "E"},  {"Ó", "O"},  {"Ú", "U"},
    };
    char ascii[DUMP_FIELD_MAX];
    size_t len = 0;

    while (*text != '\0' && len + 2 < sizeof(ascii)) {
        const char *plain = NULL;

        for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]) && plain == NULL; i++) {
            if (strncmp(text, letters[i][0], 2) == 0) {
                plain = letters[i][1];
            }
        }
        if (plain == NULL) {
            ascii[len++] = *text++;
            continue;
        }
        while (*plain != '\0') {
            ascii[len++] = *plain++;
        }
        text += 2;
    }
    ascii[len] = '\0';
    dump_text(dump, ascii);
}

/* Codes are digits with leading zeros, but a spreadsheet took them for numbers now and then. */
static void put_number_code(struct dump *dump, uint32_t code, int width, uint64_t row)
{
    dump_key(dump, "", code, row % ZEROS_LOST == 7 ? 1 : width);
}

static void put_birth(struct dump *dump, const struct patient *p)
{
    if (p->plant == PLANT_PATIENT_DATE) {
        dump_word(dump, "19800231");
    } else if (p->plant == PLANT_PATIENT_FUTURE) {
        dump_word(dump, "20870514");
    } else if (p->birth_known == BIRTH_UNKNOWN) {
        dump_word(dump, "99999999");
    } else {
        dump_date_as(dump, p->birth_known == BIRTH_YEAR ? "yyyy0101" : "yyyyMMdd", p->birth);
    }
}

static void put_phone(struct dump *dump, bool there, const struct person *person,
                      uint32_t phone)
{
    char text[32];

    if (!there) {
        dump_blank(dump);
        return;
    }
    if (strcmp(person->phone_country, "1") != 0) {
        (void)snprintf(text, sizeof(text), "011 %s %u", person->phone_country, phone);
    } else {
        (void)snprintf(text, sizeof(text), "(312) %03u-%04u", phone / 10000 % 1000,
                       phone % 10000);
    }
    dump_text(dump, text);
}

static void put_address(struct dump *dump, const struct patient *p)
{
    char text[96];

    if (!p->has_address) {
        for (int i = 0; i < 5; i++) {
            dump_blank(dump);
        }
        return;
    }
    (void)snprintf(text, sizeof(text), "%u %s", p->person.house, p->person.street);
    put_ascii(dump, text);
    (void)snprintf(text, sizeof(text), "Apt %u", p->person.house % 30 + 1);
    dump_text(dump, p->number % 4 == 1 ? text : "");
    put_ascii(dump, p->person.place->city);
    dump_word(dump, strcmp(p->person.country, "US") == 0 ? p->person.place->region : "");
    if (p->person.place->postcode[0] == '0' && p->number % ZEROS_LOST == 9) {
        dump_word(dump, p->person.place->postcode + 1);
    } else {
        dump_word(dump, p->person.place->postcode);
    }
}

static void put_insurance(struct dump *dump, const struct patient *p)
{
    if (p->plant == PLANT_EXCEL_NUMBER) {
        dump_word(dump, "PL01");
        dump_word(dump, "1.23E+11");
    } else if (p->has_payer) {
        dump_key(dump, "PL", p->payer + FIRST, 2);
        dump_uint(dump, p->member);
    } else {
        dump_blank(dump);
        dump_blank(dump);
    }
}

static void write_patient(struct scribe *s, const struct patient *p)
{
    static const char *const sexes[] = {"2", "1", "9", "9"};
    static const char *const suffixes[] = {"", "", "", "", "", "", "", "", "Jr", "III"};
    struct dump *dump = s->dump;

    if (p->plant == PLANT_PATIENT_NO_KEY) {
        scribe_no_key(s);
    } else {
        scribe_key(s, "RV", p->number + FIRST, 7);
    }
    if (p->plant == PLANT_PATIENT_TEST) {
        dump_text(dump, p->number % 400 < 200 ? "TEST" : "ZZTEST");
        dump_text(dump, "Patient");
    } else {
        put_ascii(dump, p->family);
        put_ascii(dump, p->given);
    }
    dump_word(dump, p->has_middle && p->person.middle->name[0] > 0
                        ? (char[2]){p->person.middle->name[0], '\0'}
                        : "");
    dump_text(dump, p->sex == SEX_MALE ? suffixes[p->number % 10] : "");
    dump_word(dump, sexes[p->sex]);
    put_birth(dump, p);
    dump_uint(dump, p->has_national ? p->person.national : 999999999);
    put_insurance(dump, p);
    put_address(dump, p);
    put_phone(dump, p->has_phone, &p->person, p->person.phone);
    put_phone(dump, p->has_phone2, &p->person, p->person.phone + 7);
    dump_date_as(dump, "yyyyMMdd", p->died);
    dump_time(dump, (int64_t)p->updated * DAY_MINUTES + 660);
    scribe_end_row(s, p->plant);
}

static void write_provider(struct scribe *s, const struct practitioner *p)
{
    static const char *const roles[] = {"MD", "RN", "RPH", "MT"};
    char name[128];

    scribe_key(s, "P", p->number + FIRST, 5);
    (void)snprintf(name, sizeof(name), "%s, %s", p->family->name, p->given->name);
    put_ascii(s->dump, name);
    dump_word(s->dump, roles[p->role]);
    dump_key(s->dump, "1", p->registration * UINT64_C(9973), 9);
    dump_text(s->dump, p->role == 0 ? catalog_specialties[p->specialty] : "");
    dump_date(s->dump, p->from);
    dump_date(s->dump, p->to);
    scribe_end_row(s, PLANT_NONE);
}

static void write_department(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"H", "W", "C", "L", "S", "O"};

    scribe_key(s, "D", n + FIRST, 3);
    dump_text(s->dump, catalog_locations[n].name);
    dump_word(s->dump, kinds[catalog_locations[n].kind]);
    dump_word(s->dump, n > 0 ? "D001" : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_plan(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"M", "C", "S"};

    scribe_key(s, "PL", n + FIRST, 2);
    dump_text(s->dump, catalog_payers[n]);
    dump_word(s->dump, kinds[catalog_payer_kinds[n]]);
    scribe_end_row(s, PLANT_NONE);
}

/* DX1 to DX4; the plant of the one diagnosis that is bad, if any. */
static enum plant put_diagnoses(struct scribe *s, const struct encounter *e)
{
    uint32_t count = diagnosis_count(s->world, e->patient, (uint32_t)(e->number % 8));
    enum plant plant = PLANT_NONE;

    for (uint32_t i = 0; i < 4; i++) {
        struct diagnosis d;

        if (i >= count) {
            dump_blank(s->dump);
            continue;
        }
        diagnosis_at(s->world, e, i, &d);
        if (d.plant != PLANT_NONE) {
            plant = d.plant;
            dump_word(s->dump, d.plant == PLANT_EXCEL_DATE ? "5-Mar" : "E1.19");
        } else {
            dump_word(s->dump, catalog_diagnoses[d.code].icd10);
        }
    }
    return plant;
}

static void write_visit(struct scribe *s, const struct encounter *e)
{
    static const char *const classes[] = {"1", "2", "3"};
    static const char *const states[] = {"D", "A", "X"};
    enum plant plant;

    scribe_key(s, "V", e->number + FIRST, 8);
    dump_key(s->dump, "RV", e->patient + FIRST, 7);
    dump_word(s->dump, classes[e->class]);
    if (e->plant == PLANT_ENCOUNTER_DATE) {
        dump_word(s->dump, "02/30/19 11:15");
    } else {
        dump_time(s->dump, e->arrived);
    }
    dump_time(s->dump, e->ended);
    dump_key(s->dump, "P", e->practitioner + FIRST, 5);
    dump_key(s->dump, "D", e->location + FIRST, 3);
    plant = put_diagnoses(s, e);
    dump_word(s->dump, states[e->state]);
    dump_text(s->dump, catalog_diagnoses[e->complaint].text);
    scribe_end_row(s, plant != PLANT_NONE ? plant : e->plant);
}

static void write_lab_order(struct scribe *s, const struct order *o)
{
    static const char *const priorities[] = {"R", "U", "S"};

    scribe_key(s, "LO", o->number + FIRST, 8);
    dump_key(s->dump, "RV", o->patient + FIRST, 7);
    scribe_ref(s, "V", o->encounter, FIRST, 8);
    dump_key(s->dump, "P", o->practitioner + FIRST, 5);
    if (o->plant == PLANT_LAB_ORDER_BLANK) {
        dump_blank(s->dump);
    } else {
        put_number_code(s->dump, FIRST_TEST + o->code, 4, o->number);
    }
    dump_text(s->dump, catalog_tests[o->code].name);
    dump_word(s->dump, priorities[o->priority]);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_med_order(struct scribe *s, const struct order *o)
{
    static const char *const routes[] = {"PO", "IV", "SC", "INH"};
    static const char *const frequencies[] = {"QD", "BID", "TID", "PRN"};
    const struct catalog_drug *drug = &catalog_drugs[o->code];

    scribe_key(s, "RX", o->number + FIRST, 8);
    dump_key(s->dump, "RV", o->patient + FIRST, 7);
    scribe_ref(s, "V", o->encounter, FIRST, 8);
    dump_key(s->dump, "P", o->practitioner + FIRST, 5);
    put_number_code(s->dump,
                    o->plant == PLANT_MED_ORDER_UNMAPPED ? 999999 : FIRST_DRUG + o->code, 6,
                    o->number);
    dump_text(s->dump, drug->name);
    dump_decimal(s->dump, "", drug->dose_tenths, 1);
    dump_word(s->dump, strcmp(drug->unit, "ug") == 0 ? "MCG" : drug->unit);
    dump_word(s->dump, routes[drug->route]);
    dump_word(s->dump, frequencies[o->frequency]);
    dump_uint(s->dump, o->days);
    dump_uint(s->dump, o->refills);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void put_range(struct dump *dump, const struct catalog_test *test)
{
    static const int powers[] = {1, 10, 100};
    char text[40];
    int power = powers[test->decimals];

    if (*test->unit == '\0') {
        text[0] = '\0';
    } else if (test->decimals == 0) {
        (void)snprintf(text, sizeof(text), "%d-%d", test->low, test->high);
    } else {
        (void)snprintf(text, sizeof(text), "%d.%0*d-%d.%0*d", test->low / power, test->decimals,
                       test->low % power, test->high / power, test->decimals,
                       test->high % power);
    }
    dump_word(dump, text);
}

static void write_result(struct scribe *s, const struct result *r)
{
    static const char *const states[] = {"F", "P", "C"};
    const struct catalog_test *test = &catalog_tests[r->test];
    struct dump *dump = s->dump;

    scribe_key(s, "R", r->number + FIRST, 9);
    dump_key(dump, "RV", r->patient + FIRST, 7);
    scribe_ref(s, "V", r->encounter, FIRST, 8);
    scribe_ref(s, "LO", r->order, FIRST, 8);
    put_number_code(dump, r->plant == PLANT_RESULT_UNMAPPED ? 9999 : FIRST_TEST + r->test, 4,
                    r->number);
    if (r->plant == PLANT_RESULT_NUL) {
        dump_spoil(dump, SPOIL_NUL);
    }
    dump_text(dump, test->name);
    scribe_value(s, r, catalog_words);
    dump_word(dump, test->unit_us);
    put_range(dump, test);
    dump_word(dump, r->flag == 'H' ? "H" : r->flag == 'L' ? "L" : "");
    dump_time(dump, r->collected);
    dump_time(dump, r->resulted);
    dump_word(dump, states[r->state]);
    dump_key(dump, "P", r->practitioner + FIRST, 5);
    scribe_end_row(s, r->plant);
}

static void write_claim(struct scribe *s, const struct claim *c)
{
    static const char *const states[] = {"D", "S", "P", "X"};

    scribe_key(s, "C", c->number + FIRST, 8);
    dump_key(s->dump, "RV", c->patient + FIRST, 7);
    scribe_ref(s, "V", c->encounter, FIRST, 8);
    dump_key(s->dump, "PL", c->payer + FIRST, 2);
    dump_uint(s->dump, c->member);
    dump_date(s->dump, c->submitted);
    dump_word(s->dump, states[c->state]);
    scribe_claim_amounts(s, c, "$");
    scribe_end_row(s, c->plant);
}

static void write_claim_line(struct scribe *s, const struct claim_line *line)
{
    scribe_key(s, "C", line->claim + FIRST, 8);
    scribe_key_part(s, line->number);
    dump_word(s->dump, catalog_services[line->service].code);
    dump_text(s->dump, catalog_services[line->service].name);
    scribe_charge(s, line, "$", "#REF!");
    scribe_end_row(s, line->plant);
}

static void write_item(struct scribe *s, const struct item *item)
{
    static const char *const units[] = {"TAB", "VIAL", "BOX", "EA"};

    scribe_key(s, "IT", item->number + FIRST, 5);
    scribe_item_name(s, item, catalog_supplies, ", ", " ct");
    if (item->is_drug) {
        put_number_code(s->dump, FIRST_DRUG + item->code, 6, item->number);
    } else {
        dump_blank(s->dump);
    }
    dump_word(s->dump, units[item->unit]);
    dump_word(s->dump, item->controlled ? "Y" : "N");
    scribe_end_row(s, PLANT_NONE);
}

static void write_move(struct scribe *s, const struct move *m)
{
    static const char *const kinds[] = {"B", "R", "I", "A"};
    struct item_batch batch;

    item_batch_at(s->world, m->item, (uint32_t)(m->batch - m->item * 4), &batch);
    scribe_key(s, "T", m->number + FIRST, 8);
    dump_key(s->dump, "IT", m->item + FIRST, 5);
    dump_key(s->dump, "LOT", m->batch + FIRST, 6);
    dump_date(s->dump, batch.expiry);
    dump_key(s->dump, "D", m->store + FIRST, 3);
    dump_word(s->dump, kinds[m->kind]);
    dump_decimal(s->dump, "", m->quantity, 0);
    dump_money(s->dump, "$", m->cost);
    dump_time(s->dump, m->moved);
    scribe_end_row(s, m->plant);
}

static const struct synth_table tables[] = {
    {"PATIENT",
     "MRN LNAME FNAME MI SUFFIX SEX BIRTHDT SSN PLAN INSID ADDR1 ADDR2 CITY ST ZIP HPHONE "
     "WPHONE DEATHDT LASTUPD",
     EACH_PATIENT,
     {.patient = write_patient}},
    {"PROVIDER",
     "PROVID PNAME PTYPE NPI SPEC STARTDT ENDDT",
     EACH_PRACTITIONER,
     {.practitioner = write_provider}},
    {"DEPT", "DEPT DNAME DTYPE PARENT", EACH_LOCATION, {.number = write_department}},
    {"PLAN", "PLAN PLNAME PLTYPE", EACH_PAYER, {.number = write_plan}},
    {"VISIT",
     "VISITID MRN VTYPE ADMDT DISDT PROVID DEPT DX1 DX2 DX3 DX4 STAT CC",
     EACH_ENCOUNTER,
     {.encounter = write_visit}},
    {"LABORD",
     "ORDID MRN VISITID PROVID TEST TESTNAME PRI ORDDT STAT",
     EACH_LAB_ORDER,
     {.order = write_lab_order}},
    {"RXORD",
     "RXID MRN VISITID PROVID DRUG DRUGNAME DOSE DUNIT ROUTE SIG DAYS REFILLS ORDDT STAT",
     EACH_MED_ORDER,
     {.order = write_med_order}},
    {"LABRES",
     "RESID MRN VISITID ORDID TEST TESTNAME RESULT UNITS REFRANGE ABN COLLDT RESDT STAT PROVID",
     EACH_RESULT,
     {.result = write_result}},
    {"CLAIMHDR",
     "CLMID MRN VISITID PLAN INSID SUBDT STAT TOTCHG PAID",
     EACH_CLAIM,
     {.claim = write_claim}},
    {"CLAIMLIN",
     "CLMID LN SVC SVCDESC QTY PRICE CHG",
     EACH_CLAIM_LINE,
     {.claim_line = write_claim_line}},
    {"STKITEM", "ITEM IDESC DRUG UOM CTRL", EACH_ITEM, {.item = write_item}},
    {"STKTXN",
     "TXNID ITEM LOT EXPDT DEPT TTYPE QTY COST TXNDT",
     EACH_MOVE,
     {.move = write_move}},
};

const struct synth_org org_riverside = {
    .code = "riverside",
    .ending = ".CSV",
    .number = ORG_RIVERSIDE,
    .format = {.charset = CHARSET_WINDOWS_1252,
               .delimiter = ',',
               .line_end = "\r\n",
               .date = "MM/dd/yy",
               .time = "MM/dd/yy HH:mm",
               .decimal = '.',
               .thousands = ',',
               .padded = true},
    .tables = tables,
    .ntables = sizeof(tables) / sizeof(tables[0]),
    .patients = "PATIENT",
    .patient_key = patient_key,
    .codes = codes,
};
