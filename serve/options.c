#include "serve/options.h"

#include "serve/db.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_MAX = 1000000 };

static const struct option long_options[] = {{"store", required_argument, NULL, 's'},
                                             {"tokens", required_argument, NULL, 't'},
                                             {"host", required_argument, NULL, 'a'},
                                             {"port", required_argument, NULL, 'p'},
                                             {"base-url", required_argument, NULL, 'b'},
                                             {"connections", required_argument, NULL, 'c'},
                                             {"per-ip", required_argument, NULL, 'i'},
                                             {"user", required_argument, NULL, 'u'},
                                             {"new-token", required_argument, NULL, 'n'},
                                             {"name", required_argument, NULL, 'm'},
                                             {"days", required_argument, NULL, 'd'},
                                             {"quiet", no_argument, NULL, 'q'},
                                             {"help", no_argument, NULL, 'h'},
                                             {0}};

void options_print_help(void)
{
    puts("usage: hmsd --tokens FILE [options]\n"
         "       hmsd --tokens FILE --new-token ORG [--name NAME] [--days N]\n\n"
         "the store as FHIR R4 JSON over HTTP, one organisation a token\n\n"
         "      --store CONNINFO   the store [$HMS_STORE]\n"
         "      --tokens FILE      who may ask; mode 0600\n"
         "      --host ADDRESS     where to listen [127.0.0.1]\n"
         "      --port N           0 takes a free one [8080]\n"
         "      --base-url URL     what links begin with [http://HOST:PORT/fhir]\n"
         "      --connections N    to the store [4]\n"
         "      --per-ip N         connections from one address [256]\n"
         "      --user NAME        whom to become when started by root [nobody]\n"
         "      --new-token ORG    make a token for that organisation, show it once, and end\n"
         "      --name NAME        of the new token, for the log [ORG]\n"
         "      --days N           how long the new token is good for [90]\n"
         "  -q, --quiet            no line for each request\n\n"
         "example: hmsd --tokens tokens.yml --store 'dbname=hms'");
}

static bool to_number(const char *text, int least, int most, int *number, struct error *err)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (text[0] < '0' || text[0] > '9' || *end != '\0' || value < least || value > most) {
        return error_set(err, ERROR_USAGE, "'%s' is not a number from %d to %d", text, least,
                         most);
    }
    *number = (int)value;
    return true;
}

static bool take_option(struct options *options, int letter, struct error *err)
{
    switch (letter) {
    case 's':
        options->store = optarg;
        return true;
    case 't':
        options->tokens = optarg;
        return true;
    case 'a':
        options->host = optarg;
        return true;
    case 'b':
        options->base_url = optarg;
        return true;
    case 'u':
        options->user = optarg;
        return true;
    case 'n':
        options->new_token = optarg;
        return true;
    case 'm':
        options->name = optarg;
        return true;
    case 'p':
        return to_number(optarg, 0, 65535, &options->port, err);
    case 'c':
        return to_number(optarg, 1, DB_CONNECTIONS_MAX, &options->connections, err);
    case 'i':
        return to_number(optarg, 1, NUMBER_MAX, &options->per_ip, err);
    case 'd':
        return to_number(optarg, 1, 3660, &options->days, err);
    case 'q':
        options->is_quiet = true;
        return true;
    case 'h':
        options->wants_help = true;
        return true;
    default:
        return error_set(err, ERROR_USAGE, "an option is not known or lacks its value");
    }
}

bool options_parse(struct options *options, int argc, char **argv, struct error *err)
{
    int letter;

    *options = (struct options){.store = getenv("HMS_STORE"),
                                .host = "127.0.0.1",
                                .user = "nobody",
                                .port = 8080,
                                .connections = 4,
                                .per_ip = 256,
                                .days = 90};
    opterr = 0;
    while ((letter = getopt_long(argc, argv, "qh", long_options, NULL)) != -1) {
        if (!take_option(options, letter, err)) {
            goto failed;
        }
    }
    if (options->wants_help) {
        return true;
    }
    if (optind < argc) {
        error_set(err, ERROR_USAGE, "'%s' is not an option", argv[optind]);
    } else if (options->tokens == NULL) {
        error_set(err, ERROR_USAGE, "--tokens FILE is missing");
    } else if (options->new_token == NULL && (options->store == NULL || !options->store[0])) {
        error_set(err, ERROR_USAGE, "--store CONNINFO is missing");
    } else {
        return true;
    }
failed:
    error_hint(err, "try 'hmsd --help'");
    return false;
}
