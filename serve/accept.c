#include "serve/accept.h"

/* Cuts one member off a list at `mark`, trimmed; false at the end. */
static bool next_member(struct text *list, char mark, struct text *member)
{
    const char *end;

    if (list->len == 0) {
        return false;
    }
    end = memchr(list->at, mark, list->len);
    *member = (struct text){list->at, end == NULL ? list->len : (size_t)(end - list->at)};
    list->at += member->len + (end != NULL);
    list->len -= member->len + (end != NULL);
    *member = text_trim(*member);
    return true;
}

/* "q=0", "q=0.0", ...: not acceptable. */
static bool is_refused(struct text parameters)
{
    struct text parameter;

    while (next_member(&parameters, ';', &parameter)) {
        if (parameter.len >= 3 && (parameter.at[0] == 'q' || parameter.at[0] == 'Q') &&
            parameter.at[1] == '=') {
            bool is_zero = true;
            for (size_t i = 2; i < parameter.len; i++) {
                is_zero = is_zero && (parameter.at[i] == '0' || parameter.at[i] == '.');
            }
            return is_zero;
        }
    }
    return false;
}

bool accept_is_json(const char *accept)
{
    static const char *const types[] = {"application/fhir+json", "application/json",
                                        "application/*", "*/*"};
    struct text list = text_of(accept);
    struct text range;

    if (accept == NULL || text_trim(list).len == 0) {
        return true;
    }
    while (next_member(&list, ',', &range)) {
        struct text type = {"", 0};
        next_member(&range, ';', &type);
        for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
            if (text_equal_nocase(type, text_of(types[i])) && !is_refused(range)) {
                return true;
            }
        }
    }
    return false;
}

bool etag_is_listed(const char *if_none_match, const char *version)
{
    struct text list = text_of(if_none_match);
    struct text tag;

    while (next_member(&list, ',', &tag)) {
        if (text_is(tag, "*")) {
            return true;
        }
        if (tag.len > 2 && memcmp(tag.at, "W/", 2) == 0) {
            tag = (struct text){tag.at + 2, tag.len - 2};
        }
        if (tag.len > 2 && tag.at[0] == '"' && tag.at[tag.len - 1] == '"' &&
            text_is((struct text){tag.at + 1, tag.len - 2}, version)) {
            return true;
        }
    }
    return false;
}
