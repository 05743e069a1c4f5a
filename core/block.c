#include "core/block.h"

#include "core/ident.h"
#include "core/wire.h"

enum { HEAD_BODY = 32 };

/* The ordinal goes into the checksum, so that a moved or repeated block does not fit. */
static uint64_t head_checksum(const unsigned char *body, uint64_t ordinal)
{
    unsigned char seeded[HEAD_BODY + 8];

    memcpy(seeded, body, HEAD_BODY);
    for (int i = 0; i < 8; i++) {
        seeded[HEAD_BODY + i] = (unsigned char)(ordinal >> (8 * i));
    }
    return checksum_of(seeded, sizeof(seeded));
}

void block_head_write(const struct block_head *head, uint64_t ordinal,
                      unsigned char out[BLOCK_HEAD])
{
    struct strbuf sb;

    strbuf_init(&sb, BLOCK_HEAD);
    wire_put_u8(&sb, (uint8_t)head->type);
    wire_put_u8(&sb, head->codec);
    wire_put_u8(&sb, head->lane);
    wire_put_u8(&sb, 0);
    wire_put_u16(&sb, head->table);
    wire_put_u16(&sb, 0);
    wire_put_u32(&sb, head->rows);
    wire_put_u32(&sb, head->size);
    wire_put_u32(&sb, head->stored);
    wire_put_u32(&sb, 0);
    wire_put_u64(&sb, head->checksum);
    wire_put_u64(&sb, head_checksum((const unsigned char *)sb.at, ordinal));
    memcpy(out, sb.at, BLOCK_HEAD);
    strbuf_release(&sb);
}

static bool type_is_known(enum block_type type)
{
    return type == BLOCK_TABLE || type == BLOCK_ROWS || type == BLOCK_REJECTS ||
           type == BLOCK_BALANCE || type == BLOCK_PACK || type == BLOCK_END;
}

bool block_head_read(struct block_head *head, uint64_t ordinal,
                     const unsigned char in[BLOCK_HEAD])
{
    struct wire wire = wire_of((struct text){(const char *)in, BLOCK_HEAD});

    head->type = (enum block_type)wire_u8(&wire);
    head->codec = wire_u8(&wire);
    head->lane = wire_u8(&wire);
    wire_u8(&wire);
    head->table = wire_u16(&wire);
    wire_u16(&wire);
    head->rows = wire_u32(&wire);
    head->size = wire_u32(&wire);
    head->stored = wire_u32(&wire);
    wire_u32(&wire);
    head->checksum = wire_u64(&wire);
    return wire_u64(&wire) == head_checksum(in, ordinal) && type_is_known(head->type) &&
           head->codec <= BLOCK_ZSTD;
}
