# Each coded row says which mapping gave its code and what is known of it; packs in force judge on the day of service.
. "$HMS_ROOT/tests/coded_site.bash"
order() { # YEAR CODE FLAG TITLE...
    local year=$1 n=0
    shift
    while [ $# -gt 0 ]; do
        n=$((n + 1))
        printf '%05d %-7s %d %-60s %s\n' $n "$1" "$2" "$3" "$3"
        shift 3
    done >order_$year.txt
}
order 2031 A00 0 Invented A000 1 'First kind' A001 1 'Second kind'
order 2032 A00 0 Invented A000 0 'First kind' A0001 1 'First kind, new' A001 1 'Other words' A002 1 Third
hms term build order_2031.txt -o packs -q >/dev/null
hms term build order_2032.txt -o packs -q >/dev/null
export HMS_TERMINOLOGY=reg
coded_site
cat >dump/dx.csv <<'END'
id,patient,code,kind,seen
1,7,A00.0,own,2031-09-30 23:30
2,7,A00.0,own,2031-10-01 00:30
3,7,A002,own,2031-01-05 08:00
4,7,A00.2,own,2031-12-05 08:00
5,7,A00,own,2031-12-05 08:00
6,7,Z99.9,own,2031-12-05 08:00
7,7,A00.1,own,2040-12-05 08:00
8,7,A00.2,own,
9,7,,own,2031-12-05 08:00
10,7,nonsense,own,2031-12-05 08:00
11,7,one,list,2031-12-05 08:00
12,7,two,list,2031-12-05 08:00
13,7,three,list,2031-12-05 08:00
14,7,four,list,2031-12-05 08:00
END
sed -i "/^target:/a only: {when: \"kind = 'own'\", otherwise: exclude dx.list, why: the other map}" maps/dx.yml
echo "  M005: {to: source_text, from: code, via: prefix 'text of ', why: as written}" >>maps/dx.yml
sed 's/site\/dx/site\/list/; s/key: id/key: id, part: list/; s/kind = .own./kind = '"'list'"'/; s/dx\.list/dx.own/
    s/  M002: .*/  M002: {to: code, from: code, via: code_map '"'own.tsv'"', why: by the list}/' maps/dx.yml >maps/list.yml
printf '%s\t' subject_id subject_label predicate_id object_id object_label mapping_justification author_id >maps/own.tsv
printf 'reviewer_id\n' >>maps/own.tsv
row() { printf '%s\t\tskos:exactMatch\t%s\t\tsemapv:ManualMappingCuration\tanna\t%s\n' "$@" >>maps/own.tsv; }
row one A00.1 ben
row three A00.0 ben
row two A00.1 ''
hms extract maps/source.yml --dir dump -o raw -q

states() {
    hms cat "$1/dx.hmb" --json | sed -nE 's/.*"source_key":"([^"]*)".*"code":("[^"]*"|null).*"code_map":("[^"]*"|null),"code_state":("[^"]*"|null).*/\1 \2 \3 \4/p' | tr '\037' '/'
}
hms transform raw --maps maps --org site -o none >/dev/null
states none
grep -c '"packs"' none/manifest.json || true
hms term install packs/*.hmspack -q >names
hms term activate -q icd10cm-2031
hms term activate -q icd10cm-2032
hms transform raw --maps maps --org site -o stage -v
states stage
grep -c '"sha256"' stage/manifest.json
hms transform - --maps maps --org site --terminology elsewhere -o - <raw/dx.hmb | hms cat - --json | grep -c unverified
