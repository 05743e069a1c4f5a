/*
 * text_file.h - a file written piece by piece, which comes into place when it is whole.
 *
 * Shape     core/fresh_file.h behind a buffer of 256 KiB.
 * Errors    ERROR_CONFIG, said once by text_file_close(); what follows a failure is dropped.
 */
#ifndef HMS_TRANSFORM_DEDUP_TEXT_FILE_H
#define HMS_TRANSFORM_DEDUP_TEXT_FILE_H

#include "core/error.h"
#include "core/text.h"

struct text_file;

struct text_file *text_file_open(const char *path, struct error *err); /* NULL on error */
void text_file_add(struct text_file *file, struct text text);
void text_file_puts(struct text_file *file, const char *string);
void text_file_uint(struct text_file *file, uint64_t number);
/* As "%.*f" writes it; below 10^18 with its decimals. */
void text_file_fixed(struct text_file *file, double number, int decimals);
/* With quotes when CSV needs them. */
void text_file_cell(struct text_file *file, struct text text);
/* Frees the file in any case. */
bool text_file_close(struct text_file *file, struct error *err) MUST_CHECK;
/* Instead of a close: nothing comes into place. */
void text_file_drop(struct text_file *file);

#endif
