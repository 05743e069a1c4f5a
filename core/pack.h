/*
 * pack.h - a payload made smaller by zstd, and whole again; the one place that knows the
 * library.
 *
 * Source    zstd 1.5, level -1: 0.65 GB/s a core and a quarter of the size on clinical rows.
 * Ownership results live in the caller's buffer.
 * Threads   a packer or unpacker is for one thread.
 */
#ifndef HMS_CORE_PACK_H
#define HMS_CORE_PACK_H

#include "core/strbuf.h"

struct packer;
struct unpacker;

/* Room that packing `len` bytes may need. */
size_t pack_bound(size_t len);

struct packer *packer_new(void);
void packer_free(struct packer *packer);
/* Into `out`, which is cleared first; false when it would not become smaller, or `out` is full.
 */
bool packer_pack(struct packer *packer, struct text payload, struct strbuf *out);

struct unpacker *unpacker_new(void);
void unpacker_free(struct unpacker *unpacker);
/* Exactly `size` bytes to `out`; false when the packed bytes are broken or of another size. */
bool unpacker_unpack(struct unpacker *unpacker, struct text packed, char *out, size_t size);

#endif
