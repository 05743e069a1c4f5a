#include "transform/dedup/people_piece.h"

#include "core/ident.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 32 };

static void set_room(struct people_piece *piece, uint32_t room)
{
    piece->room = room;
    piece->cells =
        xrealloc(piece->cells, (size_t)room * (size_t)piece->ncells * sizeof(*piece->cells));
}

void people_piece_init(struct people_piece *piece, const struct people_model *model)
{
    *piece = (struct people_piece){.ncells = 1 + people_model_columns(model)};
    set_room(piece, FIRST_ROOM);
}

void people_piece_release(struct people_piece *piece)
{
    free(piece->cells);
    free(piece->forms);
    arena_release(&piece->text);
    arena_release(&piece->form_text);
    arena_release(&piece->part.undone);
    *piece = (struct people_piece){0};
}

void people_piece_clear(struct people_piece *piece)
{
    piece->nlines = 0;
    arena_clear(&piece->text);
    arena_clear(&piece->form_text);
    arena_clear(&piece->part.undone);
}

static struct text *next_line(struct people_piece *piece)
{
    if (piece->nlines == piece->room) {
        set_room(piece, piece->room * 2);
    }
    return piece->cells + (size_t)piece->nlines * (size_t)piece->ncells;
}

static struct text copied(struct people_piece *piece, struct text text)
{
    char *at = arena_bytes(&piece->text, text.len);

    if (text.len > 0) {
        memcpy(at, text.at, text.len);
    }
    return (struct text){at, text.len};
}

void people_piece_add(struct people_piece *piece, struct text id, const struct text *cells)
{
    struct text *line = next_line(piece);

    line[0] = copied(piece, id);
    for (int i = 1; i < piece->ncells; i++) {
        line[i] = copied(piece, cells[i - 1]);
    }
    piece->nlines++;
}

void people_piece_cut(struct people_piece *piece, const struct people_columns *columns)
{
    while (people_csv_next(&piece->part, columns->slots, columns->nslots, next_line(piece),
                           piece->ncells)) {
        piece->nlines++;
    }
}

static struct text join_cells(const struct text *cells, int ncells, struct arena *arena)
{
    size_t len = 0;
    char *at;

    if (ncells == 1) {
        return cells[0];
    }
    for (int i = 0; i < ncells; i++) {
        len += cells[i].len + 1;
    }
    at = arena_bytes(arena, len);
    len = 0;
    for (int i = 0; i < ncells; i++) {
        if (cells[i].len > 0) {
            memcpy(at + len, cells[i].at, cells[i].len);
        }
        len += cells[i].len;
        at[len++] = ' ';
    }
    return (struct text){at, len};
}

void people_piece_make(struct people_piece *piece, const struct people_model *model,
                       struct value_former *former)
{
    piece->forms = xrealloc(piece->forms, (size_t)piece->room * (size_t)model->nfields *
                                              sizeof(*piece->forms));
    for (uint32_t line = 0; line < piece->nlines; line++) {
        const struct text *cells = piece->cells + (size_t)line * (size_t)piece->ncells + 1;
        for (int i = 0; i < model->nfields; i++) {
            const struct people_field *field = &model->fields[i];
            struct made_form *made = &piece->forms[(size_t)i * piece->room + line];
            struct text raw = join_cells(cells, field->ncolumns, &piece->form_text);
            char *form = arena_bytes(&piece->form_text, VALUE_FORM_MAX);
            size_t len = value_form(former, field, raw, form);
            arena_trim(&piece->form_text, VALUE_FORM_MAX - len);
            *made = (struct made_form){checksum_of(form, len), form, (uint32_t)len};
            cells += field->ncolumns;
        }
    }
}
