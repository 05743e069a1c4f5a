#include "terminology/code_pack.h"

#include "core/calendar.h"
#include "core/ident.h"
#include "core/wire.h"
#include "terminology/pack_layout.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct code_pack {
    const uint8_t *at;
    size_t mapped;
    const struct pack_header *header;
    const struct pack_row *rows;
    const struct pack_slot *slots;
    const struct pack_rel *rels;
    const char *text;
    uint32_t nrows;
    uint64_t mask; /* slots - 1 */
    size_t nrels;
    enum code_dialect dialect;
    int32_t from;
    int32_t until;
    struct text properties[PACK_PROPERTIES_MAX];
    int nproperties;
};

static bool damaged(struct error *err, const char *what)
{
    return error_set(err, ERROR_INTEGRITY, "the pack is damaged: %s", what);
}

static struct text section(const struct code_pack *pack, enum pack_section which)
{
    return (struct text){(const char *)pack->at + pack->header->sections[which].at,
                         pack->header->sections[which].len};
}

static bool check_header(struct code_pack *pack, struct error *err)
{
    const struct pack_header *header = pack->header;
    const size_t skip = offsetof(struct pack_header, sections);

    if (pack->mapped < sizeof(*header) || memcmp(header->magic, PACK_MAGIC, 8) != 0) {
        return error_set(err, ERROR_INTEGRITY, "this is no pack");
    }
    if (header->size < sizeof(*header) ||
        (header->size != pack->mapped &&
         (header->size > pack->mapped || pack->mapped - header->size != PACK_TRAILER))) {
        return damaged(err, "it is cut or has grown");
    }
    if (header->size != pack->mapped &&
        memcmp(pack->at + header->size, PACK_SIGN_MAGIC, 8) != 0) {
        return damaged(err, "what follows it is no signature");
    }
    if (checksum_of(pack->at + skip, header->size - skip) != header->checksum) {
        return damaged(err, "its checksum is not the one it was built with");
    }
    for (int i = 0; i < PACK_SECTIONS; i++) {
        uint64_t at = header->sections[i].at;
        if (at % 8 != 0 || at > header->size || header->sections[i].len > header->size - at) {
            return damaged(err, "a section lies outside");
        }
    }
    return true;
}

static bool inside(uint32_t at, size_t len, struct text text)
{
    return at <= text.len && len <= text.len - at;
}

static bool check_rows(const struct code_pack *pack, struct error *err)
{
    struct text text = section(pack, PACK_TEXT);
    struct text props = section(pack, PACK_PROPS);
    struct text last = {"", 0};

    for (uint32_t i = 0; i < pack->nrows; i++) {
        const struct pack_row *row = &pack->rows[i];
        struct text code = {pack->text + row->code_at, row->code_len};
        if (!inside(row->code_at, row->code_len, text) ||
            !inside(row->display_at, row->display_len, text) ||
            (row->props_at != UINT32_MAX && row->props_at >= props.len) ||
            (row->parent != CODE_NONE && row->parent >= pack->nrows) ||
            row->status > CODE_DEPRECATED) {
            return damaged(err, "a row leads outside");
        }
        if (text_compare(last, code) >= 0) {
            return damaged(err, "its codes are not sorted");
        }
        last = code;
    }
    return true;
}

static bool check_index(const struct code_pack *pack, struct error *err)
{
    struct text text = section(pack, PACK_TEXT);
    uint64_t empty = 0;

    for (uint64_t i = 0; i <= pack->mask; i++) {
        empty += pack->slots[i].row == CODE_NONE;
        if (pack->slots[i].row != CODE_NONE && pack->slots[i].row >= pack->nrows) {
            return damaged(err, "its index leads outside");
        }
    }
    for (size_t i = 0; i < pack->nrels; i++) {
        const struct pack_rel *rel = &pack->rels[i];
        if (rel->source >= pack->nrows || !inside(rel->target_at, rel->target_len, text) ||
            !inside(rel->note_at, rel->note_len, text) || rel->kind > PACK_RELATED ||
            (i > 0 && pack->rels[i - 1].source > rel->source)) {
            return damaged(err, "a relation leads outside");
        }
    }
    return empty > 0 || damaged(err, "its index is full");
}

static bool read_meta(struct code_pack *pack, struct error *err)
{
    struct wire wire = wire_of(section(pack, PACK_META));

    pack->from = CODE_NO_DAY;
    pack->until = CODE_NO_DAY;
    while (wire.at < wire.end && !wire.bad) {
        struct text key = wire_text(&wire);
        struct text value = wire_text(&wire);
        bool ok = true;
        if (text_is(key, "from")) {
            ok = calendar_parse_date(value, &pack->from);
        } else if (text_is(key, "until")) {
            ok = calendar_parse_date(value, &pack->until);
        } else if (text_is(key, "dialect")) {
            ok = code_dialect_of(value, &pack->dialect);
        } else if (text_is(key, "property")) {
            ok = pack->nproperties < PACK_PROPERTIES_MAX;
            if (ok) {
                pack->properties[pack->nproperties++] = value;
            }
        }
        if (!ok) {
            return damaged(err, "its description cannot be read");
        }
    }
    return !wire.bad || damaged(err, "its description is cut");
}

