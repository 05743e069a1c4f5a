# A classification of our own making in ClaML: modifiers, exclusions, dagger and asterisk, two languages.
cat >small.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "ClaML.dtd">
<ClaML version="2.0.0">
  <Title name="Small classification" version="2031" date="2031-01-01">Small</Title>
  <UsageKinds><UsageKind mark="*" name="aster"/><UsageKind mark="+" name="dagger"/></UsageKinds>
  <Modifier code="M4"><SubClass code=".0"/><SubClass code=".1"/></Modifier>
  <ModifierClass modifier="M4" code=".0"><SuperClass code="M4"/>
    <Rubric kind="preferred"><Label xml:lang="en">with coma</Label></Rubric></ModifierClass>
  <ModifierClass modifier="M4" code=".1"><SuperClass code="M4"/>
    <Rubric kind="preferred"><Label xml:lang="en">without coma</Label></Rubric></ModifierClass>
  <ModifierClass modifier="M5" code="0"><Rubric kind="preferred"><Label>left</Label></Rubric></ModifierClass>
  <ModifierClass modifier="M5" code="1"><Rubric kind="preferred"><Label>right</Label></Rubric></ModifierClass>
  <ModifierClass modifier="M5" code="9"><Rubric kind="preferred"><Label>unspecified</Label></Rubric></ModifierClass>
  <Class code="I" kind="chapter"><SubClass code="Q10-Q19"/>
    <Rubric kind="preferred"><Label xml:lang="en">Chapter one</Label></Rubric></Class>
  <Class code="Q10-Q19" kind="block"><SuperClass code="I"/><ModifiedBy code="M5" all="false">
    <ValidModifierClass code="0"/><ValidModifierClass code="1"/></ModifiedBy>
    <Rubric kind="preferred"><Label xml:lang="en">A block</Label></Rubric></Class>
  <Class code="Q10" kind="category"><SuperClass code="Q10-Q19"/><ModifiedBy code="M4" all="true"/>
    <Rubric kind="preferred"><Label xml:lang="en">Invented
      disease</Label><Label xml:lang="de">Erfundene Krankheit</Label></Rubric>
    <Rubric kind="inclusion"><Label xml:lang="en"><Fragment>first</Fragment><Fragment>second</Fragment></Label></Rubric></Class>
  <Class code="Q11" kind="category"><SuperClass code="Q10-Q19"/><ExcludeModifier code="M5"/>
    <SubClass code="Q11.0"/><Rubric kind="preferred"><Label>Plain disease</Label></Rubric></Class>
  <Class code="Q11.0" kind="category" usage="dagger"><SuperClass code="Q11"/>
    <Rubric kind="preferred"><Label>Dagger <Reference class="in brackets" usage="aster" code="R20.0">R20.0*</Reference></Label></Rubric></Class>
  <Class code="R20" kind="category"><SuperClass code="I"/><Rubric kind="preferred"><Label>Signs</Label></Rubric></Class>
  <Class code="R20.0" kind="category" usage="aster"><SuperClass code="R20"/>
    <Rubric kind="preferred"><Label>Asterisk</Label></Rubric></Class>
</ClaML>
END
hms term build small.xml
hms term codes ./icd10-2031.hmspack
hms term lookup ./icd10-2031.hmspack q10 Q11.0+ 'Q10-Q19'
hms term validate ./icd10-2031.hmspack Q10 Q10.0 Q10.11 Q10.19 Q11.00 'R20.0*' Q11.0† R20.X || echo "exit $?"
echo "several codes in a field, in their order"
hms term validate ./icd10-2031.hmspack Q11.0+R20.0 'Q11.0† R20.0*' 'Q11.0†R20.0*' 'R20.0* Q11.0+' 'Q10.0, Q10.1' 'Q11.0+R20.0*;R20.0' || echo "exit $?"
hms term validate --json ./icd10-2031.hmspack Q11.0+R20.0
hms term build small.xml --name icd10-uk --dialect icd10-uk
sed -e '/DOCTYPE/d' -e 's/Q11.0" kind/Q10" kind/' small.xml >twice.xml
hms term build twice.xml || echo "exit $?"
sed 's/Q10-Q19" kind="block"><SuperClass code="I"/Q10-Q19" kind="block"><SuperClass code="Q10"/' small.xml >circle.xml
hms term build circle.xml || echo "exit $?"
sed 's/SYSTEM "ClaML.dtd"/[<!ENTITY a "aaaa"><!ENTITY b "\&a;\&a;">]/' small.xml >bomb.xml
hms term build bomb.xml || echo "exit $?"
head -c 2000 small.xml >cut.xml
hms term build cut.xml || echo "exit $?"

echo "the German one"
sed -e 's/Small classification/ICD-10-GM/' -e 's|</ClaML>|<Class code="U07" kind="category"><SuperClass code="I"/><Rubric kind="preferred"><Label>Codes for purposes</Label></Rubric></Class><Class code="U07.1" kind="category" usage="optional"><SuperClass code="U07"/><Rubric kind="preferred"><Label>Only with another</Label></Rubric></Class></ClaML>|' small.xml >gm.xml
hms term build gm.xml
hms term validate ./icd10-gm-2031.hmspack 'Q10.10 G' 'Q10.10 LG' Q10.10gl 'Q10.10 GG' 'Q10.1 G' 'Q11.-' 'Q11.0-' 'Q10.10 G U07.1!' 'U07.1!' 'Q11.0† V R20.0* V' || echo "exit $?"
hms term validate --json ./icd10-gm-2031.hmspack 'Q10.10 AL'
hms term validate ./icd10-2031.hmspack 'Q10.1 G' 'Q10.1!' || echo "exit $?"
echo "many codes"
hms term validate ./icd10-2031.hmspack 'Q10 Q10 Q10 Q10 Q10 Q10 Q10 Q10 Q10' || echo "exit $?"
