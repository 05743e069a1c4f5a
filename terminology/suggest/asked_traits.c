/* asked_traits.c - what a learned weight can hang on; for asked.c only. */
#include "core/ident.h"
#include "terminology/suggest/asked_parts.h"

#include <stdio.h>

static void add_trait(struct asked *asked, char kind, struct text first, struct text second)
{
    struct trait *trait;
    int len;

    if (asked->ntraits == TRAITS_MAX) {
        return;
    }
    trait = &asked->traits[asked->ntraits++];
    len = snprintf(trait->text, sizeof(trait->text), "%c%.*s%s%.*s", kind,
                   first.len < 32 ? (int)first.len : 32, first.at, second.len > 0 ? " " : "",
                   second.len < 32 ? (int)second.len : 32, second.at);
    for (int i = 0; i < len; i++) {
        trait->text[i] = (char)((uint8_t)trait->text[i] < ' ' ? ' ' : trait->text[i]);
    }
    trait->hash = checksum_of(trait->text, (size_t)len);
}

void asked_add_traits(struct asked *asked, const struct suggest_query *query)
{
    struct text none = {"", 0};
    char number[16];

    add_trait(asked, '*', none, none);
    add_trait(asked, 'u', text_trim(query->unit), none);
    snprintf(number, sizeof(number), "%d", (int)asked->unit);
    add_trait(asked, 'k', text_of(number), none);
    for (int i = 0; i < asked->nwords; i++) {
        add_trait(asked, asked->words[i].in_name ? 'w' : 's', asked->words[i].text, none);
    }
    for (int i = 0; i + 1 < asked->nwords && asked->words[i + 1].in_name; i++) {
        add_trait(asked, 'b', asked->words[i].text, asked->words[i + 1].text);
    }
    if (asked->form.nwords > 0) {
        add_trait(asked, 'z', asked->form.words[asked->form.nwords - 1], none);
    }
}
