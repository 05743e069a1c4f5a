/*
 * batch_file.h - .hmb, the one format between processes and on disk.
 *
 * Layout    "HMSB" version(1) kind(1) 0 0, then blocks, all numbers little-endian:
 *
 *     block header, 40 bytes                         payload types
 *     +------+-------+------+---+-------+------+     T  table: name, columns, types, policy
 *     | type | codec | lane | 0 | table |  0   |     R  rows of that table (raw or tuples)
 *     +------+-------+------+---+-------+------+     X  rows that did not go on (reject.h)
 *     | rows (4) | size (4) | stored (4) | 0   |     B  balance of one map run (balance.h)
 *     +----------+----------+------------+-----+     P  a terminology pack that judged codes
 *     | XXH3-64 of the stored payload (8)      |        (manifest.h); a folder's manifest has it
 *     |                                        |     E  end: index of all blocks, their sum
 *     | XXH3-64 of the 32 bytes above and the  |
 *     |   block's ordinal (8)                  |
 *     +----------------------------------------+
 *
 *           A block that is moved, dropped or repeated fails its ordinal; a cut file has no E.
 * Kinds     RAW: rows as written by core/raw_frame.h, one table after the other.  CANONICAL: rows are PostgreSQL COPY
 *           BINARY tuples, without the file's header and trailer, so that loading is
 *           decompress, verify, PQputCopyData.
 * Lanes     a table's canonical frames may be split by the top bits of the row id into 2^n
 *           lanes, so that as many connections can load id ranges side by side.  Lane 0 when
 *           not split.
 * Codec     0 stored (pipes), 1 zstd (files): raw rows are kept for long and packed smaller than canonical ones.
 * Ownership the reader owns every block it returns; it lives until the next call.
 * Errors    ERROR_CONFIG when a file cannot be written.
 *           ERROR_INTEGRITY with the file and the number of the block: flipped bit, cut file,
 *           missing, moved or repeated block, unknown version.  ERROR_LIMIT: a block over
 *           BLOCK_BYTES_MAX.
 * Privacy   files are created with mode 0600 under a temporary name and renamed when complete.
 */
#ifndef HMS_CORE_BATCH_FILE_H
#define HMS_CORE_BATCH_FILE_H

#include "core/balance.h"
#include "core/batch.h"
#include "core/column.h"
#include "core/error.h"

enum {
    BLOCK_BYTES_MAX = 64 << 20,
    BATCH_FILE_TABLES_MAX = 4096,
};

enum batch_file_kind { BATCH_FILE_RAW = 1, BATCH_FILE_CANONICAL = 2 };

enum block_type {
    BLOCK_TABLE = 'T',
    BLOCK_ROWS = 'R',
    BLOCK_REJECTS = 'X',
    BLOCK_BALANCE = 'B',
    BLOCK_PACK = 'P',
    BLOCK_END = 'E',
};

/* What rows with a key seen before mean (map: source.repeats). */
enum repeat_policy {
    REPEAT_SAME,  /* equal rows are merged, different ones quarantined as key.duplicate */
    REPEAT_FIRST, /* the first in source order stays, the others are merged */
    REPEAT_LAST,  /* the last stays */
};

/* The T block.  For RAW only name, columns' names and files count. */
struct batch_table {
    const char *name;         /* raw: source table; canonical: entity */
    const char *organisation; /* code; "" when raw */
    const char *source;       /* source system, "northgate" */
    const char *map;          /* canonical: "northgate/patient" */
    uint32_t ncols;
    const char *const *columns;
    const enum column_type *types; /* canonical only */
    uint32_t nfiles;
    const char *const *files; /* the source files, for places */
    enum repeat_policy repeats;
    uint8_t lanes; /* 1, 2, 4, 8: canonical frames of this table come in so many id ranges */
};

struct batch_block {
    enum block_type type;
    uint64_t ordinal;
    uint16_t table; /* number of the table in this file, in order of appearance */
    uint8_t lane;
    uint32_t rows;
    struct text payload;
};

struct batch_writer;

/* path "-" is stdout; `packed` asks for zstd. */
struct batch_writer *batch_writer_open(const char *path, enum batch_file_kind kind, bool packed,
                                       struct error *err);
bool batch_writer_table(struct batch_writer *writer, const struct batch_table *table,
                        uint16_t *number, struct error *err) MUST_CHECK;
bool batch_writer_put(struct batch_writer *writer, enum block_type type, uint16_t table,
                      uint8_t lane, uint32_t rows, struct text payload,
                      struct error *err) MUST_CHECK;
/* Writes E, syncs and renames into place.  Without it free() leaves nothing behind. */
bool batch_writer_finish(struct batch_writer *writer, struct error *err) MUST_CHECK;
/* After finish: XXH3-64 of the whole file, its bytes and the rows of its R blocks. */
uint64_t batch_writer_checksum(const struct batch_writer *writer);
uint64_t batch_writer_bytes(const struct batch_writer *writer);
uint64_t batch_writer_rows(const struct batch_writer *writer);
void batch_writer_free(struct batch_writer *writer);

enum next { NEXT_BLOCK, NEXT_END, NEXT_FAILED };

struct batch_reader;

/* path "-" is stdin. */
struct batch_reader *batch_reader_open(const char *path, struct error *err);
enum batch_file_kind batch_reader_kind(const struct batch_reader *reader);
/* R and X blocks for which `want` says no are stepped over: they come with their head checked
 * and payload.at NULL, neither read nor unpacked.  `want` sees the block without its payload.
 */
void batch_reader_choose(struct batch_reader *reader,
                         bool (*want)(const struct batch_block *block, void *context),
                         void *context);
/* Every block once, verified, T and E blocks too; NEXT_END only after a correct E. */
enum next batch_reader_next(struct batch_reader *reader, struct batch_block *block,
                            struct error *err);
/* The table of that number, once its T block was returned; owned by the reader. */
const struct batch_table *batch_reader_table(const struct batch_reader *reader,
                                             uint16_t number);
/* Bytes read and total (0 for a pipe), for progress. */
void batch_reader_progress(const struct batch_reader *reader, uint64_t *done, uint64_t *total);
void batch_reader_free(struct batch_reader *reader);

#endif
