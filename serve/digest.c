#include "serve/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

static _Noreturn void digest_failed(void)
{
    abort();
}

void sha256_of(struct text bytes, uint8_t out[SHA256_BYTES])
{
    static EVP_MD *sha256; /* fetched once: a look-up for each digest costs more than it */
    unsigned len = 0;

    if (sha256 == NULL) {
        sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    }
    if (EVP_Digest(bytes.at, bytes.len, out, &len, sha256, NULL) != 1 || len != SHA256_BYTES) {
        digest_failed();
    }
}

void hmac_sha256_of(const uint8_t key[SHA256_BYTES], struct text bytes,
                    uint8_t out[SHA256_BYTES])
{
    unsigned len = 0;

    if (HMAC(EVP_sha256(), key, SHA256_BYTES, (const unsigned char *)bytes.at, bytes.len, out,
             &len) == NULL ||
        len != SHA256_BYTES) {
        digest_failed();
    }
}

bool digest_equal(const uint8_t *a, const uint8_t *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

void random_bytes(uint8_t *out, size_t len)
{
    if (RAND_bytes(out, (int)len) != 1) {
        digest_failed();
    }
}

void hex_format(const uint8_t *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_parse(struct text hex, uint8_t *out, size_t len)
{
    if (hex.len != 2 * len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(hex.at[2 * i]);
        int low = hex_digit(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static const char base64url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t base64url_format(struct text bytes, char *out)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t len = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        bits = (bits << 8 | (uint8_t)bytes.at[i]) & 0xFFFF;
        count += 8;
        while (count >= 6) {
            count -= 6;
            out[len++] = base64url[bits >> count & 63];
        }
    }
    if (count > 0) {
        out[len++] = base64url[bits << (6 - count) & 63];
    }
    out[len] = '\0';
    return len;
}

bool base64url_parse(struct text text, uint8_t *out, size_t size, size_t *len)
{
    uint32_t bits = 0;
    unsigned count = 0;

    *len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *digit = memchr(base64url, text.at[i], sizeof(base64url) - 1);
        if (digit == NULL) {
            return false;
        }
        bits = (bits << 6 | (uint32_t)(digit - base64url)) & 0xFFFF;
        count += 6;
        if (count >= 8) {
            if (*len == size) {
                return false;
            }
            count -= 8;
            out[(*len)++] = (uint8_t)(bits >> count);
        }
    }
    return count < 6 && (bits & ((1U << count) - 1)) == 0;
}
