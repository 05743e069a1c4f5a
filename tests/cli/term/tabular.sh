# An ICD-10-CM tabular list and an order file of our own making: alone the list makes the codes that
# the order file has; together the one gives codes, the other hierarchy and notes.
cat >list.xml <<'END'
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="icd10cm-tabular.xsd">
  <version>2031</version>
  <title>ICD-10-CM TABULAR LIST of INVENTED DISEASES</title>
  <introduction><introSection type="title"><title>Not read</title></introSection></introduction>
  <chapter>
    <name>1</name>
    <desc>Invented diseases (Q00-Q99)</desc>
    <includes><note>diseases that nobody has</note></includes>
    <useAdditionalCode><note>code to say why (Z00.-)</note></useAdditionalCode>
    <sectionIndex><sectionRef first="Q00" last="Q09" id="Q00-Q09">Plain diseases</sectionRef></sectionIndex>
    <section id="Q00-Q09">
      <desc>Plain diseases (Q00-Q09)</desc>
      <diag><name>Q00</name><desc>Cholera of the moon</desc>
        <excludes1><note>cholera of the sun (Q01.-)</note></excludes1>
        <excludes2><note>carrier (Z22)</note></excludes2>
        <codeFirst><note>the moon</note></codeFirst>
        <diag><name>Q00.0</name><desc>Cholera due to cheese</desc>
          <inclusionTerm><note>Classical cholera</note><note>Lunar
            cholera</note></inclusionTerm></diag>
        <diag><name>Q00.9</name><desc>Cholera, unspecified</desc></diag></diag>
      <diag><name>Q01</name><desc>Cholera of the sun</desc><codeAlso><note>sunburn</note></codeAlso></diag>
    </section>
    <section id="Q10">
      <desc>One category alone (Q10)</desc>
      <diag><name>Q10</name><desc>Alone</desc></diag>
    </section>
  </chapter>
  <chapter>
    <name>19</name>
    <desc>Injuries of dragons</desc>
    <section id="S50-S59">
      <desc>Injuries of wings</desc>
      <diag><name>S52</name><desc>Fracture of wing</desc>
        <notes><note>open or closed</note></notes>
        <sevenChrNote><note>One of the following is to be added</note></sevenChrNote>
        <sevenChrDef><extension char="A">initial encounter for closed fracture</extension>
          <extension char="B">initial encounter for open fracture</extension>
          <extension char="S">sequela</extension></sevenChrDef>
        <diag><name>S52.0</name><desc>Fracture of tip</desc>
          <diag><name>S52.00</name><desc>Unspecified fracture of tip</desc>
            <diag><name>S52.001</name><desc>Unspecified fracture of right tip</desc></diag>
            <diag><name>S52.002</name><desc>Unspecified fracture of left tip</desc></diag></diag>
          <diag><name>S52.01</name><desc>Torus fracture of tip</desc>
            <sevenChrDef><extension char="A">initial encounter</extension><extension char="D">subsequent encounter</extension></sevenChrDef>
            <diag><name>S52.011</name><desc>Torus fracture of right tip</desc></diag></diag></diag></diag>
      <diag><name>S59</name><desc>Other injuries of wing</desc>
        <diag placeholder="true"><name>S59.0X</name><desc>Burn</desc>
          <diag><name>S59.0X1</name><desc>Burn by itself</desc></diag></diag></diag>
    </section>
    <section id="W20-W29">
      <desc>Exposure</desc>
      <diag><name>W21</name><desc>Struck by sword</desc>
        <sevenChrDef><extension char="A">initial encounter</extension><extension char="D">subsequent encounter</extension></sevenChrDef>
        <diag><name>W21.9</name><desc>Struck by unspecified sword</desc></diag></diag>
      <diag><name>W22</name><desc>Struck by word</desc>
        <sevenChrDef><extension char="A">initial encounter</extension></sevenChrDef></diag>
    </section>
  </chapter>
