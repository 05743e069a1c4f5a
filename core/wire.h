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
uint64_t wire_varint(struct wire *wire); /* LEB128, at most 10 bytes */
struct text wire_bytes(struct wire *wire, size_t len);
struct text wire_text(struct wire *wire); /* varint length, then bytes */

void wire_put_u8(struct strbuf *out, uint8_t value);
void wire_put_u16(struct strbuf *out, uint16_t value);
void wire_put_u32(struct strbuf *out, uint32_t value);
void wire_put_u64(struct strbuf *out, uint64_t value);
void wire_put_varint(struct strbuf *out, uint64_t value);
void wire_put_text(struct strbuf *out, struct text text);

#endif
