# The source.yml of docs/extract.md, run on files that it describes.
awk '/^```yaml$/ { on = 1; next } /^```$/ { on = 0 } on' "$HMS_ROOT/docs/extract.md" >source.yml
mkdir dump
printf 'ID;NAME;GEB\r\n1;M\374ller;02/01/1970\r\n2;"Gro\337; Anna";\r\n' >dump/patienten_a.csv
printf 'ID;NAME;GEB\r\n3;Weiss;03/04/1981\r\n' >dump/patienten_b.csv
printf 'ID;WERT\r\n7;1,5\r\n' >dump/labor_2011.csv
printf 'WERT;ID;EINHEIT\r\n2,5;8;mg\r\n' >dump/labor_2012.csv
printf '1\t"quoted" or not\n2\tsecond\n' >dump/texte.txt
echo 'rows;6' >dump/export_summary.csv
echo 'done' >dump/run.log
hms extract source.yml --dir dump -o raw -v
hms extract --verify raw
for table in PATIENTEN LABOR TEXTE; do
    echo "--- $table"
    hms cat raw/$table.hmb
done
ls raw
