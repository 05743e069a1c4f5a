# Some tables of one organisation, as a benchmark wants them; a second run clears the first.
set -eu

hms synth -q --patients 100 --results 1000 --only northgate --tables OBSERVATION,PATIENT_MST -o out
cat out/truth/counts.csv
find out -type f | sort
hms synth -q --patients 100 --only stmary --tables person --seed 3 -o out
find out -type f | sort
