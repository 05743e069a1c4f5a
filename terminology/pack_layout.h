/*
 * pack_layout.h - the bytes of a pack, for its reader and its writer only (see code_pack.h).
 */
#ifndef HMS_TERMINOLOGY_PACK_LAYOUT_H
#define HMS_TERMINOLOGY_PACK_LAYOUT_H

#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "packs are mapped as they are: little-endian machines only"
#endif

#define PACK_MAGIC      "HMSPACK1"
#define PACK_SIGN_MAGIC "HMSSIGN1"

enum pack_section {
    PACK_META,
    PACK_ROWS,
    PACK_HASH,
    PACK_RELS,
    PACK_TEXT,
    PACK_PROPS,
    PACK_BLOB,
    PACK_SECTIONS
};

enum { PACK_SIGNATURE = 64, PACK_TRAILER = 8 + PACK_SIGNATURE };

struct pack_header {
    char magic[8];
    uint64_t size;     /* without the signature */
    uint64_t checksum; /* of the bytes from `sections` to `size` */
    struct {
        uint64_t at;
        uint64_t len;
    } sections[PACK_SECTIONS];
};

struct pack_row {
    uint32_t code_at;
    uint32_t display_at;
    uint32_t props_at; /* UINT32_MAX: none */
    uint32_t parent;
    int32_t from;
    int32_t until;
    uint16_t display_len;
    uint16_t flags;
    uint8_t code_len;
    uint8_t status;
    uint16_t unused;
};

/* A slot holds the code's first bytes itself (zeros behind a shorter one) and what a validation
 * asks of its row, so that either touches one place of memory. */
struct pack_slot {
    char head[8];
    uint32_t row; /* UINT32_MAX: empty */
    uint16_t flags;
    uint8_t status;
    uint8_t is_dated; /* the row has days of its own */
};

struct pack_rel {
    uint32_t source;
    uint32_t target_at;
    uint32_t note_at;
    uint16_t note_len;
    uint16_t flags;
    uint8_t target_len;
    uint8_t kind;
    uint8_t scenario;
    uint8_t choice;
};

_Static_assert(sizeof(struct pack_row) == 32, "rows are mapped");
_Static_assert(sizeof(struct pack_slot) == 16, "slots are mapped");
_Static_assert(sizeof(struct pack_rel) == 20, "relations are mapped");

#endif
