/*
 * block.h - the 40-byte head of a block, shared by the writer and the reader of batch files;
 * the layout is in batch_file.h.
 */
#ifndef HMS_CORE_BLOCK_H
#define HMS_CORE_BLOCK_H

#include "core/batch_file.h"

enum {
    BLOCK_FILE_HEAD = 8,
    BLOCK_FILE_VERSION = 1,
    BLOCK_HEAD = 40,
    BLOCK_STORED = 0, /* codecs */
    BLOCK_ZSTD = 1,
    BLOCK_INDEX_ENTRY = 24, /* offset 8, checksum 8, rows 4, type 1, lane 1, table 2 */
};

struct block_head {
    enum block_type type;
    uint8_t codec;
    uint8_t lane;
    uint16_t table;
    uint32_t rows;
    uint32_t size;   /* of the payload */
    uint32_t stored; /* of what lies in the file */
    uint64_t checksum;
};

void block_head_write(const struct block_head *head, uint64_t ordinal,
                      unsigned char out[BLOCK_HEAD]);
/* False: flipped bits, or not the block that comes at this ordinal. */
bool block_head_read(struct block_head *head, uint64_t ordinal,
                     const unsigned char in[BLOCK_HEAD]);

#endif