/* `known` is the checksum of a pack that was opened before, or NULL. */
static bool bind(struct code_pack *pack, const uint64_t *known, struct error *err)
{
    struct text rows;
    struct text slots;
    struct text rels;

    pack->header = (const void *)pack->at;
    if (!check_header(pack, err)) {
        return false;
    }
    rows = section(pack, PACK_ROWS);
    slots = section(pack, PACK_HASH);
    rels = section(pack, PACK_RELS);
    pack->rows = (const void *)rows.at;
    pack->slots = (const void *)slots.at;
    pack->rels = (const void *)rels.at;
    pack->text = section(pack, PACK_TEXT).at;
    if (rows.len / sizeof(*pack->rows) >= CODE_NONE || rows.len % sizeof(*pack->rows) != 0 ||
        rels.len % sizeof(*pack->rels) != 0 || slots.len % sizeof(*pack->slots) != 0 ||
        slots.len == 0 || (slots.len & (slots.len - 1)) != 0) {
        return damaged(err, "a section has the wrong size");
    }
    pack->nrows = (uint32_t)(rows.len / sizeof(*pack->rows));
    pack->mask = slots.len / sizeof(*pack->slots) - 1;
    pack->nrels = rels.len / sizeof(*pack->rels);
    if (known != NULL && *known != pack->header->checksum) {
        return error_set(err, ERROR_INTEGRITY, "it is not the pack that was put in force");
    }
    return (known != NULL || (check_rows(pack, err) && check_index(pack, err))) &&
           read_meta(pack, err);
}

static bool map_file(struct code_pack *pack, const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *at = MAP_FAILED;

    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0) {
        at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        pack->mapped = (size_t)info.st_size;
    }
    if (at == MAP_FAILED) {
        error_set(err, ERROR_INTEGRITY, "%s", fd < 0 ? strerror(errno) : "the file is empty");
    } else {
        pack->at = at;
    }
    if (fd >= 0) {
        close(fd);
    }
    return pack->at != NULL;
}

static struct code_pack *open_pack(const char *path, const uint64_t *known, struct error *err)
{
    struct code_pack *pack = xcalloc(1, sizeof(*pack));

    if (!map_file(pack, path, err) || !bind(pack, known, err)) {
        error_wrap(err, "%s", path);
        code_pack_free(pack);
        return NULL;
    }
    return pack;
}

struct code_pack *code_pack_open(const char *path, struct error *err)
{
    return open_pack(path, NULL, err);
}

struct code_pack *code_pack_open_known(const char *path, uint64_t checksum, struct error *err)
{
    return open_pack(path, &checksum, err);
}

void code_pack_free(struct code_pack *pack)
{
    if (pack != NULL) {
        if (pack->at != NULL) {
            munmap((void *)(uintptr_t)pack->at, pack->mapped);
        }
        free(pack);
    }
}

struct text code_pack_meta(const struct code_pack *pack, const char *key, int nth)
{
    struct wire wire = wire_of(section(pack, PACK_META));

    while (wire.at < wire.end) {
        struct text found = wire_text(&wire);
        struct text value = wire_text(&wire);
        if (text_is(found, key) && nth-- == 0) {
            return value;
        }
    }
    return (struct text){"", 0};
}

enum code_dialect code_pack_dialect(const struct code_pack *pack)
{
    return pack->dialect;
}

int32_t code_pack_from(const struct code_pack *pack)
{
    return pack->from;
}

int32_t code_pack_until(const struct code_pack *pack)
{
    return pack->until;
}

bool code_pack_covers(const struct code_pack *pack, int32_t day)
{
    return (pack->from == CODE_NO_DAY || day >= pack->from) &&
           (pack->until == CODE_NO_DAY || day < pack->until);
}

uint64_t code_pack_checksum(const struct code_pack *pack)
{
    return pack->header->checksum;
}

uint32_t code_pack_count(const struct code_pack *pack)
{
    return pack->nrows;
}

size_t code_pack_relations(const struct code_pack *pack)
{
    return pack->nrels;
}

struct text code_pack_blob(const struct code_pack *pack)
{
    return section(pack, PACK_BLOB);
}

