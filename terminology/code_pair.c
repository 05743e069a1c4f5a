#include "terminology/code_pair.h"

static const char dagger[] = "\u2020";

static bool has_lists(enum code_dialect dialect)
{
    return dialect == CODE_ICD10 || dialect == CODE_ICD10_UK || dialect == CODE_ICD10_GM;
}

static bool is_between(char byte)
{
    return byte == ' ' || byte == '\t' || byte == ',' || byte == ';' || byte == '/';
}

/* Bytes of the code that `rest` begins with, its mark with it. */
static size_t part_length(struct text rest)
{
    size_t len = 0;

    while (len < rest.len && !is_between(rest.at[len])) {
        if (rest.at[len] == '+') {
            return len + 1;
        }
        if (rest.len - len >= sizeof(dagger) - 1 &&
            memcmp(rest.at + len, dagger, sizeof(dagger) - 1) == 0) {
            return len + sizeof(dagger) - 1;
        }
        len++;
    }
    return len;
}

/* One or two letters: no code, but what may follow a German one; or a mark behind a blank. */
static bool is_suffix(enum code_dialect dialect, struct text part)
{
    bool is_letters = dialect == CODE_ICD10_GM && part.len <= 2;

    for (size_t i = 0; is_letters && i < part.len; i++) {
        is_letters = memchr("VGAZRLBvgazrlb", part.at[i], 14) != NULL;
    }
    return is_letters || text_is(part, "+") || text_is(part, "*") || text_is(part, "!") ||
           text_is(part, dagger);
}

int code_split(enum code_dialect dialect, struct text field, struct text parts[CODE_PARTS_MAX])
{
    struct text rest = text_trim(field);
    int count = 0;

    parts[0] = rest;
    if (!has_lists(dialect)) {
        return 1;
    }
    while (rest.len > 0) {
        struct text part = {rest.at, part_length(rest)};
        if (part.len > 0 && count > 0 && is_suffix(dialect, part)) {
            struct text *last = &parts[count - 1];
            last->len = (size_t)(part.at + part.len - last->at);
        } else if (part.len > 0) {
            if (count == CODE_PARTS_MAX) {
                return 0;
            }
            parts[count++] = part;
        }
        part.len += part.len == 0; /* a separator */
        rest.at += part.len;
        rest.len -= part.len;
    }
    return count == 0 ? 1 : count;
}

void code_check_parts(const struct code_pack *pack, const struct text *parts, int count,
                      int32_t day, struct code_finding *findings)
{
    bool has_primary = false;

    for (int i = 0; i < count; i++) {
        findings[i] = code_check(pack, parts[i], day);
        if (findings[i].verdict == CODE_NEVER_ALONE && has_primary) {
            findings[i].verdict = CODE_RIGHT;
        } else if (findings[i].verdict != CODE_NEVER_ALONE) {
            has_primary = true;
        }
    }
}
