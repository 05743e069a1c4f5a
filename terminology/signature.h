/*
 * signature.h - SHA-256 of source files and Ed25519 signatures of packs.
 *
 * Keys      PEM files as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write
 *           them.
 * Errors    ERROR_CONFIG: no such key; ERROR_INTEGRITY: the signature is not right.
 */
#ifndef HMS_TERMINOLOGY_SIGNATURE_H
#define HMS_TERMINOLOGY_SIGNATURE_H

#include "core/error.h"
#include "core/text.h"

enum { SIGNATURE_BYTES = 64, SHA256_HEX = 65 };

void sha256_hex(struct text bytes, char out[SHA256_HEX]); /* NUL-terminated */
bool signature_make(const char *private_key, struct text bytes, uint8_t out[SIGNATURE_BYTES],
                    struct error *err) MUST_CHECK;
bool signature_check(const char *public_key, struct text bytes, struct text signature,
                     struct error *err) MUST_CHECK;

#endif
