/* lexicon_diagnosis.c - what wards call diseases. */
#include "terminology/suggest/lexicon_table.h"

#include <stddef.h>

const char *const lexicon_diagnosis[] = {
    /* diagnoses */
    "htn|high blood pressure|hypertensive disease=hypertension",
    "dm|diabete=diabetes mellitus",
    "diabete mellitus|diabetes mellitus=diabetes mellitus",
    "t 2 dm|type ii diabete|diabetes type 2|dm 2=type 2 diabetes mellitus",
    "t 1 dm|type i diabete|diabetes type 1|dm 1=type 1 diabetes mellitus",
    "chf|congestive heart failure|cardiac failure=heart failure",
    "mi|heart attack=myocardial infarction",
    "ami=acute myocardial infarction",
    "copd=chronic obstructive pulmonary disease",
    "uti=urinary tract infection",
    "gerd|acid reflux=gastro esophageal reflux disease",
    "afib|a fib=atrial fibrillation",
    "cva|stroke=cerebral infarction",
    "ckd=chronic kidney disease",
    "esrd=end stage renal disease",
    "dvt=deep vein thrombosis",
    "fx|fract=fracture",
    "hx|h o=history",
    "unsp|nos|unspec=unspecified",
    "lt=left",
    "rt=right",
    "bilat=bilateral",
    "chr|chron=chronic",
    "dz=disease",
    "cancer=malignant neoplasm",
    "sob=shortness of breath",
    "fb=foreign body",
    NULL,
};
