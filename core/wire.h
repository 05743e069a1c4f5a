/*
 * wire.h - little-endian numbers and length-prefixed text inside the blocks of a batch file.
 *
 * Reading   a `struct wire` walks over bytes that somebody else owns; a read past the end sets
 *           `bad`, returns zero or an empty text, and every later read does the same: ask
 *           once.
 */
#ifndef HMS_CORE_WIRE_H
#define HMS_CORE_WIRE_H

#include "core/strbuf.h"

struct wire {
    const uint8_t *at;
    const uint8_t *end;
    bool bad;
};

struct wire wire_of(struct text bytes);
uint8_t wire_u8(struct wire *wire);
uint16_t wire_u16(struct wire *wire);
uint32_t wire_u32(struct wire *wire);
uint64_t wire_u64(struct wire *wire);
uint64_t wire_long_varint(struct wire *wire); /* the slow half of wire_varint() */
struct text wire_text(struct wire *wire);     /* varint length, then bytes */

/* Below: what is called for every cell, in the header so that the call is none. */

/* LEB128, at most 10 bytes; nearly all are one byte long. */
static inline uint64_t wire_varint(struct wire *wire)
{
    return wire->at < wire->end && *wire->at < 0x80 && !wire->bad ? *wire->at++
                                                                  : wire_long_varint(wire);
}

static inline struct text wire_bytes(struct wire *wire, size_t len)
{
    struct text bytes = {(const char *)wire->at, len};

    if (wire->bad || (size_t)(wire->end - wire->at) < len) {
        wire->bad = true;
        return (struct text){"", 0};
    }
    wire->at += len;
    return bytes;
}

void wire_put_u8(struct strbuf *out, uint8_t value);
void wire_put_u16(struct strbuf *out, uint16_t value);
void wire_put_u32(struct strbuf *out, uint32_t value);
void wire_put_u64(struct strbuf *out, uint64_t value);
void wire_put_varint(struct strbuf *out, uint64_t value);
void wire_put_text(struct strbuf *out, struct text text);

#endif
