# What the ClaML of the WHO and of Germany have beside the plain case, in a file of our own making:
# places of occurrence, a modifier that is only spoken of, characters that exclude each other, what
# may be coded by law, pairs that are text; and ClaML that is no ICD-10.
class() { # CODE SUPER INNER [ATTRIBUTES]
    echo "<Class code=\"$1\" kind=\"category\" ${4-}><SuperClass code=\"$2\"/>$3<Rubric kind=\"preferred\"><Label xml:lang=\"en\" xml:space=\"default\">Disease $1</Label></Rubric></Class>"
}
part() { # MODIFIER CODE LABEL [INNER]
    echo "<ModifierClass code=\"$2\" modifier=\"$1\">${4-}<SuperClass code=\"$1\"/><Rubric kind=\"preferred\"><Label>$3</Label></Rubric></ModifierClass>"
}
file() { # TITLE
    cat <<END2
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "ClaML.dtd">
<ClaML version="2.0.0"><Meta name="TopLevelSort" value="I"/><Identifier authority="X" uid="1"/>
<Title name="$1" date="2031-01-01" version="2031">$1 2031</Title>
<Class code="I" kind="chapter"><Rubric kind="preferred"><Label>Chapter</Label></Rubric></Class>
END2
    cat
    echo '</ClaML>'
}
{
    part S20W00_4 0 Home
    part S20W00_4 9 'Unspecified place'
    part S20V01T_5 1 'While working'
    part S13M00_5 6 'Lower leg'
    part I70M10_4 1 'With gangrene'
    class W00 I '<ModifiedBy code="S20W00_4"/><ModifiedBy code="S20V01T_5"/>'
    class W26 I '<ModifiedBy code="S20W00_4"/>'
    class W26.0 W26 ''
    class M13 I '<Rubric kind="modifierlink"><Label>See <Reference code="S13M00_5">site code</Reference></Label></Rubric>'
    class M13.0 M13 ''
    class M45 I '<ModifiedBy code="S13M00_5"/>'
    class I70 I '<ModifiedBy code="I70M10_4" all="true"/>'
    class I70.2 I70 ''
    class A17 I ''
    echo '<Class code="A17.0" kind="category" usage="dagger"><SuperClass code="A17"/><Rubric kind="preferred"><Label>Vitamin B<Term class="subscript">12</Term> meningitis
      <Reference class="in brackets" usage="aster">G01</Reference></Label></Rubric></Class>'
    class G01 I '' 'usage="aster"'
} | file 'ICD-10 small' >who.xml
hms term build who.xml
hms term codes ./icd10-2031.hmspack | cut -f1,2,4
hms term lookup ./icd10-2031.hmspack A17.0 | grep -v '^ *source'
hms term validate ./icd10-2031.hmspack W00 W00.0 W00.91 W26.0 W26.00 M13.06 M45 M45.6 I70.21 A17.0+G01* || echo "exit $?"

{
    part S04E10_4 .0 'With coma'
    part S04E10_4 .2 'With kidneys'
    part S04E10_5 0 'Not derailed' '<Meta name="excludeOnPrecedingModifier" value="S04E10_4 .0"/>'
    part S04E10_5 1 'Derailed'
    class E10 I '<Meta name="Para295" value="V"/><Meta name="Para301" value="V"/><ModifiedBy code="S04E10_4"/><ModifiedBy code="S04E10_5"/>'
    class M00 I '<Meta name="Para295" value="V"/><Meta name="Para301" value="V"/>'
    class M00.0 M00 '<Meta name="Para295" value="V"/><Meta name="Para301" value="V"/><ModifiedBy code="S13M00_5" all="false"><ValidModifierClass code="0"/></ModifiedBy>'
    part S13M00_5 0 'Several'
    part S13M00_5 1 'Shoulder'
    class A09 I '<Meta name="Para295" value="P"/><Meta name="Para301" value="P"/>'
    class U08 I '<Meta name="Para295" value="V"/><Meta name="Para301" value="V"/>'
    class U99 I '<Meta name="Para295" value="V"/><Meta name="Para301" value="Z"/>' 'usage="optional"'
} | file ICD-10-GM >gm.xml
echo Germany
hms term build gm.xml
hms term codes ./icd10-gm-2031.hmspack | cut -f1,2,4
hms term validate ./icd10-gm-2031.hmspack E10 E10.0 E10.2 E10.00 E10.01 'E10.20 G' M00.0 M00.00 M00.01 A09 U08 'A09 U99!' || echo "exit $?"

echo "no ICD-10"
{
    class 5-01 I ''
    class 5-010.0 5-01 ''
} | file 'OPS' >ops.xml
hms term build ops.xml
hms term lookup ./ops-2031.hmspack 5-010.0
class C00.0 I '' | file 'ICD-O-3' | sed 's/"I"/"C00"/' >icdo.xml
hms term build icdo.xml
