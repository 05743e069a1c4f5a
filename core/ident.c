#include "core/ident.h"

#include <xxhash.h>

enum { IDENT_SEPARATOR = 0x1F, SMALL_KEY = 160 };

/* Where the two digits of each byte stand in the text of a uuid. */
static const uint8_t digit_places[16] = {0,  2,  4,  6,  9,  11, 14, 16,
                                         19, 21, 24, 26, 28, 30, 32, 34};

static void hash_part(XXH3_state_t *state, struct text part)
{
    static const char separator = IDENT_SEPARATOR;

    XXH3_128bits_update(state, part.at, part.len);
    XXH3_128bits_update(state, &separator, 1);
}

struct ident ident_of(struct text organisation, struct text system, struct text entity,
                      struct text key)
{
    char small[SMALL_KEY];
    size_t total = organisation.len + system.len + entity.len + key.len + 4;
    struct ident id;
    XXH128_hash_t hash;
    XXH128_canonical_t canonical;

    if (total <= sizeof(small)) { /* the usual case, without a stream's state */
        const struct text parts[] = {organisation, system, entity, key};
        size_t used = 0;
        for (size_t i = 0; i < 4; i++) {
            if (parts[i].len > 0) {
                memcpy(small + used, parts[i].at, parts[i].len);
            }
            used += parts[i].len;
            small[used++] = IDENT_SEPARATOR;
        }
        hash = XXH3_128bits(small, used);
    } else {
        XXH3_state_t *state = XXH3_createState();
        XXH3_128bits_reset(state);
        hash_part(state, organisation);
        hash_part(state, system);
        hash_part(state, entity);
        hash_part(state, key);
        hash = XXH3_128bits_digest(state);
        XXH3_freeState(state);
    }
    XXH128_canonicalFromHash(&canonical, hash);
    memcpy(id.bytes, canonical.digest, sizeof(id.bytes));
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0F) | 0x80); /* version 8 */
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3F) | 0x80); /* RFC 9562 variant */
    return id;
}

void ident_format(struct ident id, char out[37])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof(id.bytes); i++) {
        out[digit_places[i]] = digits[id.bytes[i] >> 4];
        out[digit_places[i] + 1] = digits[id.bytes[i] & 0x0F];
    }
    out[8] = out[13] = out[18] = out[23] = '-';
    out[36] = '\0';
}

/* 0..15, or 31 for what is no hexadecimal digit. */
static unsigned hex_value(char c)
{
    static const uint8_t values[256] = {
        ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
        ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
        ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
        ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16}; /* one more than the digit */

    return (values[(uint8_t)c] - 1U) & 0x1F;
}

bool ident_parse(struct text text, struct ident *out)
{
    unsigned seen = 0;

    if (text.len != 36 || text.at[8] != '-' || text.at[13] != '-' || text.at[18] != '-' ||
        text.at[23] != '-') {
        return false;
    }
    for (size_t i = 0; i < sizeof(out->bytes); i++) {
        unsigned high = hex_value(text.at[digit_places[i]]);
        unsigned low = hex_value(text.at[digit_places[i] + 1]);
        seen |= high | low;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return seen < 16;
}

bool org_code_is_valid(struct text code)
{
    if (code.len == 0 || code.len > ORG_CODE_MAX || code.at[0] < 'a' || code.at[0] > 'z') {
        return false;
    }
    for (size_t i = 1; i < code.len; i++) {
        char c = code.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
            return false;
        }
    }
    return true;
}

int32_t org_id_of(struct text code)
{
    return (int32_t)(checksum_of(code.at, code.len) & 0x7FFFFFFF);
}

struct digest128 digest_of(const void *bytes, size_t len)
{
    XXH128_hash_t hash = XXH3_128bits(bytes, len);

    return (struct digest128){hash.high64, hash.low64};
}

uint64_t checksum_of(const void *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}

struct checksum_stream {
    XXH3_state_t *state;
};

struct checksum_stream *checksum_stream_new(void)
{
    struct checksum_stream *stream = xcalloc(1, sizeof(*stream));

    stream->state = XXH3_createState();
    if (stream->state == NULL) {
        abort();
    }
    XXH3_64bits_reset(stream->state);
    return stream;
}

void checksum_stream_add(struct checksum_stream *stream, const void *bytes, size_t len)
{
    XXH3_64bits_update(stream->state, bytes, len);
}

uint64_t checksum_stream_value(const struct checksum_stream *stream)
{
    return XXH3_64bits_digest(stream->state);
}

void checksum_stream_free(struct checksum_stream *stream)
{
    if (stream != NULL) {
        XXH3_freeState(stream->state);
        free(stream);
    }
}
