#include "terminology/load_links.h"

#include <stdlib.h>

void links_add(struct load_links *links, struct load_link link)
{
    if (links->count == LINKS_MAX) {
        links->is_full = true;
        return;
    }
    if (links->count == links->size) {
        links->size = links->size == 0 ? 1024 : links->size * 2;
        links->at = xrealloc(links->at, links->size * sizeof(*links->at));
    }
    links->at[links->count++] = link;
}

/* From the lower half to the upper and back: a merge sort keeps the order of equals. */
static void merge(const struct load_link *from, struct load_link *to, size_t low, size_t middle,
                  size_t high)
{
    size_t a = low;
    size_t b = middle;

    for (size_t i = low; i < high; i++) {
        bool takes_a = a < middle && (b >= high || from[a].from <= from[b].from);
        to[i] = takes_a ? from[a++] : from[b++];
    }
}

static bool is_sorted(const struct load_links *links)
{
    for (size_t i = 1; i < links->count; i++) {
        if (links->at[i - 1].from > links->at[i].from) {
            return false;
        }
    }
    return true;
}

bool links_sort(struct load_links *links, struct error *err)
{
    struct load_link *other;

    if (links->is_full) {
        return error_set(err, ERROR_LIMIT, "more than %d links between codes", LINKS_MAX);
    }
    if (is_sorted(links)) { /* as distributions mostly are */
        return true;
    }
    other = xmalloc(links->count * sizeof(*other));
    for (size_t width = 1; width < links->count; width *= 2) {
        struct load_link *swap = links->at;
        for (size_t low = 0; low < links->count; low += 2 * width) {
            size_t middle = low + width < links->count ? low + width : links->count;
            size_t high = low + 2 * width < links->count ? low + 2 * width : links->count;
            merge(links->at, other, low, middle, high);
        }
        links->at = other;
        other = swap;
    }
    links->size = links->count;
    free(other);
    return true;
}

size_t links_find(const struct load_links *links, uint32_t from, size_t *first)
{
    size_t low = 0;
    size_t high = links->count;
    size_t end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->at[middle].from < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (end = low; end < links->count && links->at[end].from == from; end++) {
    }
    *first = low;
    return end - low;
}

void links_release(struct load_links *links)
{
    free(links->at);
    *links = (struct load_links){0};
}

uint32_t link_number(struct text digits)
{
    uint64_t number = 0;

    if (digits.len == 0 || digits.len > 10) {
        return 0;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return 0;
        }
        number = number * 10 + (uint64_t)(digits.at[i] - '0');
    }
    return number > UINT32_MAX ? 0 : (uint32_t)number;
}
