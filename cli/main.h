/* main.h - what main.c shares with store_option.c: the raw text of --store. */
#ifndef HMS_CLI_MAIN_H
#define HMS_CLI_MAIN_H

extern const char *cli_store_option; /* NULL: not given */

#endif
