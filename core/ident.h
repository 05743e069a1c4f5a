/*
 * ident.h - ids are computed, not assigned.
 *
 * Rule      id = UUIDv8 (RFC 9562, section 5.8) of XXH3-128 over
 *               organisation 0x1F source system 0x1F entity 0x1F source key
 *           so that foreign keys need no look-up, loads run in any order, a re-run lands on
 *           the same rows and an API's ids are no sequence to walk.  The parts of a composite
 *           source key are joined by 0x1E; a key that holds any other byte below 0x20 is
 *           rejected by transform (rule key.control).
 * org_id    the low 31 bits of XXH3-64 of the organisation's code, so that a tuple can be
 *           written without asking the store.  Two codes with one org_id are refused when an
 *           organisation is registered.
 */
#ifndef HMS_CORE_IDENT_H
#define HMS_CORE_IDENT_H

#include "core/strbuf.h"

enum { IDENT_KEY_PART = 0x1E, ORG_CODE_MAX = 31 };

struct ident {
    uint8_t bytes[16];
};

struct ident ident_of(struct text organisation, struct text system, struct text entity,
                      struct text key);
void ident_format(struct ident id, char out[37]); /* lower case, NUL-terminated */
bool ident_parse(struct text text, struct ident *out);

/* [a-z][a-z0-9_]{0,30} */
bool org_code_is_valid(struct text code);
int32_t org_id_of(struct text code);

struct digest128 {
    uint64_t high;
    uint64_t low;
};
struct digest128 digest_of(const void *bytes, size_t len); /* XXH3-128 */
uint64_t checksum_of(const void *bytes, size_t len);       /* XXH3-64 */

/* The same over a stream; free() without finish is fine. */
struct checksum_stream;
struct checksum_stream *checksum_stream_new(void);
void checksum_stream_add(struct checksum_stream *stream, const void *bytes, size_t len);
uint64_t checksum_stream_value(const struct checksum_stream *stream);
void checksum_stream_free(struct checksum_stream *stream);

#endif
