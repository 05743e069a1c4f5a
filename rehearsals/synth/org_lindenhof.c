/* lindenhof: Windows-1252, semicolons, German, day first, decimal commas, codes of its own. */
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/scribe.h"

enum { FIRST_PATIENT = 100001, FIRST = 1 };

static const char *const order_states[] = {"F", "O", "S"};

static void patient_key(uint64_t patient, char key[SCRIBE_KEY_MAX])
{
    (void)snprintf(key, SCRIBE_KEY_MAX, "%llu", (unsigned long long)patient + FIRST_PATIENT);
}

static void put_drug_code(struct dump *dump, uint32_t drug)
{
    dump_key(dump, "M", 101 + drug, 3);
}

static void codes(struct truth *truth)
{
    for (uint32_t i = 0; i < CATALOG_TESTS; i++) {
        truth_code(truth, "lindenhof", catalog_tests[i].code_de, "loinc",
                   catalog_tests[i].loinc);
    }
    for (uint32_t i = 0; i < CATALOG_DRUGS; i++) {
        char code[16];

        (void)snprintf(code, sizeof(code), "M%u", 101 + i);
        truth_code(truth, "lindenhof", code, "atc", catalog_drugs[i].atc);
    }
}

static void put_birth(struct dump *dump, const struct patient *p)
{
    if (p->plant == PLANT_PATIENT_DATE) {
        dump_word(dump, "31/02/1980");
    } else if (p->plant == PLANT_PATIENT_FUTURE) {
        dump_word(dump, "14/05/2087");
    } else if (p->birth_known == BIRTH_UNKNOWN) {
        dump_blank(dump);
    } else {
        dump_date_as(dump, p->birth_known == BIRTH_YEAR ? "00/00/yyyy" : "dd/MM/yyyy",
                     p->birth);
    }
}

/* The letter that German cars carry abroad. */
static const char *country_letter(const char *country)
{
    static const char *const letters[][2] = {
        {"DE", "D"}, {"US", "USA"}, {"KE", "EAK"}, {"SA", "KSA"}, {"IE", "IRL"},
    };

    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if (strcmp(letters[i][0], country) == 0) {
            return letters[i][1];
        }
    }
    return "";
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
    (void)snprintf(text, sizeof(text), "%s %u", p->person.street, p->person.house);
    dump_text(dump, text);
    dump_text(dump, p->person.place->postcode);
    dump_text(dump, p->person.place->city);
    dump_word(dump, country_letter(p->person.country));
}

static void put_phone(struct dump *dump, bool there, const char *format,
                      const struct person *person)
{
    char text[48];
    unsigned head = person->phone / 1000000;
    unsigned tail = person->phone % 1000000;

    if (!there) {
        dump_blank(dump);
        return;
    }
    if (strcmp(person->phone_country, "49") != 0) {
        (void)snprintf(text, sizeof(text), "00%s %u%06u", person->phone_country, head, tail);
    } else {
        (void)snprintf(text, sizeof(text), "%s%u/%06u", format, head, tail);
    }
    dump_text(dump, text);
}

static void write_patient(struct scribe *s, const struct patient *p)
{
    static const char *const sexes[] = {"w", "m", "d", "x"};
    static const char *const maritals[] = {"led", "verh", "gesch", "verw"};
    struct dump *dump = s->dump;
    bool maiden = p->person.female && p->marital != MARITAL_SINGLE && p->number % 2 == 1;

    if (p->plant == PLANT_PATIENT_NO_KEY) {
        scribe_no_key(s);
    } else {
        scribe_key(s, "", p->number + FIRST_PATIENT, 6);
    }
    dump_text(dump, p->family);
    dump_text(dump, p->given);
    dump_text(dump, maiden ? p->person.middle->name : "");
    dump_word(dump, p->plant == PLANT_PATIENT_SEX ? "?9" : sexes[p->sex]);
    put_birth(dump, p);
    if (p->has_payer) {
        dump_uint(dump, p->member);
        dump_key(dump, "KK", p->payer + FIRST, 2);
    } else {
        dump_blank(dump);
        dump_blank(dump);
    }
    put_address(dump, p);
    put_phone(dump, p->has_phone2, "0", &p->person);
    put_phone(dump, p->has_phone, "+49 ", &p->person);
    dump_word(dump, maritals[p->marital]);
    dump_date(dump, p->died);
    dump_text(dump, p->number % 31 == 12 ? "Schwerhörig; bitte \"laut\" sprechen" : "");
    dump_date(dump, p->registered);
    scribe_end_row(s, p->plant);
}

