/* essence.h - units of our own making in the form of ucum-essence.xml, for tests without it. */
#ifndef HMS_TESTS_UNIT_TERMINOLOGY_ESSENCE_H
#define HMS_TESTS_UNIT_TERMINOLOGY_ESSENCE_H

#define ESSENCE_BASE(code, name)                                                               \
    "<base-unit Code=\"" code "\" CODE=\"X\" dim=\"L\"><name>" name "</name></base-unit>"
#define ESSENCE_PREFIX(code, name, value)                                                      \
    "<prefix Code=\"" code "\"><name>" name "</name><value value=\"" value "\"/></prefix>"
#define ESSENCE_UNIT(code, name, kind, definition, value)                                      \
    "<unit Code=\"" code "\" " kind "><name>" name "</name><value Unit=\"" definition          \
    "\" value=\"" value "\"/></unit>"
#define ESSENCE_SPECIAL(code, name, function, definition)                                      \
    "<unit Code=\"" code "\" isMetric=\"yes\" isSpecial=\"yes\"><name>" name                   \
    "</name><value Unit=\"f(1)\"><function name=\"" function                                   \
    "\" value=\"1\" Unit=\"" definition "\"/></value></unit>"

#define ESSENCE_BASES                                                                          \
    ESSENCE_BASE("m", "meter")                                                                 \
    ESSENCE_BASE("s", "second")                                                                \
    ESSENCE_BASE("g", "gram")                                                                  \
    ESSENCE_BASE("rad", "radian")                                                              \
    ESSENCE_BASE("K", "kelvin")                                                                \
    ESSENCE_BASE("C", "coulomb")                                                               \
    ESSENCE_BASE("cd", "candela")

static const char essence[] = "<root version=\"0.1\">" ESSENCE_PREFIX("k", "kilo", "1e3")
    ESSENCE_PREFIX("d", "deci", "1e-1") ESSENCE_PREFIX("m", "milli", "1e-3")
        ESSENCE_PREFIX("u", "micro", "1e-6")
            ESSENCE_BASES ESSENCE_UNIT("10*", "ten", "isMetric=\"no\"", "1", "10")
                ESSENCE_UNIT("mol", "mole", "isMetric=\"yes\"", "10*23", "6.02214076")
                    ESSENCE_UNIT("L", "liter", "isMetric=\"yes\"", "dm3", "1")
                        ESSENCE_UNIT("min", "minute", "isMetric=\"no\"", "s", "60")
                            ESSENCE_UNIT("[aU]", "unit A",
                                         "isMetric=\"yes\" isArbitrary=\"yes\"", "1", "1")
                                ESSENCE_UNIT("[bU]", "unit B",
                                             "isMetric=\"no\" isArbitrary=\"yes\"", "1", "1")
                                    ESSENCE_SPECIAL("Cel", "degree Celsius", "Cel", "K")
                                        ESSENCE_SPECIAL("[pH]", "pH", "pH", "mol/L") "</root>";

#endif
