/*
 * shown.h - values from hospitals on standard output, for people.
 *
 * Safety    control characters, what turns the direction of writing and what is not UTF-8 are
 *           printed as U+FFFD, so that a value can neither steer a terminal nor break a line.
 */
#ifndef HMS_CLI_SHOWN_H
#define HMS_CLI_SHOWN_H

#include "core/text.h"

/* Bytes of the character at the beginning, 1 for what is not UTF-8. */
size_t shown_char_bytes(struct text text);
/* Prints the text; the number of characters. */
int shown_print(struct text text);

#endif
