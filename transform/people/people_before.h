/*
 * people_before.h - who was which person before a run: mpi.member and mpi.person as they stand.
 *
 * Order     members by registration, people and used ids by id.
 * Scope     members of the organisations of one index; used ids of the whole store.
 * Memory    64 bytes a registration, 16 a person that ever was.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_BEFORE_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_BEFORE_H

#include "transform/people/people_index.h"
#include "transform/people/person_ids.h"
#include "transform/people/registrations.h"

struct member {
    struct ident registration;
    struct ident person;
    struct ident content;
    uint32_t old; /* place of the person in `people` */
    bool has_content;
    bool certain;
};

struct people_before {
    struct member *members;
    uint32_t nmembers;
    uint32_t room;
    struct old_person *people;
    uint32_t npeople;
    struct ident *used;
    size_t nused;
    size_t used_room;
    uint32_t *member_of; /* by record: its place in `members`, or PERSON_NONE */
    uint32_t *person_of; /* by record: place of its person in `people`, or PERSON_NONE */
};

bool people_before_read(struct people_before *before, struct pg *pg,
                        const struct people_index *index, const struct registrations *records,
                        struct error *err) MUST_CHECK;
void people_before_release(struct people_before *before);

#endif
