#include "terminology/suggest/name_fold.h"

/* U+00C0 to U+017F, one letter each; '?' stands for those that become two (below). */
static const char latin[] = "aaaaaa?ceeeeiiiidnooooo ouuuuy??"
                            "aaaaaa?ceeeeiiiidnooooo ouuuuy?y"
                            "aaaaaaccccccccddddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiiiii??jjkkklllllll"
                            "lllnnnnnnnnnoooooo??rrrrrrssssss"
                            "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const struct folded {
    uint32_t point;
    const char *as;
} folded[] = {
    {0xa0, " "},        {0xaa, "a"},       {0xb2, "2"},       {0xb3, "3"},
    {0xb5, "u"},        {0xb9, "1"},       {0xba, "o"},       {0xc6, "ae"},
    {0xde, "th"},       {0xdf, "ss"},      {0xe6, "ae"},      {0xfe, "th"},
    {0x132, "ij"},      {0x133, "ij"},     {0x152, "oe"},     {0x153, "oe"},
    {0x391, "alpha"},   {0x392, "beta"},   {0x393, "gamma"},  {0x394, "delta"},
    {0x395, "epsilon"}, {0x39a, "kappa"},  {0x39b, "lambda"}, {0x3a9, "omega"},
    {0x3b1, "alpha"},   {0x3b2, "beta"},   {0x3b3, "gamma"},  {0x3b4, "delta"},
    {0x3b5, "epsilon"}, {0x3b6, "zeta"},   {0x3b7, "eta"},    {0x3b8, "theta"},
    {0x3ba, "kappa"},   {0x3bb, "lambda"}, {0x3bc, "u"},      {0x3bd, "nu"},
    {0x3be, "xi"},      {0x3c0, "pi"},     {0x3c1, "rho"},    {0x3c3, "sigma"},
    {0x3c4, "tau"},     {0x3c6, "phi"},    {0x3c7, "chi"},    {0x3c8, "psi"},
    {0x3c9, "omega"},   {0x2010, "-"},     {0x2011, "-"},     {0x2012, "-"},
    {0x2013, "-"},      {0x2014, "-"},     {0x2018, "'"},     {0x2019, "'"},
    {0x2032, "'"},      {0x2070, "0"},     {0x207a, "+"},     {0x2122, " "},
    {0x2212, "-"},      {0x2264, "<"},     {0x2265, ">"},     {0xfb00, "ff"},
    {0xfb01, "fi"},     {0xfb02, "fl"},    {0xfb03, "ffi"},   {0xfb04, "ffl"},
};

/* The point and its length; U+0020 for a byte that is not UTF-8. */
static uint32_t decode(struct text text, size_t *len)
{
    uint8_t first = (uint8_t)text.at[0];
    size_t more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    uint32_t point = more == 1 ? first & 0x1fU : more == 2 ? first & 0x0fU : first & 0x07U;

    *len = 1;
    if (first < 0x80) {
        return first;
    }
    if (more == 0 || more >= text.len) {
        return ' ';
    }
    for (size_t i = 1; i <= more; i++) {
        uint8_t byte = (uint8_t)text.at[i];
        if ((byte & 0xc0) != 0x80) {
            return ' ';
        }
        point = point << 6 | (byte & 0x3fU);
    }
    *len = more + 1;
    return point;
}

static size_t put(char out[NAME_FOLD_MAX], const char *as)
{
    size_t len = strlen(as);

    memcpy(out, as, len);
    return len;
}

static size_t put_byte(char out[NAME_FOLD_MAX], uint32_t byte)
{
    out[0] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte < ' ' ? ' ' : byte);
    return 1;
}

size_t name_fold(struct text *rest, char out[NAME_FOLD_MAX])
{
    const char *at = rest->at;
    size_t len;
    uint32_t point = decode(*rest, &len);

    rest->at += len;
    rest->len -= len;
    if (point < 0x80) {
        return put_byte(out, point);
    }
    for (size_t i = 0; i < sizeof(folded) / sizeof(folded[0]); i++) {
        if (folded[i].point == point) {
            return put(out, folded[i].as);
        }
    }
    if (point >= 0xc0 && point - 0xc0 < sizeof(latin) - 1 && latin[point - 0xc0] != '?') {
        return put_byte(out, (uint8_t)latin[point - 0xc0]);
    }
    if (point >= 0x2080 && point <= 0x2089) {
        return put_byte(out, '0' + point - 0x2080);
    }
    if (point >= 0x2074 && point <= 0x2079) {
        return put_byte(out, '0' + point - 0x2070);
    }
    if (point >= 0xff01 && point <= 0xff5e) {
        return put_byte(out, point - 0xfee0);
    }
    if (point < 0xc0 || (point >= 0x2000 && point <= 0x206f)) {
        return put(out, " ");
    }
    memcpy(out, at, len);
    return len;
}
