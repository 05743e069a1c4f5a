#!/bin/bash
# layers - the picture of docs/ARCHITECTURE.md, read from the includes.
#
#   1. a room includes only rooms it may stand on (the table below is the picture)
#   2. only cli/ and serve/ print, read the environment or exit
#   3. a header that is neither ours nor the C library's is included by one .c file, libpq excepted
set -u
. "$(dirname "$0")/files.bash"

sources=$(files '*.c' '*.h' | grep -v '^tests/')

# shellcheck disable=SC2086
awk -f tests/lint/code.awk $sources | awk -F: '
BEGIN {
    may["core"] = ""
    may["terminology"] = "core"
    may["mappings"] = "core"
    may["extract"] = "core"
    may["load"] = "core"
    may["transform"] = "core terminology mappings"
    may["rehearsals"] = "core terminology mappings extract load transform"
    may["cli"] = "core terminology mappings extract load transform rehearsals"
    may["serve"] = may["cli"]
    ours = "^(core|terminology|mappings|extract|load|transform|rehearsals|cli|serve)$"
    c_library = "^(arpa|net|netinet|sys|linux)/|^(aio|assert|complex|ctype|dirent|dlfcn|endian|errno|fcntl|fenv|float|fnmatch|getopt|glob|grp|iconv|immintrin|inttypes|iso646|langinfo|libgen|limits|locale|malloc|math|netdb|poll|pthread|pwd|regex|sched|search|semaphore|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|syslog|termios|threads|time|uchar|unistd|utime|wchar|wctype)[.]h$"
    speaks = "(^|[^A-Za-z0-9_])((v?printf|v?fprintf|puts|putchar|perror|getenv|secure_getenv|setenv|exit|err|errx|warn|warnx)[ \t]*[(]|(stdout|stderr|environ)([^A-Za-z0-9_]|$))"
    # what a child process is given is not read from ours
    gives = "^(extern char [*][*]environ;|[ \t]*environ = .*;)$"
}
{
    room = $1
    sub("/.*", "", room)
    code = $0
    sub("^[^:]*:[0-9]*:", "", code)
    place = $1 ":" $2
}
code ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
    match(code, /"[^"]*"/)
    header = substr(code, RSTART + 1, RLENGTH - 2)
    to = header
    if (!sub("/.*", "", to)) {
        complain(place ": \"" header "\" is not written from the root of the project")
    } else if (to !~ ours) {
        complain(place ": \"" header "\" is in no room of the house")
    } else if (to != room && !index(" " may[room] " ", " " to " ")) {
        complain(place ": " room "/ may not stand on " to "/")
    }
    next
}
code ~ /^[ \t]*#[ \t]*include[ \t]*</ {
    match(code, /<[^>]*>/)
    header = substr(code, RSTART + 1, RLENGTH - 2)
    if (header ~ c_library || header ~ /^(libpq-fe|postgres_ext)[.]h$/) {
        next
    }
    if ($1 ~ /[.]h$/) {
        complain(place ": <" header "> belongs in one .c file, not in a header")
    } else if (header in includer) {
        complain(place ": <" header "> is already included by " includer[header])
    }
    includer[header] = $1
    next
}
room !~ /^(cli|serve)$/ && code !~ /^[ \t]*#/ && code ~ speaks && code !~ gives && code !~ /__attribute__/ {
    complain(place ": only cli/ and serve/ print, read the environment or exit:" code)
}
function complain(what) {
    print what
    failed = 1
}
END { exit failed }
'
