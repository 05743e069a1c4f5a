/*
 * people_model.h - what the columns of a table of people mean, as a steward declares it.
 *
 * Shape     one YAML file; docs/dedup.md explains it:
 *               people: northgate
 *               record: patient_no                 # column that names a record
 *               fields:
 *                 given:  {kind: given name, column: first_name}
 *                 street: {kind: street, columns: [house, street]}
 *                 born:   {kind: birth date, column: dob, order: dmy}
 *               blocking: [[born, family by sound]] # optional: which pairs are looked at
 *               link: 0.95                         # optional: bands by probability
 *               review: 0.01
 * Rule      a column that the model does not name is never read.
 * Ownership the model owns its strings.
 * Errors    ERROR_CONFIG with line and caret.
 * Limits    PEOPLE_FIELDS_MAX fields, PEOPLE_COLUMNS_MAX columns of one field, BLOCK_RULES_MAX rules of
 *           BLOCK_PARTS_MAX parts.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_MODEL_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_MODEL_H

#include "core/error.h"
#include "core/text.h"

enum {
    PEOPLE_FIELDS_MAX = 16,
    PEOPLE_COLUMNS_MAX = 4,
    BLOCK_RULES_MAX = 24,
    BLOCK_PARTS_MAX = 3
};

/* enum, word in a model, shared by a household */
#define PEOPLE_KIND_LIST(X)                                                                    \
    X(PEOPLE_GIVEN, "given name", false)                                                       \
    X(PEOPLE_FAMILY, "family name", true)                                                      \
    X(PEOPLE_MIDDLE, "middle name", false)                                                     \
    X(PEOPLE_OTHER_NAME, "other name", true)                                                   \
    X(PEOPLE_RELATIVE, "relative", true)                                                       \
    X(PEOPLE_FULL_NAME, "full name", false)                                                    \
    X(PEOPLE_BIRTH_DATE, "birth date", false)                                                  \
    X(PEOPLE_SEX, "sex", false)                                                                \
    X(PEOPLE_IDENTIFIER, "identifier", false)                                                  \
    X(PEOPLE_POSTCODE, "postcode", true)                                                       \
    X(PEOPLE_PHONE, "phone", true)                                                             \
    X(PEOPLE_PLACE, "place", true)                                                             \
    X(PEOPLE_STREET, "street", true)                                                           \
    X(PEOPLE_EMAIL, "e-mail", true)                                                            \
    X(PEOPLE_TEXT, "text", true)

enum people_kind {
#define X(kind, word, shared) kind,
    PEOPLE_KIND_LIST(X)
#undef X
        PEOPLE_KIND_COUNT
};

enum date_order { DATE_ORDER_YMD, DATE_ORDER_DMY, DATE_ORDER_MDY };

struct people_field {
    char *name;
    enum people_kind kind;
    enum date_order order; /* of a birth date that is not written year first */
    char *columns[PEOPLE_COLUMNS_MAX];
    int ncolumns;
};

enum block_how { BLOCK_EXACT, BLOCK_SOUND, BLOCK_INITIAL, BLOCK_YEAR, BLOCK_ANY_ORDER };

/* What two records must agree on to be compared (blocking.h). */
struct wanted_block {
    struct {
        int field;
        int other; /* of BLOCK_ANY_ORDER, else -1 */
        enum block_how how;
    } parts[BLOCK_PARTS_MAX];
    int nparts;
};

struct people_model {
    char *name;
    char *record;
    struct people_field fields[PEOPLE_FIELDS_MAX];
    int nfields;
    struct wanted_block
        blocks[BLOCK_RULES_MAX]; /* instead of the usual ones, when there are any */
    int nblocks;
    double link;   /* probability from which a pair is linked by itself */
    double review; /* probability from which a steward is asked */
};

bool people_model_load(struct people_model *model, const char *path,
                       struct error *err) MUST_CHECK;
/* The same from a text; `name` stands in errors. */
bool people_model_parse(struct people_model *model, const char *name, struct text content,
                        struct error *err) MUST_CHECK;
void people_model_release(struct people_model *model);

/* Whether values of the kind have a sound and an initial. */
bool people_kind_has_sound(enum people_kind kind);
const char *people_kind_word(enum people_kind kind);
/* Whether people of one household usually agree on it. */
bool people_kind_is_shared(enum people_kind kind);
/* Columns of all fields together: a record's cells without its id. */
int people_model_columns(const struct people_model *model);
/* The first field of that kind, or -1. */
int people_model_find(const struct people_model *model, enum people_kind kind);

#endif
