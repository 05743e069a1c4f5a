#include "rehearsals/synth/people.h"

#include <assert.h>
#include <ctype.h>

#include "core/calendar.h"
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/dump.h"

/* Percent of each culture among the people of an organisation, in the order of enum culture. */
static const uint8_t culture_share[ORG_END][CULTURE_END] = {
    [ORG_SHARED] = {40, 10, 20, 20, 10, 0}, [ORG_NORTHGATE] = {25, 60, 0, 8, 2, 5},
    [ORG_LINDENHOF] = {5, 0, 85, 10, 0, 0}, [ORG_ALNOOR] = {12, 3, 5, 80, 0, 0},
    [ORG_RIVERSIDE] = {80, 4, 4, 4, 8, 0},  [ORG_STMARY] = {25, 2, 3, 3, 67, 0},
};

static enum culture draw_culture(struct draw *draw, enum org_number org)
{
    uint32_t left = draw_below(draw, 100);
    int culture = 0;

    while (left >= culture_share[org][culture]) {
        left -= culture_share[org][culture];
        culture++;
    }
    return (enum culture)culture;
}

static const struct name *draw_given(struct draw *draw, const struct name_table *table,
                                     bool female)
{
    return female ? &table->female[draw_below(draw, (uint32_t)table->nfemale)]
                  : &table->male[draw_below(draw, (uint32_t)table->nmale)];
}

static void draw_address(struct draw *draw, const struct name_table *table,
                         struct person *person)
{
    person->house = 1 + draw_below(draw, 240);
    person->street = table->streets[draw_below(draw, (uint32_t)table->nstreets)];
    person->place = &table->places[draw_below(draw, (uint32_t)table->nplaces)];
    person->country = table->country;
    person->phone_country = table->phone;
}

static bool is_twin(uint64_t number)
{
    return number % 100 == 51;
}

static bool shares_household(uint64_t number)
{
    return number % 25 == 6;
}

static bool is_second_record(uint64_t number)
{
    return number % 40 == 17;
}

static bool is_shared(const struct world *world, uint64_t number)
{
    struct draw draw =
        draw_of(world->seed, ORG_SHARED, DRAW_MEMBER, number * ORG_END + world->org);

    return number % 8 == 3 && !is_twin(number) && !shares_household(number) &&
           draw_chance(&draw, 600);
}

static void make_person(const struct world *world, enum org_number home, uint64_t number,
                        struct person *person)
{
    struct draw draw = draw_of(world->seed, home, DRAW_PERSON, number);
    const struct name_table *table;

    person->home = home;
    person->number = number;
    person->culture = draw_culture(&draw, home);
    table = name_table_of(person->culture);
    person->female = draw_chance(&draw, 510);
    person->given = draw_given(&draw, table, person->female);
    person->middle = draw_given(&draw, table, person->female);
    person->father = draw_given(&draw, table, false);
    person->family = &table->family[draw_below(&draw, (uint32_t)table->nfamily)];
    person->birth = draw_between(&draw, DAY_FIRST_BIRTH, DAY_LAST_BIRTH);
    person->national = 100000000 + draw_below(&draw, 900000000);
    person->phone = 700000000 + draw_below(&draw, 99999999);
    draw_address(&draw, table, person);
}

static void make_plain(const struct world *world, uint64_t number, struct person *person)
{
    make_person(world, is_shared(world, number) ? ORG_SHARED : world->org, number, person);
}

/* Twins and households take over from the person before, who is neither, nor a second record. */
static void make_relative(const struct world *world, uint64_t number, struct person *person)
{
    struct draw draw = world_draw(world, DRAW_TWIN, number);
    struct person other;
    const struct name_table *table;

    make_plain(world, number - 1, &other);
    table = name_table_of(other.culture);
    person->culture = other.culture;
    person->family = other.family;
    person->father = other.father;
    person->house = other.house;
    person->street = other.street;
    person->place = other.place;
    person->country = other.country;
    person->phone_country = other.phone_country;
    person->phone = other.phone;
    person->middle = draw_given(&draw, table, person->female);
    do {
        person->given = draw_given(&draw, table, person->female);
    } while (person->given == other.given);
    if (is_twin(number)) {
        person->birth = other.birth;
    }
}

void person_of(const struct world *world, uint64_t number, struct person *person)
{
    if (is_second_record(number)) {
        struct draw draw = world_draw(world, DRAW_MEMBER, number);

        number -= (1 + draw_below(&draw, 8)) * UINT64_C(2);
    }
    make_plain(world, number, person);
    if (is_twin(number) || shares_household(number)) {
        make_relative(world, number, person);
    }
}

bool person_is_same(const struct person *a, const struct person *b)
{
    return a->home == b->home && a->number == b->number;
}

/* Swaps two neighbouring small letters, or leaves one out; ASCII letters only. */
static void mistype(struct draw *draw, char *name)
{
    size_t len = strlen(name);

    for (int tries = 0; tries < 20 && len > 3; tries++) {
        size_t at = 1 + draw_below(draw, (uint32_t)len - 2);

        if (!islower((unsigned char)name[at]) || !islower((unsigned char)name[at + 1])) {
            continue;
        }
        if (name[at] != name[at + 1] && draw_chance(draw, 500)) {
            char kept = name[at];

            name[at] = name[at + 1];
            name[at + 1] = kept;
        } else {
            memmove(name + at, name + at + 1, len - at);
        }
        return;
    }
}

