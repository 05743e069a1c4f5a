/*
 * step_contact.c - telephone numbers and mail addresses.
 */
#include "transform/digit.h"
#include "transform/step_cell.h"

enum {
    PHONE_DIGITS_MIN = 7,
    PHONE_DIGITS_MAX = 15, /* ITU-T E.164 */
    PHONE_INTERNATIONAL = 11,
    EMAIL_BYTES_MAX = 254, /* RFC 5321, 4.5.3.1 */
    EMAIL_LOCAL_MAX = 64,
};

static const char rule_phone[] = "phone.format";
static const char rule_email[] = "email.format";

static bool phone_compile(struct step *step, const struct step_env *env, struct error *err)
{
    const char *code = step->source->args[0];
    size_t len = strlen(code);

    if (len < 1 || len > 3 || strspn(code, "0123456789") != len || code[0] == '0') {
        return step_error(step, err, "a country code is one to three digits, such as 254");
    }
    return step_compile_words(step, env, err);
}

/* Digits of the number, without what people put between them.  "(0)" behind an international
 * prefix is left out.  Returns their count, or -1: something else was in it, or too many. */
static int phone_digits(struct text in, bool plus, char digits[PHONE_DIGITS_MAX + 2])
{
    int count = 0;

    for (size_t i = 0; i < in.len;) {
        size_t width;
        int digit = digit_read(in.at + i, in.len - i, &width);
        if (plus && in.len - i >= 3 && memcmp(in.at + i, "(0)", 3) == 0) {
            i += 3;
            continue;
        }
        if (digit >= 0) {
            if (count == PHONE_DIGITS_MAX + 2) {
                return -1;
            }
            digits[count++] = (char)('0' + digit);
        } else if (in.at[i] == '\0' || strchr(" -./()", in.at[i]) == NULL) {
            if (in.len - i < 2 || memcmp(in.at + i, "\u00A0", 2) != 0) {
                return -1;
            }
            width = 2;
        }
        i += width;
    }
    return count;
}

/* +CC and number: from +CC.., 00CC.., 0.. (national) or CC.. when it is long enough. */
static void phone_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text country = words->at[0];
    struct text in = cell_text(*at->cell);
    bool plus = in.at[0] == '+';
    char digits[PHONE_DIGITS_MAX + 2];
    char out[PHONE_DIGITS_MAX + 8] = "+";
    size_t used = 1;
    int count;
    int skip = 0;

    in = plus ? (struct text){in.at + 1, in.len - 1} : in;
    count = phone_digits(in, plus, digits);
    if (!plus && count > 2 && digits[0] == '0' && digits[1] == '0') {
        skip = 2;
    } else if (!plus && count > 0 &&
               (count < PHONE_INTERNATIONAL || memcmp(digits, country.at, country.len) != 0)) {
        skip = digits[0] == '0' ? 1 : 0;
        memcpy(out + used, country.at, country.len);
        used += country.len;
    }
    if (count - skip > 0) {
        memcpy(out + used, digits + skip, (size_t)(count - skip));
        used += (size_t)(count - skip);
    }
    if (count < 0 || used - 1 < PHONE_DIGITS_MIN || used - 1 > PHONE_DIGITS_MAX ||
        out[1] == '0') {
        cell_refuse(at, rule_phone);
        return;
    }
    cell_put(at->cell, arena_copy(cell_arena(at), (struct text){out, used}));
}

STEP_RUN_WORD(phone)

static bool domain_is_right(struct text domain)
{
    bool dot = false;
    char before = '.';

    for (size_t i = 0; i < domain.len; i++) {
        char byte = domain.at[i];
        bool plain = digit_is_ascii(byte) || (byte >= 'a' && byte <= 'z') ||
                     (byte >= 'A' && byte <= 'Z') || byte == '-' || (byte & 0x80) != 0;
        if (!plain && (byte != '.' || before == '.')) {
            return false;
        }
        dot = dot || byte == '.';
        before = byte;
    }
    return dot && before != '.';
}

static bool local_is_right(struct text local)
{
    for (size_t i = 0; i < local.len; i++) {
        if ((unsigned char)local.at[i] <= ' ' || strchr("()<>[]:;,\\\"\x7F", local.at[i])) {
            return false;
        }
    }
    return local.len > 0 && local.len <= EMAIL_LOCAL_MAX;
}

static void email_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    const char *sign = memchr(in.at, '@', in.len);
    size_t before = sign == NULL ? 0 : (size_t)(sign - in.at);
    struct text domain = {in.at + before + 1, in.len - before - 1};
    char *out;

    if (sign == NULL || in.len > EMAIL_BYTES_MAX ||
        !local_is_right((struct text){in.at, before}) || !domain_is_right(domain)) {
        cell_refuse(at, rule_email);
        return;
    }
    out = arena_bytes(cell_arena(at), in.len);
    memcpy(out, in.at, in.len);
    for (size_t i = before; i < in.len; i++) {
        out[i] = (char)(out[i] >= 'A' && out[i] <= 'Z' ? out[i] ^ 0x20 : out[i]);
    }
    cell_put(at->cell, (struct text){out, in.len});
}

STEP_RUN_WORD(email)

const struct step_impl step_contact_impls[] = {
    {"phone", phone_compile, phone_run, NULL},
    {"email", NULL, email_run, NULL},
    {0},
};
