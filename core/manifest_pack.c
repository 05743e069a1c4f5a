#include "core/manifest.h"

#include "core/wire.h"

void manifest_pack_write(const struct manifest_pack *pack, struct strbuf *out)
{
    wire_put_text(out, text_of(pack->name));
    wire_put_text(out, text_of(pack->release));
    wire_put_text(out, text_of(pack->sha256));
}

bool manifest_pack_read(struct manifest_pack *pack, struct text payload, struct arena *arena)
{
    struct wire wire = wire_of(payload);

    pack->name = arena_strdup(arena, wire_text(&wire));
    pack->release = arena_strdup(arena, wire_text(&wire));
    pack->sha256 = arena_strdup(arena, wire_text(&wire));
    return !wire.bad && wire.at == wire.end;
}