static void write_allergy(struct scribe *s, const struct allergy *a)
{
    scribe_key(s, "AL", a->number + FIRST, 6);
    dump_uint(s->dump, a->patient + FIRST_PATIENT);
    scribe_ref(s, "F", a->encounter, FIRST, 7);
    dump_word(s->dump, catalog_substances[a->substance].code);
    dump_text(s->dump, catalog_substances[a->substance].name_de);
    dump_text(s->dump, catalog_substances[a->substance].reaction_de);
    dump_uint(s->dump, a->severity + 1);
    dump_date(s->dump, a->recorded);
    scribe_end_row(s, a->plant);
}

static void write_doctor(struct scribe *s, const struct practitioner *p)
{
    static const char *const roles[] = {"Arzt", "Pflege", "Apotheke", "MTA"};

    scribe_key(s, "A", p->number + FIRST, 4);
    dump_text(s->dump, p->role == 0 ? "Dr. med." : "");
    dump_text(s->dump, p->family->name);
    dump_text(s->dump, p->given->name);
    dump_word(s->dump, roles[p->role]);
    dump_text(s->dump, p->role == 0 ? catalog_specialties_de[p->specialty] : "");
    dump_key(s->dump, "", p->registration * UINT64_C(9973), 9);
    dump_date(s->dump, p->from);
    dump_date(s->dump, p->to);
    scribe_end_row(s, PLANT_NONE);
}

static void write_location(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"Haus", "Station", "Ambulanz", "Labor", "Lager", "OP"};

    scribe_key(s, "ST", n + FIRST, 2);
    dump_text(s->dump, catalog_locations[n].name_de);
    dump_word(s->dump, kinds[catalog_locations[n].kind]);
    dump_word(s->dump, n > 0 ? "ST01" : "");
    scribe_end_row(s, PLANT_NONE);
}

static void write_payer(struct scribe *s, uint64_t n)
{
    static const char *const kinds[] = {"GKV", "PKV", "SZ"};

    scribe_key(s, "KK", n + FIRST, 2);
    dump_text(s->dump, catalog_payers_de[n]);
    dump_word(s->dump, kinds[catalog_payer_kinds[n]]);
    scribe_end_row(s, PLANT_NONE);
}

static void write_encounter(struct scribe *s, const struct encounter *e)
{
    static const char *const classes[] = {"A", "S", "N"};
    static const char *const states[] = {"E", "L", "S"};

    scribe_key(s, "F", e->number + FIRST, 7);
    dump_uint(s->dump, e->patient + FIRST_PATIENT);
    dump_word(s->dump, classes[e->class]);
    if (e->plant == PLANT_ENCOUNTER_DATE) {
        dump_word(s->dump, "30/02/2019 11:15");
    } else {
        dump_time(s->dump, e->arrived);
    }
    dump_time(s->dump, e->ended);
    dump_key(s->dump, "ST", e->location + FIRST, 2);
    dump_key(s->dump, "A", e->practitioner + FIRST, 4);
    dump_word(s->dump, states[e->state]);
    dump_text(s->dump, catalog_diagnoses[e->complaint].text_de);
    scribe_end_row(s, e->plant);
}

static void write_diagnosis(struct scribe *s, const struct diagnosis *d)
{
    scribe_key(s, "D", d->number + FIRST, 8);
    dump_key(s->dump, "F", d->encounter + FIRST, 7);
    dump_uint(s->dump, d->patient + FIRST_PATIENT);
    dump_word(s->dump,
              d->plant == PLANT_CONDITION_CODE ? "25.000" : catalog_diagnoses[d->code].icd9);
    dump_text(s->dump, catalog_diagnoses[d->code].text_de);
    dump_uint(s->dump, d->rank);
    dump_word(s->dump, d->at_discharge ? "E" : "A");
    dump_date(s->dump, (int32_t)(d->recorded / DAY_MINUTES));
    scribe_end_row(s, d->plant);
}

