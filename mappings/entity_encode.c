#include "mappings/entity.h"

static bool is_allowed(const struct entity_column *column, struct text value)
{
    for (const char *const *word = column->allowed; *word != NULL; word++) {
        if (value.len > 0 && value.at[0] == **word && text_is(value, *word)) {
            return true;
        }
    }
    return false;
}

const char *entity_column_encode(const struct entity_column *column, struct cell value,
                                 struct strbuf *tuple)
{
    if (value.state != CELL_TEXT) {
        if (column->required) {
            return "value.missing";
        }
        column_encode_null(tuple);
        return NULL;
    }
    if (column->allowed != NULL && !is_allowed(column, cell_text(value))) {
        return "value.set";
    }
    return column_encode(tuple, column->type, cell_text(value));
}
