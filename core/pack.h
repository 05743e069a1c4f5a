/*
 * pack.h - a payload made smaller by zstd, and whole again; the one place that knows the
 * library.
 *
 * Source    zstd 1.5.  Level -1 makes clinical rows four times smaller; level -5 three to three and a half times, in two
 *           thirds of the time.
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

enum pack_level { PACK_TO_KEEP = -1, PACK_TO_PASS_ON = -5 };
struct packer *packer_new(enum pack_level level);
void packer_free(struct packer *packer);
/* Into `out`, which is cleared first; false when it would not become smaller, or `out` is full.
 */
bool packer_pack(struct packer *packer, struct text payload, struct strbuf *out);

struct unpacker *unpacker_new(void);
void unpacker_free(struct unpacker *unpacker);
/* Exactly `size` bytes to `out`; false when the packed bytes are broken or of another size. */
bool unpacker_unpack(struct unpacker *unpacker, struct text packed, char *out, size_t size);

#endif
