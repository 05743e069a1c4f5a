/*
 * people.h - the people of the synthetic world, and the records that the organisations have of
 * them.
 *
 * Overlap   every eighth number is set aside for people who are known in several organisations
 *           (each has about six in ten of them); one number in forty is a second record of a
 *           person that the same organisation has already.  Such records differ: typing errors,
 *           day and month swapped, nickname, moved, missing fields.
 * Traps     one number in a hundred is the twin of the number before (same family name, birth
 *           date, address, telephone), one in twenty-five shares a household.
 * Lifetime  strings point into names.c, catalog.c or the struct itself.
 */
#ifndef HMS_REHEARSALS_SYNTH_PEOPLE_H
#define HMS_REHEARSALS_SYNTH_PEOPLE_H

#include "rehearsals/synth/names.h"
#include "rehearsals/synth/plant.h"
#include "rehearsals/synth/world.h"

/* The truth about one person. */
struct person {
    enum org_number home; /* ORG_SHARED: known in several organisations */
    uint64_t number;      /* with home: who it is */
    enum culture culture;
    bool female;
    const struct name *given;
    const struct name *middle;
    const struct name *father;
    const struct name *family;
    int32_t birth;
    uint32_t national; /* nine digits */
    uint32_t phone;    /* nine digits */
    uint32_t house;
    const char *street;
    const struct place *place;
    const char *country;
    const char *phone_country;
};

enum variation {
    VARIATION_NONE,
    VARIATION_TYPO,
    VARIATION_SWAPPED, /* day and month of the birth date */
    VARIATION_NICKNAME,
    VARIATION_MOVED,
    VARIATION_MISSING,
    VARIATION_END,
};

enum birth_known { BIRTH_DAY, BIRTH_YEAR, BIRTH_UNKNOWN };
enum relation { RELATION_SPOUSE, RELATION_PARENT, RELATION_CHILD, RELATION_SIBLING };
enum marital { MARITAL_SINGLE, MARITAL_MARRIED, MARITAL_DIVORCED, MARITAL_WIDOWED };
enum sex { SEX_FEMALE, SEX_MALE, SEX_OTHER, SEX_UNKNOWN };

/* What an organisation has on file about that person. */
struct patient {
    uint64_t number;
    enum plant plant;
    enum variation variation;
    struct person person;
    char given[64];
    char family[64];
    enum sex sex;
    enum birth_known birth_known;
    int32_t birth;
    int32_t registered;
    int32_t updated;
    int32_t died; /* DUMP_NO_DAY: alive */
    bool has_national;
    bool has_passport;
    bool has_phone;
    bool has_phone2;
    bool has_email;
    bool has_middle;
    bool has_address;
    bool has_contact;
    bool has_old_address; /* a former address is on file */
    enum marital marital;
    enum relation relation;
    const struct name *contact; /* given name; the family name is the patient's */
    uint32_t payer;             /* CATALOG payer number; only when has_payer */
    bool has_payer;
    uint64_t member; /* insurance number, twelve digits */
};

struct practitioner {
    uint64_t number;
    enum culture culture;
    bool female;
    const struct name *given;
    const struct name *father;
    const struct name *family;
    uint32_t role; /* 0 doctor, 1 nurse, 2 pharmacist, 3 technician */
    uint32_t specialty;
    uint32_t registration;
    int32_t from;
    int32_t to; /* DUMP_NO_DAY: still here */
};

void person_of(const struct world *world, uint64_t number, struct person *person);
void patient_at(const struct world *world, uint64_t number, struct patient *patient);
void practitioner_at(const struct world *world, uint64_t number, struct practitioner *person);
/* A surname, given name and birth day as the eye sees them, for tests. */
bool person_is_same(const struct person *a, const struct person *b);

#endif
