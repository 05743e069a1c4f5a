/*
 * options.h - the command line of hmsd.
 */
#ifndef HMS_SERVE_OPTIONS_H
#define HMS_SERVE_OPTIONS_H

#include "core/error.h"

struct options {
    const char *store;     /* --store or $HMS_STORE */
    const char *tokens;    /* the file of tokens */
    const char *host;      /* an address, not a name */
    const char *base_url;  /* what links begin with; NULL: made from host and port */
    const char *user;      /* whom to become when started by root */
    const char *new_token; /* organisation of a token to make, instead of serving */
    const char *name;      /* of that token */
    int port;              /* 0: any */
    int connections;
    int per_ip;
    int days;
    bool is_quiet;
    bool wants_help;
};

bool options_parse(struct options *options, int argc, char **argv,
                   struct error *err) MUST_CHECK;
void options_print_help(void);

#endif
