# One table in many charsets: the same cells, each with its own place.
printf 'ID|NAME\r\n1|M\303\274ller\r\n2|"\303\211lise\nan der \303\204hr"\r\n3|\303\246\r\n' >utf8.csv
iconv -f utf-8 -t windows-1252 utf8.csv >latin.csv
iconv -f utf-8 -t utf-16le utf8.csv >le.csv
{ printf '\377\376'; cat le.csv; } >bom.csv
iconv -f utf-8 -t utf-32be utf8.csv >be32.csv
read_as() {
    hms extract -q "$1.csv" --charset "$2" --delimiter '|' -o raw &&
        hms cat --json "raw/$1.hmb" | sed 's/"hms":"row 1","table":"[^"]*","file":"[^"]*",//'
}
for pair in utf8:utf-8 latin:windows-1252 le:utf-16le bom:utf-16 be32:utf-32be; do
    echo "--- $pair"
    read_as "${pair%:*}" "${pair#*:}"
done
for pair in bom:utf-8 le:utf-16 utf8:klingon; do
    read_as "${pair%:*}" "${pair#*:}" || echo "exit $?"
done