static bool swap_day_and_month(int32_t *day)
{
    int year;
    int month;
    int date;

    calendar_civil(*day, &year, &month, &date);
    return date <= 12 && date != month && calendar_days(year, date, month, day);
}

static enum variation draw_variation(const struct patient *patient, struct draw *draw)
{
    bool again = is_second_record(patient->number);
    bool elsewhere = patient->person.home == ORG_SHARED;

    if (!again && !(elsewhere && draw_chance(draw, 400))) {
        return VARIATION_NONE;
    }
    return (enum variation)draw_between(draw, VARIATION_TYPO, VARIATION_MISSING);
}

static void copy_name(char to[64], const char *from)
{
    size_t len = strlen(from);

    assert(len < 64);
    memcpy(to, from, len + 1);
}

static void vary(struct draw *draw, struct patient *patient)
{
    struct person *person = &patient->person;

    switch (patient->variation) {
    case VARIATION_SWAPPED:
        if (swap_day_and_month(&patient->birth)) {
            patient->birth_known = BIRTH_DAY;
            break;
        }
        mistype(draw, patient->given);
        break;
    case VARIATION_TYPO:
        mistype(draw, draw_chance(draw, 700) ? patient->family : patient->given);
        break;
    case VARIATION_NICKNAME:
        copy_name(patient->given,
                  *person->given->other != '\0' ? person->given->other : person->given->name);
        if (*person->family->other != '\0' && draw_chance(draw, 500)) {
            copy_name(patient->family, person->family->other);
        }
        break;
    case VARIATION_MOVED:
        draw_address(draw, name_table_of(person->culture), person);
        person->phone = 700000000 + draw_below(draw, 99999999);
        patient->has_old_address = false;
        break;
    case VARIATION_MISSING:
        patient->has_national = false;
        patient->has_phone = false;
        patient->has_email = false;
        patient->has_middle = false;
        patient->birth_known = BIRTH_YEAR;
        break;
    case VARIATION_NONE:
    case VARIATION_END:
        break;
    }
}

static void draw_record(struct draw *draw, struct patient *patient)
{
    patient->sex = patient->person.female ? SEX_FEMALE : SEX_MALE;
    if (draw_chance(draw, 15)) {
        patient->sex = draw_chance(draw, 300) ? SEX_OTHER : SEX_UNKNOWN;
    }
    patient->birth_known = draw_chance(draw, 970)   ? BIRTH_DAY
                           : draw_chance(draw, 800) ? BIRTH_YEAR
                                                    : BIRTH_UNKNOWN;
    patient->registered = draw_between(draw, DAY_FIRST_CARE - 3000, DAY_FIRST_CARE - 1);
    if (patient->registered <= patient->birth) {
        patient->registered = patient->birth + 1;
    }
    patient->updated = draw_between(draw, DAY_FIRST_CARE, DAY_LAST_CARE);
    patient->died = draw_chance(draw, 30)
                        ? draw_between(draw, DAY_FIRST_DEATH, DAY_FIRST_DEATH + 100)
                        : DUMP_NO_DAY;
    patient->has_national = draw_chance(draw, 850);
    patient->has_passport = draw_chance(draw, 120);
    patient->has_phone = draw_chance(draw, 900);
    patient->has_phone2 = draw_chance(draw, 150);
    patient->has_email = draw_chance(draw, 400);
    patient->has_middle = draw_chance(draw, 450);
    patient->has_address = draw_chance(draw, 960);
    patient->has_contact = draw_chance(draw, 500);
    patient->has_old_address = draw_chance(draw, 100);
    patient->marital = (enum marital)draw_below(draw, 4);
    patient->relation = (enum relation)draw_below(draw, 4);
    patient->contact =
        draw_given(draw, name_table_of(patient->person.culture), draw_chance(draw, 500));
    patient->has_payer = draw_chance(draw, 800);
    patient->payer = draw_below(draw, CATALOG_PAYERS);
    patient->member = UINT64_C(100000000000) + patient->person.national * UINT64_C(791);
}

void patient_at(const struct world *world, uint64_t number, struct patient *patient)
{
    struct draw draw = world_draw(world, DRAW_RECORD, number);

    *patient = (struct patient){.number = number, .plant = plant_of(world->org, number)};
    person_of(world, number, &patient->person);
    copy_name(patient->given, patient->person.given->name);
    copy_name(patient->family, patient->person.family->name);
    patient->birth = patient->person.birth;
    draw_record(&draw, patient);
    patient->variation = draw_variation(patient, &draw);
    vary(&draw, patient);
}

void practitioner_at(const struct world *world, uint64_t number, struct practitioner *person)
{
    struct draw draw = world_draw(world, DRAW_PRACTITIONER, number);
    const struct name_table *table;

    person->number = number;
    person->culture = draw_culture(&draw, world->org);
    table = name_table_of(person->culture);
    person->female = draw_chance(&draw, 500);
    person->given = draw_given(&draw, table, person->female);
    person->father = draw_given(&draw, table, false);
    person->family = &table->family[draw_below(&draw, (uint32_t)table->nfamily)];
    person->role = number % 4 == 0 ? 0 : draw_below(&draw, 4);
    person->specialty = draw_below(&draw, CATALOG_SPECIALTIES);
    person->registration = 10000 + draw_below(&draw, 89999);
    person->from = draw_between(&draw, DAY_FIRST_CARE - 4000, DAY_FIRST_CARE);
    person->to = draw_chance(&draw, 100)
                     ? draw_between(&draw, DAY_FIRST_CARE + 1, DAY_LAST_CARE)
                     : DUMP_NO_DAY;
}
