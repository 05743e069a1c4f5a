/*
 * step_postcode.c - postcodes by country.
 */
#include "transform/digit.h"
#include "transform/step_cell.h"

enum { POSTCODE_BYTES_MAX = 16 };

/* Shapes: 9 a digit, A a letter; space and hyphen are put in, whether the source has them or
 * not.  Source: the postal addressing systems of the UPU, 2023. */
struct postcode {
    const char *country;
    const char *shapes[8];
};

static const struct postcode postcodes[] = {
    {"GB", {"A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"}},
    {"US", {"99999", "99999-9999"}},
    {"CA", {"A9A 9A9"}},
    {"NL", {"9999 AA"}},
    {"IE", {"A99 NNNN", "A9A NNNN"}},
    {"PL", {"99-999"}},
    {"PT", {"9999-999"}},
    {"SE", {"999 99"}},
    {"DE", {"99999"}},
    {"FR", {"99999"}},
    {"ES", {"99999"}},
    {"IT", {"99999"}},
    {"KE", {"99999"}},
    {"SA", {"99999", "99999-9999"}},
    {"EG", {"99999"}},
    {"AT", {"9999"}},
    {"CH", {"9999"}},
    {"BE", {"9999"}},
    {"DK", {"9999"}},
    {"ZA", {"9999"}},
    {"AU", {"9999"}},
    {"IN", {"999999"}},
};

static bool postcode_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct postcode *postcode = xcalloc(1, sizeof(*postcode));

    (void)env;
    step->data = postcode;
    if (step->source->nargs == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof(postcodes) / sizeof(postcodes[0]); i++) {
        if (strcmp(postcodes[i].country, step->source->args[0]) == 0) {
            *postcode = postcodes[i];
            return true;
        }
    }
    return step_error(step, err, "the shape of postcodes of '%s' is not known here",
                      step->source->args[0]);
}

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* The code, which has no separators, in the shape; its length, or 0: it does not fit. */
static size_t postcode_fit(struct text code, const char *shape, char *out)
{
    size_t used = 0;
    size_t read = 0;

    for (; *shape != '\0'; shape++) {
        char byte = '\0';
        if (read < code.len) {
            byte = code.at[read];
        }
        if (*shape == ' ' || *shape == '-') {
            out[used++] = *shape;
            continue;
        }
        if (!(*shape != 'A' && digit_is_ascii(byte)) && !(*shape != '9' && is_letter(byte))) {
            return 0;
        }
        out[used++] = byte;
        read++;
    }
    return read == code.len ? used : 0;
}

/* Upper case; `bare` leaves separators out, otherwise a run of spaces is one. */
static struct text postcode_clean(struct text in, bool bare, char *out)
{
    size_t used = 0;

    for (size_t i = 0; i < in.len; i++) {
        char byte = in.at[i];
        byte = (char)(byte >= 'a' && byte <= 'z' ? byte ^ 0x20 : byte);
        if ((bare && (byte == ' ' || byte == '-')) ||
            (byte == ' ' && used > 0 && out[used - 1] == ' ')) {
            continue;
        }
        if (used == POSTCODE_BYTES_MAX ||
            (!digit_is_ascii(byte) && !is_letter(byte) && byte != ' ' && byte != '-')) {
            return (struct text){"", 0};
        }
        out[used++] = byte;
    }
    return (struct text){out, used};
}

static void postcode_cell(const struct step_cell *at)
{
    const struct postcode *postcode = at->data;
    char clean[POSTCODE_BYTES_MAX];
    char fitted[POSTCODE_BYTES_MAX];
    char folded[POSTCODE_BYTES_MAX * 2];
    struct text in = digit_fold(cell_text(*at->cell), folded, sizeof(folded));
    struct text code = postcode_clean(in, postcode->country != NULL, clean);

    if (postcode->country != NULL) {
        size_t len = 0;
        for (int i = 0; postcode->shapes[i] != NULL && len == 0; i++) {
            len = postcode_fit(code, postcode->shapes[i], fitted);
        }
        code = (struct text){fitted, len};
    }
    if (code.len < 2) {
        cell_refuse(at, "postcode.format");
    } else {
        cell_put(at->cell, arena_copy(cell_arena(at), code));
    }
}

STEP_RUN_WORD(postcode)

const struct step_impl step_postcode_impls[] = {
    {"postcode", postcode_compile, postcode_run, NULL},
    {0},
};
