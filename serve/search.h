/*
 * search.h - the parameters of a FHIR search, parsed and checked before anything is asked of the
 * store.
 *
 * Source    FHIR R4, Search (hl7.org/fhir/R4/search.html): prefixes of dates, token as
 *           [system|]code, ',' between alternatives, '\' before a literal ',', '|', '$' or '\'.
 * Shape     one search_value a parameter, in the order of the query; alternatives beside each
 *           other.  A parameter may be given again (all must hold), SEARCH_VALUES_MAX in all.
 * Errors    what is wrong with known parameters is a 400.  A parameter that the resource does
 *           not know is a 400 when the client asked for strict handling, else left out (and so
 *           left out of the self link).  A modifier is always a 400: to ignore it would answer
 *           another question.
 * Lifetime  texts live in the request's arena or point into its target.
 */
#ifndef HMS_SERVE_SEARCH_H
#define HMS_SERVE_SEARCH_H

#include "core/arena.h"
#include "core/ident.h"
#include "core/strbuf.h"

enum {
    SEARCH_PAIRS_MAX = 100, /* in the query, known or not */
    SEARCH_VALUES_MAX = 16,
    SEARCH_ALTERNATIVES_MAX = 50,
    SEARCH_TEXT_MAX = 256, /* bytes of one alternative */
    SEARCH_COUNT_DEFAULT = 50,
    SEARCH_COUNT_MAX = 200,
};

enum search_type {
    SEARCH_END,
    SEARCH_ID,        /* _id */
    SEARCH_TOKEN,     /* [system|]code */
    SEARCH_STRING,    /* starts with, case does not matter */
    SEARCH_DATE,      /* [prefix]date */
    SEARCH_REFERENCE, /* Patient/id, or the id alone */
};

/* A parameter of a resource; a table of them ends with {0}. */
struct search_param {
    const char *name;
    enum search_type type;
    const char *help;
};

enum search_prefix { PREFIX_EQ, PREFIX_LT, PREFIX_LE, PREFIX_GT, PREFIX_GE };

struct search_alternative {
    struct text system; /* token; at NULL when there was no '|' */
    struct text value;  /* of a date: what followed the prefix */
};

struct search_value {
    const struct search_param *param;
    struct text encoded; /* as it came, for the links */
    struct search_alternative *alternatives;
    size_t nalternatives;
    enum search_prefix prefix;
    int64_t from_us; /* date: the time it stands for begins here */
    int64_t to_us;   /* and ends before this */
    bool is_dated;   /* no time of day: compare days */
};

struct search {
    struct search_value values[SEARCH_VALUES_MAX];
    size_t nvalues;
    uint32_t count;
    bool total; /* _total=accurate */
    bool has_count;
    struct text cursor; /* "" on the first page */
};

enum search_fault {
    SEARCH_OK,
    SEARCH_MALFORMED,     /* percent-encoding or UTF-8 */
    SEARCH_TOO_MANY,      /* pairs, values or alternatives */
    SEARCH_TOO_LONG,      /* a value */
    SEARCH_UNKNOWN,       /* strict, and not known */
    SEARCH_MODIFIER,      /* name:modifier */
    SEARCH_BAD_VALUE,     /* not of the parameter's type */
    SEARCH_NOT_SUPPORTED, /* right, but not offered here */
    SEARCH_NOT_ACCEPTABLE /* _format */
};

/* `params` is what the resource knows; the names every search has (_count, _total, _cursor,
 * _format) are known without it.  On a fault `which` is the known parameter's name, or NULL. */
enum search_fault search_parse(struct search *search, const struct search_param *params,
                               struct text query, bool strict, struct arena *arena,
                               const char **which) __attribute__((warn_unused_result));
/* The first value of that parameter, or NULL. */
const struct search_value *search_find(const struct search *search, const char *name);
/* "Patient?a=1&b=2" with what was understood, in its own encoding; without a cursor. */
void search_write(const struct search *search, const char *resource, struct strbuf *out);
/* The time that a date of the search, without its prefix, stands for; false when it is none. */
bool search_date_range(struct text text, int64_t *from_us, int64_t *to_us, bool *is_dated);

#endif
