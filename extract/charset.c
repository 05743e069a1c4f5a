#include "extract/charset.h"

#include <assert.h>

#include <unicode/ucnv.h>

enum { UNITS = 4096 };

/* What a byte of a TABLE charset becomes; len 0: it is not of the charset. */
struct table_entry {
    char utf8[3];
    uint8_t len;
};

struct charset {
    enum charset_kind kind;
    struct table_entry table[256];
    UConverter *converter; /* STREAM */
    uint32_t unit;
    UChar lead;           /* first half of a pair whose second half did not fit */
    uint64_t fed;         /* source bytes taken so far, the byte order mark not counted */
    uint64_t utf8;        /* bytes of UTF-8 written so far */
    uint64_t mark_utf8;   /* where the last mark stands */
    uint64_t mark_source; /* and its place in the source */
    UChar units[UNITS];
    int32_t offsets[UNITS];
};

static UConverter *converter_open(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = name[0] == '\0' ? NULL : ucnv_open(name, &status);

    if (converter == NULL || U_FAILURE(status)) {
        return NULL;
    }
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    return converter;
}

bool charset_is_known(const char *name)
{
    UConverter *converter = converter_open(name);

    if (converter == NULL) {
        return false;
    }
    ucnv_close(converter);
    return true;
}

/* --- the byte order mark --- */

enum family { FAMILY_OTHER, FAMILY_UTF8, FAMILY_UTF16, FAMILY_UTF32 };

struct bom {
    const char *charset;
    const char *bytes;
    size_t len;
    enum family family;
};

static const struct bom boms[] = {
    {"utf-32le", "\xff\xfe\0\0", 4, FAMILY_UTF32},
    {"utf-32be", "\0\0\xfe\xff", 4, FAMILY_UTF32},
    {"utf-16le", "\xff\xfe", 2, FAMILY_UTF16},
    {"utf-16be", "\xfe\xff", 2, FAMILY_UTF16},
    {"utf-8", "\xef\xbb\xbf", 3, FAMILY_UTF8},
};

/* FF FE 00 00 is the mark of utf-32le, or that of utf-16le and a NUL: the declared charset
 * decides. */
static const struct bom *bom_find(struct text head, bool is_utf32)
{
    for (size_t i = 0; i < sizeof(boms) / sizeof(boms[0]); i++) {
        const struct bom *bom = &boms[i];

        if ((bom->family != FAMILY_UTF32 || is_utf32) && head.len >= bom->len &&
            memcmp(head.at, bom->bytes, bom->len) == 0) {
            return bom;
        }
    }
    return NULL;
}

static enum family family_of(UConverterType type, bool *needs_bom)
{
    *needs_bom = type == UCNV_UTF16 || type == UCNV_UTF32;
    if (type == UCNV_UTF8) {
        return FAMILY_UTF8;
    }
    if (type == UCNV_UTF16 || type == UCNV_UTF16_BigEndian || type == UCNV_UTF16_LittleEndian) {
        return FAMILY_UTF16;
    }
    if (type == UCNV_UTF32 || type == UCNV_UTF32_BigEndian || type == UCNV_UTF32_LittleEndian) {
        return FAMILY_UTF32;
    }
    return FAMILY_OTHER;
}

/* Replaces *converter when the mark says more than the declared name. */
static bool bom_settle(UConverter **converter, const char *name, struct text head, size_t *size,
                       struct error *err)
{
    bool needs_bom;
    enum family family = family_of(ucnv_getType(*converter), &needs_bom);
    const struct bom *bom = bom_find(head, family == FAMILY_UTF32);
    UConverter *marked;

    *size = 0;
    if (bom == NULL) {
        if (needs_bom) {
            error_set(err, ERROR_SOURCE, "no byte order mark, which charset %s needs", name);
            error_hint(err, "say which byte comes first, as in 'charset: utf-16le'");
            return false;
        }
        return true;
    }
    marked = converter_open(bom->charset);
    assert(marked != NULL);
    if (bom->family != family ||
        (!needs_bom && ucnv_getType(marked) != ucnv_getType(*converter))) {
        ucnv_close(marked);
        error_set(err, ERROR_SOURCE, "begins with the byte order mark of %s, not of %s",
                  bom->charset, name);
        error_hint(err, "say 'charset: %s'", bom->charset);
        return false;
    }
    ucnv_close(*converter);
    *converter = marked;
    *size = bom->len;
    return true;
}

/* --- one byte, one character --- */

