/*
 * unit_kind.h - what kind of quantity a unit says, however a laboratory spells it, and which
 * PROPERTY values of LOINC go with it.
 *
 * Kinds     are coarse on purpose: "mg/dL", "ug/L" and "g/l" are all a mass in a volume.
 * Source    LOINC Users' Guide, Appendix on properties; spellings of our own knowledge.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_UNIT_KIND_H
#define HMS_TERMINOLOGY_SUGGEST_UNIT_KIND_H

#include "core/text.h"

/* kind, what it is, PROPERTY values, the usual ones first */
#define UNIT_KIND_LIST(X)                                                                      \
    X(UNIT_NONE, "no unit", "")                                                                \
    X(UNIT_OTHER, "a unit that is not known", "")                                              \
    X(UNIT_MASS_VOLUME, "mass concentration", "MCnc RlMCnc ThrMCnc")                           \
    X(UNIT_SUBSTANCE_VOLUME, "substance concentration", "SCnc RlSCnc ThrSCnc")                 \
    X(UNIT_ACTIVITY_VOLUME, "activity in a volume", "CCnc ACnc RlCCnc RlACnc")                 \
    X(UNIT_COUNT_VOLUME, "number in a volume", "NCnc LnCnc ACnc")                              \
    X(UNIT_MASS_MASS, "mass in a mass", "MCnt MCrto MRto MFr")                                 \
    X(UNIT_SUBSTANCE_MASS, "substance in a mass", "SCnt ScRto MSCnc Ratio SCrto")              \
    X(UNIT_ACTIVITY_MASS, "activity in a mass", "CCnt ACnt CCrto")                             \
    X(UNIT_SUBSTANCE_SUBSTANCE, "ratio of substances", "ScRto SFr Ratio SRto")                 \
    X(UNIT_MASS_TIME, "mass rate", "MRat")                                                     \
    X(UNIT_SUBSTANCE_TIME, "substance rate", "SRat")                                           \
    X(UNIT_ACTIVITY_TIME, "activity rate", "CRat ARat")                                        \
    X(UNIT_VOLUME_TIME, "volume rate", "VRat ArVRat VRatCnt ArVolRt")                          \
    X(UNIT_COUNT_TIME, "number rate", "NRat")                                                  \
    X(UNIT_FIELD, "number in a field", "Naric")                                                \
    X(UNIT_VOLUME, "volume", "Vol EntVol")                                                     \
    X(UNIT_MASS, "mass", "Mass EntMass")                                                       \
    X(UNIT_TIME, "time", "Time TmStp RlTm")                                                    \
    X(UNIT_LENGTH, "length", "Len EntLen")                                                     \
    X(UNIT_PRESSURE, "pressure", "Pres PPres")                                                 \
    X(UNIT_TEMPERATURE, "temperature", "Temp")                                                 \
    X(UNIT_VELOCITY, "velocity", "Vel")                                                        \
    X(UNIT_OSMOLALITY, "osmolality", "Osmol")                                                  \
    X(UNIT_FRACTION, "fraction",                                                               \
      "NFr MFr VFr SFr CFr AFr SatFr RelACnc Ratio RelRto Prctl RlMCnc LenFr ACnc PPres")      \
    X(UNIT_RATIO, "ratio", "Ratio MRto ScRto MCrto RelRto TRto NRto CCrto VRto RelTime")       \
    X(UNIT_INDEX, "index", "ACnc Ratio Arb Titr")                                              \
    X(UNIT_TITRE, "titre", "Titr")                                                             \
    X(UNIT_ACTIVITY, "units of activity", "ACnc CCnc Arb")                                     \
    X(UNIT_COUNT, "number", "Num NCnc Naric")

enum unit_kind {
#define X(kind, what, properties) kind,
    UNIT_KIND_LIST(X)
#undef X
        UNIT_KINDS
};

/* Of a unit as it is written. */
enum unit_kind unit_kind_of(struct text unit);
const char *unit_kind_name(enum unit_kind kind);
/* Does this PROPERTY go with the kind?  0 no, 1 the usual one, less: seldom; 0.5 when the kind
 * says nothing. */
float unit_kind_agrees(enum unit_kind kind, struct text property);
/* Is the amount one of a whole day ("mg/24 h")? */
bool unit_is_of_a_day(struct text unit);

#endif