</ICD10CM.tabular>
END
n=0
row() { # CODE FLAG TITLE
    n=$((n + 1))
    printf '%05d %-7s %d %-60.60s %s\n' $n "$1" "$2" "$3" "$3"
}
{
    row Q00 0 'Cholera of the moon'
    row Q000 1 'Cholera due to cheese'
    row Q009 1 'Cholera, unspecified'
    row Q01 1 'Cholera of the sun'
    row Q10 1 'Alone'
    row S52 0 'Fracture of wing'
    row S520 0 'Fracture of tip'
    row S5200 0 'Unspecified fracture of tip'
    row S52001 0 'Unspecified fracture of right tip'
    row S52001A 1 'Unspecified fracture of right tip, initial encounter for closed fracture'
    row S52001B 1 'Unspecified fracture of right tip, initial encounter for open fracture'
    row S52001S 1 'Unspecified fracture of right tip, sequela'
    row S52002 0 'Unspecified fracture of left tip'
    row S52002A 1 'Unspecified fracture of left tip, initial encounter for closed fracture'
    row S52002B 1 'Unspecified fracture of left tip, initial encounter for open fracture'
    row S52002S 1 'Unspecified fracture of left tip, sequela'
    row S5201 0 'Torus fracture of tip'
    row S52011 0 'Torus fracture of right tip'
    row S52011A 1 'Torus fracture of right tip, initial encounter'
    row S52011D 1 'Torus fracture of right tip, subsequent encounter'
    row S59 0 'Other injuries of wing'
    row S590X 0 'Burn'
    row S590X1 1 'Burn by itself'
    row W21 0 'Struck by sword'
    row W219 0 'Struck by unspecified sword'
    row W219XXA 1 'Struck by unspecified sword, initial encounter'
    row W219XXD 1 'Struck by unspecified sword, subsequent encounter'
    row W22 0 'Struck by word'
    row W22XXXA 1 'Struck by word, initial encounter'
} >order.txt

echo "alone"
hms term build list.xml -o alone
hms term codes alone/icd10cm-2031.hmspack | grep -v $'\tgroup\t' | cut -f1,2,4 | sort >got
awk '{ code = substr($0, 7, 7); sub(/ +$/, "", code)
       if (length(code) > 3) code = substr(code, 1, 3) "." substr(code, 4)
       print code "\t" (substr($0, 15, 1) == 1 ? "code" : "heading") "\t" substr($0, 78) }' order.txt | sort >wanted
diff wanted got && wc -l <got
hms term validate alone/icd10cm-2031.hmspack --on 2031-01-01 W21.9A S52.011A S52.011B W22 || echo "exit $?"

echo "together"
mkdir both && cp list.xml order.txt both && (cd both && zip -q ../both.zip list.xml order.txt)
hms term build both.zip -o packs
hms term codes packs/icd10cm-2031.hmspack | grep -v $'\tgroup\t' | cut -f1,2,4 | sort >got
diff wanted got
hms term codes packs/icd10cm-2031.hmspack | grep $'\tgroup\t'
hms term lookup packs/icd10cm-2031.hmspack Q00 Q00.0 S52
for code in Q00 Q10 W21.9XXA S52.001; do
    hms term lookup --json packs/icd10cm-2031.hmspack $code | grep -o '"code":"[^"]*"\|"parent":"[^"]*"' | paste -sd' '
done

echo "of two years"
grep -v 'Q10' order.txt >both/order.txt
hms term build both -o packs

echo "bad lists"
sed 's/<name>Q01</<name>Q00.0</' list.xml >bad.xml && hms term build bad.xml || echo "exit $?"
sed 's/<name>Q01</<name>cholera</' list.xml >bad.xml && hms term build bad.xml || echo "exit $?"
sed 's/<name>Q01<.name>//' list.xml >bad.xml && hms term build bad.xml || echo "exit $?"
sed 's/char="B"/char="BB"/' list.xml >bad.xml && hms term build bad.xml || echo "exit $?"
head -c 3000 list.xml >bad.xml && hms term build bad.xml || echo "exit $?"