static void write_lab_order(struct scribe *s, const struct order *o)
{
    scribe_key(s, "LA", o->number + FIRST, 7);
    dump_uint(s->dump, o->patient + FIRST_PATIENT);
    scribe_ref(s, "F", o->encounter, FIRST, 7);
    dump_key(s->dump, "A", o->practitioner + FIRST, 4);
    dump_word(s->dump, o->plant == PLANT_LAB_ORDER_BLANK ? "" : catalog_tests[o->code].code_de);
    dump_text(s->dump, catalog_tests[o->code].name_de);
    dump_word(s->dump, o->priority == PRIORITY_ROUTINE ? "N" : "J");
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_med_order(struct scribe *s, const struct order *o)
{
    static const char *const routes[] = {"po", "iv", "sc", "inh"};
    static const char *const frequencies[] = {"1-0-0", "1-0-1", "1-1-1", "b.B."};
    const struct catalog_drug *drug = &catalog_drugs[o->code];

    scribe_key(s, "V", o->number + FIRST, 7);
    dump_uint(s->dump, o->patient + FIRST_PATIENT);
    scribe_ref(s, "F", o->encounter, FIRST, 7);
    dump_key(s->dump, "A", o->practitioner + FIRST, 4);
    if (o->plant == PLANT_MED_ORDER_UNMAPPED) {
        dump_word(s->dump, "M999");
    } else {
        put_drug_code(s->dump, o->code);
    }
    dump_text(s->dump, drug->name);
    dump_decimal(s->dump, "", drug->dose_tenths, 1);
    dump_word(s->dump, strcmp(drug->unit, "ug") == 0 ? "µg" : drug->unit);
    dump_word(s->dump, routes[drug->route]);
    dump_word(s->dump, frequencies[o->frequency]);
    dump_uint(s->dump, o->days);
    dump_time(s->dump, o->ordered);
    dump_word(s->dump, order_states[o->state]);
    scribe_end_row(s, o->plant);
}

static void write_result(struct scribe *s, const struct result *r)
{
    static const char *const states[] = {"E", "V", "K"};
    const struct catalog_test *test = &catalog_tests[r->test];
    const char *specimen = strcmp(test->specimen, "Blood") == 0   ? "Blut"
                           : strcmp(test->specimen, "Urine") == 0 ? "Urin"
                                                                  : test->specimen;
    struct dump *dump = s->dump;

    scribe_key(s, "B", r->number + FIRST, 8);
    dump_uint(dump, r->patient + FIRST_PATIENT);
    scribe_ref(s, "F", r->encounter, FIRST, 7);
    scribe_ref(s, "LA", r->order, FIRST, 7);
    dump_word(dump, r->plant == PLANT_RESULT_UNMAPPED ? "XYZ1" : test->code_de);
    dump_word(dump, test->name_de);
    scribe_value(s, r, catalog_words_de);
    dump_word(dump, test->unit_de);
    scribe_range(s, r);
    dump_word(dump, r->flag == 'H' ? "+" : r->flag == 'L' ? "-" : "");
    dump_word(dump, specimen);
    dump_time(dump, r->collected);
    dump_time(dump, r->resulted);
    dump_word(dump, states[r->state]);
    dump_key(dump, "A", r->practitioner + FIRST, 4);
    if (r->plant == PLANT_RESULT_NUL) {
        dump_spoil(dump, SPOIL_NUL);
    }
    dump_word(dump, r->commented || r->plant == PLANT_RESULT_NUL ? "Probe hämolytisch" : "");
    scribe_end_row(s, r->plant);
}

static void write_claim(struct scribe *s, const struct claim *c)
{
    static const char *const states[] = {"entwurf", "gestellt", "bezahlt", "abgelehnt"};

    scribe_key(s, "R", c->number + FIRST, 7);
    dump_uint(s->dump, c->patient + FIRST_PATIENT);
    scribe_ref(s, "F", c->encounter, FIRST, 7);
    dump_key(s->dump, "KK", c->payer + FIRST, 2);
    dump_uint(s->dump, c->member);
    dump_date(s->dump, c->submitted);
    dump_word(s->dump, states[c->state]);
    scribe_claim_amounts(s, c, "");
    dump_word(s->dump, "EUR");
    scribe_end_row(s, c->plant);
}

static void write_claim_line(struct scribe *s, const struct claim_line *line)
{
    scribe_key(s, "R", line->claim + FIRST, 7);
    scribe_key_part(s, line->number);
    dump_word(s->dump, catalog_services[line->service].code);
    dump_text(s->dump, catalog_services[line->service].name_de);
    scribe_charge(s, line, "", "1.2.34,5");
    scribe_end_row(s, line->plant);
}

static void write_item(struct scribe *s, const struct item *item)
{
    static const char *const units[] = {"TAB", "AMP", "PCK", "ST"};

    scribe_key(s, "AR", item->number + FIRST, 5);
    scribe_item_name(s, item, catalog_supplies_de, ", ", " Stück");
    if (item->is_drug) {
        put_drug_code(s->dump, item->code);
    } else {
        dump_blank(s->dump);
    }
    dump_word(s->dump, units[item->unit]);
    dump_word(s->dump, item->controlled ? "J" : "N");
    scribe_end_row(s, PLANT_NONE);
}

static void write_move(struct scribe *s, const struct move *m)
{
    static const char *const kinds[] = {"E", "Z", "A", "K"};
    struct item_batch batch;

    item_batch_at(s->world, m->item, (uint32_t)(m->batch - m->item * 4), &batch);
    scribe_key(s, "LB", m->number + FIRST, 7);
    dump_key(s->dump, "AR", m->item + FIRST, 5);
    dump_key(s->dump, "CH", m->batch + FIRST, 6);
    dump_date(s->dump, batch.expiry);
    dump_key(s->dump, "ST", m->store + FIRST, 2);
    dump_word(s->dump, kinds[m->kind]);
    dump_decimal(s->dump, "", m->quantity, 0);
    dump_money(s->dump, "", m->cost);
    dump_time(s->dump, m->moved);
    scribe_end_row(s, m->plant);
}

static const struct synth_table tables[] = {
    {"PATIENT",
     "PATNR NAME VORNAME GEBNAME GESCHLECHT GEBDAT VERSNR KASSE STRASSE PLZ ORT LAND TELEFON "
     "MOBIL FAMSTAND STERBEDAT BEMERKUNG ANGELEGT",
     EACH_PATIENT,
     {.patient = write_patient}},
    {"ALLERGIE",
     "ALLNR PATNR FALLNR STOFF STOFFTEXT REAKTION SCHWERE ERFASST",
     EACH_ALLERGY,
     {.allergy = write_allergy}},
    {"ARZT",
     "ARZTNR TITEL NAME VORNAME ROLLE FACH LANR VON BIS",
     EACH_PRACTITIONER,
     {.practitioner = write_doctor}},
    {"STATION", "STATION BEZEICHNUNG ART UEBER", EACH_LOCATION, {.number = write_location}},
    {"KASSE", "KASSE BEZEICHNUNG ART", EACH_PAYER, {.number = write_payer}},
    {"FALL",
     "FALLNR PATNR ART AUFNAHME ENTLASSUNG STATION ARZTNR STATUS GRUND",
     EACH_ENCOUNTER,
     {.encounter = write_encounter}},
    {"DIAGNOSE",
     "DIAGNR FALLNR PATNR ICD9 DIAGTEXT RANG ART DATUM",
     EACH_DIAGNOSIS,
     {.diagnosis = write_diagnosis}},
    {"LABORAUFTRAG",
     "AUFTRAGNR PATNR FALLNR ARZTNR LABCODE LABTEXT DRINGEND ANGEFORDERT STATUS",
     EACH_LAB_ORDER,
     {.order = write_lab_order}},
    {"VERORDNUNG",
     "VERNR PATNR FALLNR ARZTNR MEDCODE MEDTEXT DOSIS EINHEIT WEG HAEUFIGKEIT TAGE DATUM "
     "STATUS",
     EACH_MED_ORDER,
     {.order = write_med_order}},
    {"BEFUND",
     "BEFNR PATNR FALLNR AUFTRAGNR LABCODE LABTEXT WERT EINHEIT NORM_VON NORM_BIS KENNZ "
     "MATERIAL ENTNAHME BEFUNDZEIT STATUS ARZTNR BEMERKUNG",
     EACH_RESULT,
     {.result = write_result}},
    {"RECHNUNG",
     "RECHNR PATNR FALLNR KASSE VERSNR DATUM STATUS SUMME BEWILLIGT WAEHRUNG",
     EACH_CLAIM,
     {.claim = write_claim}},
    {"RECHNUNGSPOS",
     "RECHNR POS LEISTUNG LEISTUNGTEXT MENGE EINZELPREIS BETRAG",
     EACH_CLAIM_LINE,
     {.claim_line = write_claim_line}},
    {"ARTIKEL", "ARTNR BEZEICHNUNG MEDCODE EINHEIT BTM", EACH_ITEM, {.item = write_item}},
    {"LAGERBEWEGUNG",
     "BEWNR ARTNR CHARGE VERFALL LAGER ART MENGE EKPREIS DATUM",
     EACH_MOVE,
     {.move = write_move}},
};

const struct synth_org org_lindenhof = {
    .code = "lindenhof",
    .ending = ".TXT",
    .number = ORG_LINDENHOF,
    .format = {.charset = CHARSET_WINDOWS_1252,
               .delimiter = ';',
               .line_end = "\r\n",
               .date = "dd/MM/yyyy",
               .time = "dd/MM/yyyy HH:mm",
               .decimal = ',',
               .thousands = '.'},
    .tables = tables,
    .ntables = sizeof(tables) / sizeof(tables[0]),
    .patients = "PATIENT",
    .patient_key = patient_key,
    .codes = codes,
};
