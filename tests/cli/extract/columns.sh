# Files of one table with different headers: the union, in order of first appearance.
mkdir dump
printf 'A,B\n1,2\n' >dump/t1.csv
printf 'B,C\n3,4\n' >dump/t2.csv
printf 'x,y\n5,6\n' >dump/u1.csv
cat >source.yml <<'END'
source: s
tables:
  T: {files: "t*.csv"}
  U: {files: "u*.csv", columns: [A, B]}
  V: {files: "v*.csv", optional: true}
END
hms extract source.yml --dir dump -o raw
hms cat --json raw/T.hmb
hms cat raw/U.hmb
sed -i 's/columns: \[A, B\]/columns: [A]/' source.yml
hms extract source.yml --dir dump -o raw
