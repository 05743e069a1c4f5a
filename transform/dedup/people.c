#include "transform/dedup/people.h"

#include "transform/dedup/people_dict.h"
#include "transform/dedup/people_sound.h"

#include <stdlib.h>

void people_release(struct people *people)
{
    for (int i = 0; i < people->nfields; i++) {
        people_dict_release(&people->dicts[i]);
    }
    for (int i = 0; i < people->nfiles; i++) {
        people_csv_close(&people->files[i]);
    }
    sound_table_release(&people->sounds);
    free(people->files);
    free(people->cells);
    free(people->ids);
    arena_release(&people->id_text);
    *people = (struct people){0};
}

int64_t people_find(const struct people *people, struct text id)
{
    uint32_t low = 0;
    uint32_t high = people->nsorted;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = text_compare(people->ids[middle], id);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}

uint64_t people_memory(const struct people *people)
{
    uint64_t bytes = people->nrecords * (uint64_t)people->width * sizeof(*people->cells) +
                     people->nrecords * (uint64_t)sizeof(*people->ids) + people->id_text.used +
                     people->sounds.nslots * (sizeof(uint64_t) + sizeof(uint32_t));

    for (int i = 0; i < people->nfields; i++) {
        const struct people_dict *dict = &people->dicts[i];
        bytes +=
            dict->room * (sizeof(*dict->values) + sizeof(*dict->marks) + sizeof(*dict->counts) +
                          (dict->sounds != NULL ? sizeof(*dict->sounds) : 0)) +
            dict->text_room + dict->nslots * sizeof(*dict->slots) +
            (dict->nicknames != NULL ? dict->room * sizeof(*dict->nicknames) : 0);
    }
    return bytes;
}
