#include "core/reject.h"

void reject_write(const struct reject *reject, struct strbuf *out)
{
    wire_put_u8(out, (uint8_t)reject->outcome);
    wire_put_text(out, reject->rule);
    wire_put_text(out, reject->column);
    wire_put_text(out, reject->file);
    wire_put_varint(out, reject->line);
    wire_put_varint(out, reject->offset);
    wire_put_varint(out, reject->length);
    wire_put_text(out, reject->key);
    wire_put_text(out, reject->bytes);
}

bool reject_read(struct wire *wire, struct reject *reject)
{
    uint8_t outcome = wire_u8(wire);

    reject->outcome = outcome < OUTCOME_COUNT ? (enum outcome)outcome : OUTCOME_REJECTED;
    reject->rule = wire_text(wire);
    reject->column = wire_text(wire);
    reject->file = wire_text(wire);
    reject->line = wire_varint(wire);
    reject->offset = wire_varint(wire);
    reject->length = (uint32_t)wire_varint(wire);
    reject->key = wire_text(wire);
    reject->bytes = wire_text(wire);
    return !wire->bad && outcome < OUTCOME_COUNT;
}
