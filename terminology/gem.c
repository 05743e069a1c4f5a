#include "terminology/gem.h"

struct gem_list {
    size_t first;
    size_t count;
};

struct gem_walk {
    const struct code_pack *pack;
    void (*visit)(const struct gem_answer *answer, void *context);
    void *context;
    int answers;
};

static bool count_answer(struct gem_walk *walk, const struct gem_answer *answer,
                         struct error *err)
{
    if (walk->answers++ == GEM_ANSWERS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d answers for a code", GEM_ANSWERS_MAX);
    }
    walk->visit(answer, walk->context);
    return true;
}

/* One code from each list, the last list changing fastest. */
static bool visit_cluster(struct gem_walk *walk, const struct gem_list *lists,
                          struct gem_answer *answer, struct error *err)
{
    size_t at[GEM_PARTS_MAX] = {0};

    for (;;) {
        int turn = answer->nparts - 1;
        answer->is_approximate = false;
        for (int i = 0; i < answer->nparts; i++) {
            struct code_relation part = code_pack_relation(walk->pack, lists[i].first + at[i]);
            answer->parts[i] = part.target;
            answer->is_approximate |= (part.flags & PACK_APPROXIMATE) != 0;
        }
        if (!count_answer(walk, answer, err)) {
            return false;
        }
        while (turn >= 0 && ++at[turn] == lists[turn].count) {
            at[turn--] = 0;
        }
        if (turn < 0) {
            return true;
        }
    }
}

/* The lists of the scenario that begins at relation `at`; `*next` is the first behind it. */
static bool visit_scenario(struct gem_walk *walk, size_t at, size_t end, size_t *next,
                           struct error *err)
{
    struct code_relation head = code_pack_relation(walk->pack, at);
    struct gem_answer answer = {.scenario = head.scenario};
    struct gem_list lists[GEM_PARTS_MAX];
    int choice = -1;

    for (; at < end; at++) {
        struct code_relation relation = code_pack_relation(walk->pack, at);
        if (relation.scenario != head.scenario || (relation.flags & PACK_COMBINATION) == 0) {
            break;
        }
        if (relation.choice != choice) {
            if (answer.nparts == GEM_PARTS_MAX) {
                return error_set(err, ERROR_LIMIT, "more than %d choice lists", GEM_PARTS_MAX);
            }
            lists[answer.nparts++] = (struct gem_list){at, 0};
            choice = relation.choice;
        }
        lists[answer.nparts - 1].count++;
    }
    *next = at;
    return visit_cluster(walk, lists, &answer, err);
}

bool gem_translate(const struct code_pack *pack, uint32_t row,
                   void (*visit)(const struct gem_answer *answer, void *context), void *context,
                   struct error *err)
{
    struct gem_walk walk = {pack, visit, context, 0};
    size_t at;
    size_t end = code_pack_related(pack, row, &at);

    for (end += at; at < end;) {
        struct code_relation relation = code_pack_relation(pack, at);
        struct gem_answer answer = {.nparts = 1, .parts = {relation.target}};
        answer.is_approximate = (relation.flags & PACK_APPROXIMATE) != 0;
        if ((relation.flags & PACK_COMBINATION) != 0) {
            if (!visit_scenario(&walk, at, end, &at, err)) {
                return false;
            }
            continue;
        }
        if (relation.target.len > 0 && !count_answer(&walk, &answer, err)) {
            return false;
        }
        at++;
    }
    return true;
}
