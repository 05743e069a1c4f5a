#include "transform/code_judge.h"

#include "core/file.h"
#include "terminology/code_system.h"
#include "terminology/registry.h"
#include "terminology/signature.h"

enum { PACK_FILE_MAX = INT32_MAX };

struct judge_pack {
    struct code_pack *pack;
    struct text name;
    char *path;
    bool was_asked;
};

struct code_judge {
    struct judge_pack *packs; /* by name, of one name the latest first */
    size_t npacks;
    char *system; /* that was asked last, and its packs */
    size_t system_len;
    size_t first;
    size_t count;
    struct code_judge_totals totals;
};

static bool add_pack(struct code_judge *judge, const struct registry *registry, size_t index,
                     struct error *err)
{
    struct judge_pack *added;
    char *path = registry_path(registry, registry->active[index]);
    struct code_pack *pack = registry_active_pack(registry, index, err);

    if (pack == NULL) {
        free(path);
        return false;
    }
    judge->packs = xrealloc(judge->packs, (judge->npacks + 1) * sizeof(*judge->packs));
    added = &judge->packs[judge->npacks++];
    *added = (struct judge_pack){.pack = pack, .path = path};
    added->name = code_pack_meta(pack, "name", 0);
    return true;
}

static int compare_packs(const void *left, const void *right)
{
    const struct judge_pack *a = left;
    const struct judge_pack *b = right;
    int order = text_compare(a->name, b->name);

    if (order != 0) {
        return order;
    }
    return (code_pack_from(b->pack) > code_pack_from(a->pack)) -
           (code_pack_from(b->pack) < code_pack_from(a->pack));
}

struct code_judge *code_judge_open(const char *folder, struct error *err)
{
    struct code_judge *judge = xcalloc(1, sizeof(*judge));
    struct registry registry;
    bool ok = registry_open(&registry, folder, err);

    for (size_t i = 0; ok && i < registry.nactive; i++) {
        ok = add_pack(judge, &registry, i, err);
    }
    registry_release(&registry);
    if (!ok) {
        code_judge_free(judge);
        return NULL;
    }
    if (judge->npacks > 0) {
        qsort(judge->packs, judge->npacks, sizeof(*judge->packs), compare_packs);
    }
    return judge;
}

void code_judge_free(struct code_judge *judge)
{
    for (size_t i = 0; judge != NULL && i < judge->npacks; i++) {
        code_pack_free(judge->packs[i].pack);
        free(judge->packs[i].path);
    }
    if (judge != NULL) {
        free(judge->packs);
        free(judge->system);
        free(judge);
    }
}

size_t code_judge_packs(const struct code_judge *judge)
{
    return judge->npacks;
}

struct code_judge_totals code_judge_totals(const struct code_judge *judge)
{
    return judge->totals;
}

/* Rows of one system come in long runs, so the last one is remembered. */
static void turn_to(struct code_judge *judge, struct text system)
{
    struct text name;

    if (judge->system != NULL && judge->system_len == system.len &&
        memcmp(judge->system, system.at, system.len) == 0) {
        return;
    }
    free(judge->system);
    judge->system = xstrndup(system.at, system.len);
    judge->system_len = system.len;
    judge->first = 0;
    judge->count = 0;
    name = code_system_pack(system);
    for (size_t i = 0; i < judge->npacks; i++) {
        if (text_equal(judge->packs[i].name, name)) {
            judge->first = judge->count == 0 ? i : judge->first;
            judge->count++;
        }
    }
}

bool code_judge_ask(struct code_judge *judge, struct text system, struct text code, int32_t day,
                    enum code_verdict *verdict)
{
    bool was_judged = false;

    turn_to(judge, system);
    for (size_t i = judge->first; i < judge->first + judge->count; i++) {
        struct judge_pack *pack = &judge->packs[i];
        enum code_verdict found;
        if (day != CODE_NO_DAY && !code_pack_covers(pack->pack, day)) {
            continue;
        }
        pack->was_asked = true;
        found = code_check(pack->pack, code, day).verdict;
        if (!was_judged || found == CODE_RIGHT) {
            *verdict = found;
            was_judged = true;
        }
        if (found == CODE_RIGHT) {
            break;
        }
    }
    judge->totals.judged += was_judged;
    judge->totals.wrong += was_judged && *verdict != CODE_RIGHT;
    judge->totals.unverified += !was_judged;
    return was_judged;
}

static bool record_pack(const struct judge_pack *pack, struct manifest *manifest,
                        struct error *err)
{
    struct text release = code_pack_meta(pack->pack, "version", 0);
    char digest[SHA256_HEX];
    struct manifest_pack used = {.sha256 = digest};
    struct strbuf content;
    bool ok;

    strbuf_init(&content, PACK_FILE_MAX);
    ok = file_read(pack->path, PACK_FILE_MAX, &content, err);
    if (ok) {
        char *name = xstrndup(pack->name.at, pack->name.len);
        char *release_name = xstrndup(release.at, release.len);
        sha256_hex(strbuf_text(&content), digest);
        used.name = name;
        used.release = release_name;
        manifest_add_pack(manifest, &used);
        free(name);
        free(release_name);
    }
    strbuf_release(&content);
    return ok;
}

bool code_judge_record(const struct code_judge *judge, struct manifest *manifest,
                       struct error *err)
{
    for (size_t i = 0; i < judge->npacks; i++) {
        if (judge->packs[i].was_asked && !record_pack(&judge->packs[i], manifest, err)) {
            return false;
        }
    }
    return true;
}
