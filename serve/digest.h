/*
 * digest.h - the few things of cryptography that serve/ needs, from OpenSSL.
 *
 * Rule      secrets are compared by digest_equal(), which takes as long for the first byte that
 *           differs as for the last.
 * Errors    none: OpenSSL failing at SHA-256 or at the random numbers of the kernel ends the
 *           process, as memory that cannot be had does.
 */
#ifndef HMS_SERVE_DIGEST_H
#define HMS_SERVE_DIGEST_H

#include "core/text.h"

enum { SHA256_BYTES = 32 };

void sha256_of(struct text bytes, uint8_t out[SHA256_BYTES]);
void hmac_sha256_of(const uint8_t key[SHA256_BYTES], struct text bytes,
                    uint8_t out[SHA256_BYTES]);
bool digest_equal(const uint8_t *a, const uint8_t *b, size_t len);
void random_bytes(uint8_t *out, size_t len);

void hex_format(const uint8_t *bytes, size_t len, char *out); /* 2 * len + 1 bytes */
bool hex_parse(struct text hex, uint8_t *out, size_t len);    /* exactly 2 * len digits */

/* base64url without padding (RFC 4648, section 5). */
size_t base64url_format(struct text bytes, char *out); /* length; (len + 2) / 3 * 4 + 1 bytes */
/* The number of bytes, at most `size`; false for any other character, a length that cannot be,
 * or bits left over that are not zero: one value has one text. */
bool base64url_parse(struct text text, uint8_t *out, size_t size, size_t *len);

#endif