static size_t utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static bool is_ascii_text(unsigned byte)
{
    return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

/* False when the converter is not of the kind TABLE. */
static bool table_fill(struct table_entry table[256], UConverter *converter)
{
    UConverterType type = ucnv_getType(converter);
    uint32_t chars[256];
    bool letters_in_c1 = false;

    if (type != UCNV_SBCS && type != UCNV_LATIN_1 && type != UCNV_US_ASCII) {
        return false;
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        char in = (char)byte;
        UErrorCode status = U_ZERO_ERROR;
        UChar out[4];
        int32_t n = ucnv_toUChars(converter, out, 4, &in, 1, &status);

        chars[byte] = U_SUCCESS(status) && n == 1 ? out[0] : UINT32_MAX;
        if (is_ascii_text(byte) && chars[byte] != byte) {
            return false;
        }
        if (byte < 0x80) { /* IBM's code pages exchange a few controls: not wanted here */
            chars[byte] = byte;
        }
        if (byte >= 0x80 && byte < 0xA0 && chars[byte] != UINT32_MAX && chars[byte] >= 0xA0) {
            letters_in_c1 = true;
        }
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        bool hole = letters_in_c1 && chars[byte] >= 0x80 && chars[byte] < 0xA0;

        table[byte] = (struct table_entry){{0}, 0};
        if (chars[byte] != UINT32_MAX && !hole) {
            table[byte].len = (uint8_t)utf8_put(table[byte].utf8, chars[byte]);
        }
    }
    return true;
}

size_t charset_decode(const struct charset *charset, struct text in, char *out, bool *bad)
{
    char *start = out;

    for (size_t i = 0; i < in.len; i++) {
        const struct table_entry *entry = &charset->table[(uint8_t)in.at[i]];

        if (entry->len == 0) {
            *bad = true;
        }
        memcpy(out, entry->utf8, sizeof(entry->utf8));
        out += entry->len;
    }
    return (size_t)(out - start);
}

/* --- the life of a charset --- */

struct charset *charset_open(const char *name, struct text head, size_t *bom, struct error *err)
{
    UConverter *converter = converter_open(name);
    struct charset *charset;

    if (converter == NULL) {
        error_set(err, ERROR_CONFIG, "unknown charset '%s'", name);
        return NULL;
    }
    if (!bom_settle(&converter, name, head, bom, err)) {
        ucnv_close(converter);
        return NULL;
    }
    charset = xcalloc(1, sizeof(*charset));
    charset->unit = (uint32_t)ucnv_getMinCharSize(converter);
    if (ucnv_getType(converter) == UCNV_UTF8) {
        charset->kind = CHARSET_UTF8;
    } else if (table_fill(charset->table, converter)) {
        charset->kind = CHARSET_TABLE;
    } else {
        charset->kind = CHARSET_STREAM;
        charset->converter = converter;
        return charset;
    }
    ucnv_close(converter);
    return charset;
}

void charset_free(struct charset *charset)
{
    if (charset != NULL && charset->converter != NULL) {
        ucnv_close(charset->converter);
    }
    free(charset);
}

enum charset_kind charset_kind_of(const struct charset *charset)
{
    return charset->kind;
}

uint32_t charset_unit(const struct charset *charset)
{
    return charset->unit;
}

/* --- the stream --- */

static void mark_add(struct charset *charset, struct charset_marks *marks, uint64_t source)
{
    if (marks->len == marks->size) {
        marks->size = marks->size == 0 ? 1024 : marks->size * 2;
        marks->at = xrealloc(marks->at, marks->size * sizeof(*marks->at));
    }
    marks->at[marks->len++] = (struct charset_mark){
        .utf8 = (uint32_t)(charset->utf8 - charset->mark_utf8),
        .source = (uint32_t)(source - charset->mark_source),
    };
    charset->mark_utf8 = charset->utf8;
    charset->mark_source = source;
}

/* Writes the first `n` units; `base` is the source byte that offset 0 means. */
static void units_put(struct charset *charset, size_t n, uint64_t base, struct strbuf *utf8,
                      struct charset_marks *marks)
{
    char *start = strbuf_reserve(utf8, (n + 1) * CHARSET_GROWTH);
    char *out = start;
    uint64_t before = charset->utf8;

    assert(start != NULL);
    for (size_t i = 0; i < n; i++) {
        UChar unit = charset->units[i];

        if (U16_IS_LEAD(unit)) {
            charset->lead = unit;
        } else if (U16_IS_TRAIL(unit)) {
            out += utf8_put(out, (uint32_t)U16_GET_SUPPLEMENTARY(charset->lead, unit));
        } else if (unit == '\n' || unit == '\r') {
            int32_t offset = charset->offsets[i];
            uint64_t source = base + (offset > 0 ? (uint64_t)offset : 0);

            /* Behind half a pair that ended a chunk, ICU is one byte further than it says. */
            charset->utf8 = before + (uint64_t)(out - start);
            mark_add(charset, marks, source - source % charset->unit);
            *out++ = (char)unit;
        } else {
            out += utf8_put(out, unit);
        }
    }
    utf8->len += (size_t)(out - start);
    charset->utf8 = before + (uint64_t)(out - start);
}

void charset_feed(struct charset *charset, struct text in, bool last, struct strbuf *utf8,
                  struct charset_marks *marks)
{
    const char *source = in.at;
    const char *end = in.at + in.len;
    UErrorCode status;

    do {
        UChar *target = charset->units;
        const char *from = source;

        status = U_ZERO_ERROR;
        ucnv_toUnicode(charset->converter, &target, charset->units + UNITS, &source, end,
                       charset->offsets, last, &status);
        units_put(charset, (size_t)(target - charset->units),
                  charset->fed + (uint64_t)(from - in.at), utf8, marks);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
            strbuf_putc(utf8, CHARSET_BAD_BYTE);
            charset->utf8++;
        }
    } while (U_FAILURE(status) || source < end);
    charset->fed += in.len;
}
