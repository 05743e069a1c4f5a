#!/bin/bash
# docs - what the documents say is there: links and file names in *.md lead somewhere, every verb
# has a man page, and every option of its table is on that page; one letter is one option.
set -u
. "$(dirname "$0")/files.bash"
failed=0
complain() { echo "$*"; failed=1; }

# name, target  for each link "](target)" and each `room/file.ext`, outside of code blocks
references() { # FILE
    awk -v file="$1" '
        /^ *```/ { in_code = !in_code; next }
        in_code { next }
        {
            line = $0
            while (match(line, /\]\([^)# ]+[)#]/)) {
                print "link", substr(line, RSTART + 2, RLENGTH - 3)
                line = substr(line, RSTART + RLENGTH)
            }
            line = $0
            while (match(line, /`[a-z_.]+\/[A-Za-z0-9_.\/-]+`/)) {
                print "path", substr(line, RSTART + 1, RLENGTH - 2)
                line = substr(line, RSTART + RLENGTH)
            }
        }' "$1"
}

for page in docs/*.md; do
    grep -qF "($page)" README.md || complain "README.md does not lead to $page"
done

rooms='^(core|terminology|mappings|extract|transform|load|rehearsals|cli|serve|tests|docs|\.ci)/.*\.[a-z]+$'
for file in $(files '*.md'); do
    while read -r kind target; do
        case $kind:$target in
        link:http://* | link:https://* | link:mailto:*) ;;
        link:*) [ -e "$(dirname "$file")/$target" ] || complain "$file: nothing is at '$target'" ;;
        path:*NAME* | path:*VERB* | path:*CASE* | path:*ROOM* | path:*NNN* | path:*_X.*) ;; # placeholders
        path:*) [[ ! $target =~ $rooms || -e $target ]] || complain "$file: there is no '$target'" ;;
        esac
    done < <(references "$file")
done

hms=${HMS_BUILD:-build/dev}/hms
[ -x "$hms" ] || complain "$hms is not built: no option was compared with its page"
verbs=$(sed -n 's/^ *X(\([a-z]*\)).*/\1/p' cli/verbs.h)
for verb in $verbs; do
    page=docs/man/hms-$verb.scd
    [ -e "$page" ] || { complain "hms $verb has no page $page"; continue; }
    grep -qF "*hms-$verb*(1)" docs/man/hms.scd || complain "docs/man/hms.scd does not name hms-$verb"
    for option in $("$hms" "$verb" --help | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
        grep -qF -- "$option" "$page" docs/man/hms.scd || complain "$page: says nothing of $option"
    done
    "$hms" "$verb" --help | awk -v verb="$verb" 'END { exit NR > 24 }' ||
        complain "hms $verb --help has more than 24 lines"
done

# a letter means the same in every verb, as docs/HACKING.md says
letters=$(for verb in $verbs; do "$hms" "$verb" --help; done | sed -nE 's/^  -([a-z]), --([a-z-]*).*/\1 \2/p' | sort -u)
twice=$(cut -d' ' -f1 <<<"$letters" | uniq -d)
[ -z "$twice" ] || complain "letters that mean several things:" $(grep -E "^($(paste -sd'|' <<<"$twice")) " <<<"$letters")
exit $failed
