# ICD-10-PCS and the GEMs of procedures, of our own making.
row() { # NUMBER CODE FLAG TITLE
    printf '%05d %-7s %d %-60.60s %s\n' "$1" "$2" "$3" "$4" "$4"
}
{
    row 1 0D2 0 'Digestive System, Change'
    row 2 0D20X0Z 1 'Change Drainage Device in Upper Intestinal Tract, External Approach'
    row 3 0D20XUZ 1 'Change Feeding Device in Upper Intestinal Tract, External Approach'
} >icd10pcs_order_2031.txt
printf '%s\n' '0010 3E0P0LZ 10000' '0011 NoPCS   11000' >gem_i9pcs_2031.txt
printf '%s\n' '0D20X0Z 9703 10000' '0D20XUZ 9702 00000' >gem_pcsi9_2031.txt
hms term build .
hms term codes ./icd10pcs-2031.hmspack
hms term validate ./icd10pcs-2031.hmspack 0d20x0z 0D2 0D20X0 0D20XOZ 0D20X9Z 0D2.0X0Z || echo "exit $?"
hms term translate ./gem-icd9cm-icd10pcs-2031.hmspack 0010 0011 || echo "exit $?"
hms term translate ./gem-icd10pcs-icd9cm-2031.hmspack 0D20X0Z 0D20XUZ