struct text code_pack_signed(const struct code_pack *pack, struct text *signature)
{
    const char *end = (const char *)pack->at + pack->header->size;
    bool has = pack->mapped != pack->header->size;

    *signature = has ? (struct text){end + 8, PACK_SIGNATURE} : (struct text){"", 0};
    return (struct text){(const char *)pack->at, pack->header->size};
}

static bool slot_is(const struct code_pack *pack, const struct pack_slot *slot,
                    const char *head, struct text code)
{
    const struct pack_row *row;

    if (memcmp(slot->head, head, sizeof(slot->head)) != 0) {
        return false;
    }
    if (code.len < sizeof(slot->head)) {
        return true;
    }
    row = &pack->rows[slot->row];
    return text_equal(code, (struct text){pack->text + row->code_at, row->code_len});
}

/* NULL: not there. */
static const struct pack_slot *find_slot(const struct code_pack *pack, struct text code)
{
    uint64_t at = checksum_of(code.at, code.len) & pack->mask;
    char head[sizeof(pack->slots->head)] = {0};

    memcpy(head, code.at, code.len < sizeof(head) ? code.len : sizeof(head));
    for (; pack->slots[at].row != CODE_NONE; at = (at + 1) & pack->mask) {
        if (slot_is(pack, &pack->slots[at], head, code)) {
            return &pack->slots[at];
        }
    }
    return NULL;
}

uint32_t code_pack_find(const struct code_pack *pack, struct text code)
{
    const struct pack_slot *slot = find_slot(pack, code);

    return slot == NULL ? CODE_NONE : slot->row;
}

uint32_t code_pack_find_state(const struct code_pack *pack, struct text code,
                              struct code_state *state)
{
    const struct pack_slot *slot = find_slot(pack, code);

    if (slot == NULL) {
        return CODE_NONE;
    }
    *state =
        (struct code_state){slot->flags, (enum code_status)slot->status, slot->is_dated != 0};
    return slot->row;
}

struct code_entry code_pack_entry(const struct code_pack *pack, uint32_t index)
{
    const struct pack_row *row = &pack->rows[index];

    return (struct code_entry){
        .code = {pack->text + row->code_at, row->code_len},
        .display = {pack->text + row->display_at, row->display_len},
        .status = (enum code_status)row->status,
        .flags = row->flags,
        .parent = row->parent,
        .from = row->from,
        .until = row->until,
    };
}

size_t code_pack_related(const struct code_pack *pack, uint32_t row, size_t *first)
{
    size_t low = 0;
    size_t high = pack->nrels;
    size_t end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pack->rels[middle].source < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (end = low; end < pack->nrels && pack->rels[end].source == row; end++) {
    }
    *first = low;
    return end - low;
}

struct code_relation code_pack_relation(const struct code_pack *pack, size_t index)
{
    const struct pack_rel *rel = &pack->rels[index];

    return (struct code_relation){
        .kind = (enum pack_relation_kind)rel->kind,
        .target = {pack->text + rel->target_at, rel->target_len},
        .note = {pack->text + rel->note_at, rel->note_len},
        .scenario = rel->scenario,
        .choice = rel->choice,
        .flags = rel->flags,
    };
}

bool code_pack_property(const struct code_pack *pack, uint32_t row, size_t *at,
                        struct text *name, struct text *value)
{
    struct text props = section(pack, PACK_PROPS);
    uint32_t start = pack->rows[row].props_at;
    struct wire wire;
    uint64_t len;
    uint8_t key;

    if (start == UINT32_MAX) {
        return false;
    }
    wire = wire_of((struct text){props.at + start, props.len - start});
    len = wire_varint(&wire);
    if (wire.bad || len > (uint64_t)(wire.end - wire.at) || *at >= len) {
        return false;
    }
    wire.end = wire.at + len;
    wire.at += *at;
    key = wire_u8(&wire);
    *value = wire_text(&wire);
    *at = len - (uint64_t)(wire.end - wire.at);
    if (wire.bad || key >= pack->nproperties) {
        return false;
    }
    *name = pack->properties[key];
    return true;
}

struct text code_pack_value(const struct code_pack *pack, uint32_t row, const char *name)
{
    struct text found;
    struct text value;
    size_t at = 0;

    while (code_pack_property(pack, row, &at, &found, &value)) {
        if (text_is(found, name)) {
            return value;
        }
    }
    return (struct text){"", 0};
}

const char *code_status_name(enum code_status status)
{
    static const char *const names[] = {
#define X(status, name) name,
        CODE_STATUS_LIST(X)
#undef X
    };

    return names[status];
}

const char *pack_relation_name(enum pack_relation_kind kind)
{
    static const char *const names[] = {
#define X(kind, name) name,
        PACK_RELATION_LIST(X)
#undef X
    };

    return names[kind];
}
