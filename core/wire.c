#include "core/wire.h"

struct wire wire_of(struct text bytes)
{
    const uint8_t *at = (const uint8_t *)bytes.at;

    return (struct wire){at, at + bytes.len, false};
}

/* `len` bytes, or NULL and bad when there are fewer. */
static const uint8_t *wire_take(struct wire *wire, size_t len)
{
    const uint8_t *at = wire->at;

    if (wire->bad || (size_t)(wire->end - at) < len) {
        wire->bad = true;
        return NULL;
    }
    wire->at += len;
    return at;
}

static uint64_t wire_number(struct wire *wire, size_t len)
{
    const uint8_t *at = wire_take(wire, len);
    uint64_t value = 0;

    for (size_t i = 0; at != NULL && i < len; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

uint8_t wire_u8(struct wire *wire)
{
    return (uint8_t)wire_number(wire, 1);
}

uint16_t wire_u16(struct wire *wire)
{
    return (uint16_t)wire_number(wire, 2);
}

uint32_t wire_u32(struct wire *wire)
{
    return (uint32_t)wire_number(wire, 4);
}

uint64_t wire_u64(struct wire *wire)
{
    return wire_number(wire, 8);
}

uint64_t wire_long_varint(struct wire *wire)
{
    uint64_t value = 0;

    for (int shift = 0; shift < 64 && wire->at < wire->end && !wire->bad; shift += 7) {
        uint8_t byte = *wire->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) {
            return value;
        }
    }
    wire->bad = true;
    return 0;
}

struct text wire_text(struct wire *wire)
{
    return wire_bytes(wire, wire_varint(wire));
}

static void wire_put_number(struct strbuf *out, uint64_t value, size_t len)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < len; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    strbuf_add(out, bytes, len);
}

void wire_put_u8(struct strbuf *out, uint8_t value)
{
    wire_put_number(out, value, 1);
}

void wire_put_u16(struct strbuf *out, uint16_t value)
{
    wire_put_number(out, value, 2);
}

void wire_put_u32(struct strbuf *out, uint32_t value)
{
    wire_put_number(out, value, 4);
}

void wire_put_u64(struct strbuf *out, uint64_t value)
{
    wire_put_number(out, value, 8);
}

void wire_put_varint(struct strbuf *out, uint64_t value)
{
    uint8_t bytes[10];
    size_t len = 0;

    while (value >= 0x80) {
        bytes[len++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    bytes[len++] = (uint8_t)value;
    strbuf_add(out, bytes, len);
}

void wire_put_text(struct strbuf *out, struct text text)
{
    wire_put_varint(out, text.len);
    strbuf_add_text(out, text);
}
