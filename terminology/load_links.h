/*
 * load_links.h - what one file of a distribution says about the codes of another, kept as numbers:
 * 16 bytes a link, the words stay in the mapped file.
 *
 * Use       add in any order, sort once, then look up; links of one number keep the order of
 *           adding.
 * Limits    LINKS_MAX links; links_sort() says ERROR_LIMIT when there were more.
 */
#ifndef HMS_TERMINOLOGY_LOAD_LINKS_H
#define HMS_TERMINOLOGY_LOAD_LINKS_H

#include "core/error.h"
#include "core/text.h"

enum { LINKS_MAX = 100000000 };

struct load_link {
    uint32_t from;
    uint32_t kind;
    uint64_t value; /* another number, or a place in a file */
};

struct load_links {
    struct load_link *at;
    size_t count, size;
    bool is_full;
};

void links_add(struct load_links *links, struct load_link link);
bool links_sort(struct load_links *links, struct error *err) MUST_CHECK;
/* How many links `from` has; `*first` is the first of them. */
size_t links_find(const struct load_links *links, uint32_t from, size_t *first);
void links_release(struct load_links *links);

/* A number below 2^32 (OMOP's own concepts begin at 2,000,000,000); 0 when it is none. */
uint32_t link_number(struct text digits);

#endif
