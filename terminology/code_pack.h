/*
 * code_pack.h - one release of one code system: an immutable file that is used where it lies,
 * mapped into memory, without being read first.
 *
 * Shape     all numbers little-endian, every section at a multiple of 8 bytes:
 *
 *             header  | "HMSPACK1", sizes, XXH3-64 of what follows, places of the sections
 *             META    | key, value, key, value: name, version, dialect, licence, source ...
 *             ROWS    | one `struct pack_row` a code, sorted by code (bytewise)
 *             HASH    | open addressing, XXH3-64 of the code; its first bytes and the number of its row
 *             RELS    | `struct pack_rel`, sorted by source row, scenario, choice list
 *             TEXT    | codes, displays, targets, notes
 *             PROPS   | a code's properties: varint size, then (u8 name, varint text) ...
 *             BLOB    | a source file as it is, where the pack is used by its own language (UCUM)
 *             sign    | optional: "HMSSIGN1" and an Ed25519 signature of all before it
 *
 * Codes     are stored in the normal form of the pack's dialect (terminology/code_form.h).
 * Errors    ERROR_INTEGRITY with the reason when the file is damaged, cut or no pack.  Every
 *           number in it is checked at opening, so that nothing can fail afterwards.
 * Lifetime  texts live until code_pack_free().
 * Threads   read-only.
 */
#ifndef HMS_TERMINOLOGY_CODE_PACK_H
#define HMS_TERMINOLOGY_CODE_PACK_H

#include "core/error.h"
#include "terminology/code_form.h"

#include <limits.h>

#define CODE_NONE UINT32_MAX

enum { CODE_NO_DAY = INT32_MIN, CODE_BYTES_MAX = 64, PACK_PROPERTIES_MAX = 64 };

/* constant, name in output */
#define CODE_STATUS_LIST(X)                                                                    \
    X(CODE_ACTIVE, "active")                                                                   \
    X(CODE_TRIAL, "trial")                                                                     \
    X(CODE_DISCOURAGED, "discouraged")                                                         \
    X(CODE_DEPRECATED, "deprecated")

enum code_status {
#define X(status, name) status,
    CODE_STATUS_LIST(X)
#undef X
};

enum code_flag {
    CODE_BILLABLE = 1,  /* may stand alone in a record; else it is a heading */
    CODE_DAGGER = 2,    /* the disease of a pair */
    CODE_ASTERISK = 4,  /* the manifestation of a pair: never alone or first */
    CODE_OPTIONAL = 8,  /* only beside another code */
    CODE_GROUP = 16,    /* chapter or block */
    CODE_GENERATED = 32 /* a class with a modifier's character */
};

/* constant, name in output; the note of a related one says how */
#define PACK_RELATION_LIST(X)                                                                  \
    X(PACK_MAPS_TO, "maps to")                                                                 \
    X(PACK_REPLACED_BY, "replaced by")                                                         \
    X(PACK_NO_TARGET, "no target")                                                             \
    X(PACK_PAIRS_WITH, "pairs with")                                                           \
    X(PACK_RELATED, "related")

enum pack_relation_kind {
#define X(kind, name) kind,
    PACK_RELATION_LIST(X)
#undef X
};

enum { PACK_APPROXIMATE = 1, PACK_COMBINATION = 2 }; /* flags of a relation */

struct code_entry {
    struct text code;
    struct text display;
    enum code_status status;
    unsigned flags;
    uint32_t parent; /* CODE_NONE */
    int32_t from;    /* days; CODE_NO_DAY: as the pack */
    int32_t until;   /* exclusive; CODE_NO_DAY: as the pack */
};

struct code_relation {
    enum pack_relation_kind kind;
    struct text target;
    struct text note;
    int scenario;
    int choice;
    unsigned flags;
};

struct code_pack;

struct code_pack *code_pack_open(const char *path, struct error *err); /* NULL on error */
/* The same for a pack of that checksum which was opened before: its bytes are checked against it,
 * its numbers, which follow from its bytes, are not looked at again. */
struct code_pack *code_pack_open_known(const char *path, uint64_t checksum, struct error *err);
void code_pack_free(struct code_pack *pack);

/* The value of a META key, or an empty text; `nth` counts those of the same key. */
struct text code_pack_meta(const struct code_pack *pack, const char *key, int nth);
enum code_dialect code_pack_dialect(const struct code_pack *pack);
int32_t code_pack_from(const struct code_pack *pack);  /* CODE_NO_DAY: always */
int32_t code_pack_until(const struct code_pack *pack); /* exclusive; CODE_NO_DAY: for ever */
bool code_pack_covers(const struct code_pack *pack, int32_t day);

uint64_t code_pack_checksum(const struct code_pack *pack); /* XXH3-64, without the signature */
uint32_t code_pack_count(const struct code_pack *pack);
size_t code_pack_relations(const struct code_pack *pack);
struct text code_pack_blob(const struct code_pack *pack);
/* Bytes that a signature covers, and the 64 bytes of the signature or an empty text. */
struct text code_pack_signed(const struct code_pack *pack, struct text *signature);

/* The row of a code in normal form, or CODE_NONE. */
uint32_t code_pack_find(const struct code_pack *pack, struct text code);
/* The same, with what a validation asks of the row. */
struct code_state {
    unsigned flags;
    enum code_status status;
    bool is_dated; /* the row has days of its own */
};
uint32_t code_pack_find_state(const struct code_pack *pack, struct text code,
                              struct code_state *state);
struct code_entry code_pack_entry(const struct code_pack *pack, uint32_t row);
/* The first relation of a row and how many there are. */
size_t code_pack_related(const struct code_pack *pack, uint32_t row, size_t *first);
struct code_relation code_pack_relation(const struct code_pack *pack, size_t index);
/* Walks over a row's properties; start with *at = 0; false at the end. */
bool code_pack_property(const struct code_pack *pack, uint32_t row, size_t *at,
                        struct text *name, struct text *value);
/* The row's first property of that name, or an empty text. */
struct text code_pack_value(const struct code_pack *pack, uint32_t row, const char *name);

const char *code_status_name(enum code_status status);
const char *pack_relation_name(enum pack_relation_kind kind);

#endif
