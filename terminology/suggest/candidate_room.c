/* candidate_room.c - the room that a thread needs to find candidates. */
#include "terminology/suggest/candidate.h"

#include <stdlib.h>

void candidate_room_init(struct candidate_room *room, const struct suggest_index *index,
                         const struct memory *memory)
{
    *room = (struct candidate_room){0};
    asked_room_init(&room->words, index);
    memory_room_init(&room->memory, memory);
    room->sums = xcalloc((size_t)index->nconcepts + 1, sizeof(*room->sums));
    room->grams = xcalloc((size_t)index->nconcepts + 1, sizeof(float));
    room->seen = xcalloc((size_t)index->nconcepts / 64 + 1, sizeof(uint64_t));
    room->surface = xcalloc((size_t)index->nsurfaces + 1, sizeof(float));
    room->touched = xcalloc((size_t)index->nsurfaces + 1, sizeof(uint32_t));
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        size_t n = (size_t)index->nvalues[axis] + 1;
        room->axis[axis][0] = xcalloc(n, sizeof(float));
        room->axis[axis][1] = xcalloc(n, sizeof(float));
        room->axis_stamp[axis] = xcalloc(n, sizeof(uint32_t));
    }
}

void candidate_room_release(struct candidate_room *room)
{
    asked_room_release(&room->words);
    memory_room_release(&room->memory);
    free(room->sums);
    free(room->grams);
    free(room->seen);
    free(room->surface);
    free(room->touched);
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        free(room->axis[axis][0]);
        free(room->axis[axis][1]);
        free(room->axis_stamp[axis]);
    }
    *room = (struct candidate_room){0};
}
