# Every file is one table's or is ignored: nothing is left out silently.
mkdir dump
printf 'A\n1\n' >dump/a.csv
try() {
    printf 'source: s\n%s\n' "$1" >source.yml
    hms extract source.yml --dir dump -o raw || echo "exit $?"
}
try 'tables: {A: {files: "*.csv"}}'
try 'tables: {A: {files: "a.csv"}, B: {files: "a*"}}'
try 'tables: {A: {files: "*.csv"}, B: {files: "b.csv"}}'
try 'tables: {A: {files: "*.csv"}, B: {files: "b.csv", optional: true}}'
mkdir dump/old
try 'tables: {A: {files: "*.csv"}}'
echo 'x' >dump/b.csv
try 'tables: {A: {files: "*.csv"}}
ignore: [old, b.csv]'
hms cat raw/A.hmb
