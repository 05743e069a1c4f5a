/*
 * people_dict.h - values of one field, each kept once under a number from 1 on.
 *
 * Limits    DICT_TEXT_MAX bytes of forms that are not inline.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_DICT_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_DICT_H

#include "transform/dedup/people.h"

#define DICT_TEXT_MAX (UINT64_C(1) << 40)

/* A form on its way into a dictionary. */
struct made_form {
    uint64_t hash; /* checksum_of() the form */
    const char *at;
    uint32_t len; /* 0: missing */
};

void people_dict_init(struct people_dict *dict, enum people_kind kind);
void people_dict_release(struct people_dict *dict);

/* Numbers of `n` forms, each counted once, into numbers[0], numbers[stride], ... */
void people_dict_put(struct people_dict *dict, enum people_kind kind,
                     const struct made_form *forms, uint32_t n, uint32_t *numbers,
                     size_t stride);
/* What is only needed to add is freed, or made again. */
void people_dict_close(struct people_dict *dict);
void people_dict_reopen(struct people_dict *dict);

#endif
