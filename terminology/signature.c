#include "terminology/signature.h"

#include <openssl/pem.h> /* with all of EVP */
#include <stdio.h>

void sha256_hex(struct text bytes, char out[SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (EVP_Digest(bytes.at, bytes.len, digest, &len, EVP_sha256(), NULL) != 1) {
        len = 0;
    }
    for (unsigned i = 0; i < len; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[2 * (size_t)len] = '\0';
}

static EVP_PKEY *read_key(const char *path, bool is_private, struct error *err)
{
    FILE *file = fopen(path, "re");
    EVP_PKEY *key = NULL;

    if (file != NULL) {
        key = is_private ? PEM_read_PrivateKey(file, NULL, NULL, NULL)
                         : PEM_read_PUBKEY(file, NULL, NULL, NULL);
        fclose(file);
    }
    if (key == NULL || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
        EVP_PKEY_free(key);
        error_set(err, ERROR_CONFIG, "%s: no %s Ed25519 key in PEM form", path,
                  is_private ? "private" : "public");
        return NULL;
    }
    return key;
}

bool signature_make(const char *private_key, struct text bytes, uint8_t out[SIGNATURE_BYTES],
                    struct error *err)
{
    EVP_PKEY *key = read_key(private_key, true, err);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t len = SIGNATURE_BYTES;
    bool ok = key != NULL;

    if (ok && (EVP_DigestSignInit(context, NULL, NULL, NULL, key) != 1 ||
               EVP_DigestSign(context, out, &len, (const uint8_t *)bytes.at, bytes.len) != 1)) {
        ok = error_set(err, ERROR_CONFIG, "%s: signing failed", private_key);
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return ok;
}

bool signature_check(const char *public_key, struct text bytes, struct text signature,
                     struct error *err)
{
    EVP_PKEY *key = read_key(public_key, false, err);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = key != NULL;

    if (ok && signature.len == 0) {
        ok = error_set(err, ERROR_INTEGRITY, "the pack is not signed");
    }
    if (ok && (EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) != 1 ||
               EVP_DigestVerify(context, (const uint8_t *)signature.at, signature.len,
                                (const uint8_t *)bytes.at, bytes.len) != 1)) {
        ok = error_set(err, ERROR_INTEGRITY, "the pack's signature is not by the key %s",
                       public_key);
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return ok;
}
