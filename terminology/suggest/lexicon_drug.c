/* lexicon_drug.c - forms, routes and packages of drugs, in the words of wards and pharmacies. */
#include "terminology/suggest/lexicon_table.h"

#include <stddef.h>

const char *const lexicon_drug[] = {
    /* taken by mouth */
    "tab|tabl|tabs|tbl|tbs|tablette|tabletten|tableta|tabletas|comprimido|comprimidos|comprime|"
    "compresse|comp|compr|cpr|cp|filmtablette|filmtabletten|filmtabl|filmtbl|filmtab|"
    "kautablette|brausetablette|brausetabletten|brausetbl|retardtablette|retardtabletten|"
    "caplet|gragea|grageas|dragee|lozenge|fct|tablets=tablet",
    "cap|caps|capsula|capsulas|gelule|gelules|kapsel|kapseln|kps|kaps|hartkapsel|hartkapseln|"
    "capsulas blandas|softgel=capsule",
    "jarabe|sirop|saft|sirup|sciroppo|syr=syrup",
    "gotas|goutte|gouttes|tropfen|gtt|gocce|drp|drop=drop",
    "po|p o|per os|by mouth|oralmente|orale|peroral|orally=oral",
    "polvo|poudre|pulver|pwd|pdr|granulat|granulado|granule|sachet|sobre|beutel|btl=powder",
    /* injected */
    "inj|injectable|inyectable|injektion|injektionslosung|inyeccion|iniettabile|inyec|iny|"
    "injection solution=injection",
    "amp|ampul|ampoule|ampolla|ampollas|ampulle|ampullen|amps|fiala=ampoule",
    "vl|vials|frasco ampolla|durchstechflasche=vial",
    "inf|infusionslosung|infus|perfusion|ivpb|piggyback|premix|parenteral=infusion",
    "jeringa|jeringa prellenada|spritze|fertigspritze|seringue|syrg|prefilled syringe|fspr|"
    "syringe|penfill|cartridge|kwikpen|flexpen|fertigpen=syringe",
    "iv|i v|endovenoso|intravenos|intraveineuse|intravenoso=intravenous",
    "im|i m|intramuskular|intramusculaire=intramuscular",
    "sc|s c|subq|sq|subcut|subkutan|sous cutanee|subcutaneo|subcutanea=subcutaneous",
    /* elsewhere */
    "supp|suppos|suppositorium|suppositorien|zapfchen|supositorio|supositorios|suppositoire|"
    "pr|rectally=suppository",
    "enema|klysma|klistier|clister|lavement|rectiole|rektal=rectal",
    "oint|ung|salbe|pomada|unguento|pommade=ointment",
    "crm|crema|creme|krem=cream",
    "locion=lotion",
    "eye drop|eye|colirio|collyre|augentropfen|augensalbe|augengel|collirio=ophthalmic",
    "ophth|oph|opth|ophthalmique|oftalmico|oftalmica=ophthalmic",
    "ear drop|ear|ohrentropfen|otico|gotas oticas|auricular=otic",
    "nasenspray|nasentropfen|nase=nasal",
    "inh|inhaler|inhal|inhalador|dosieraerosol|inhalationslosung|inhalatoria|inhalacion|"
    "pulverinhalator|hfa|mdi|dpi|aerosol|diskus|turbuhaler|respimat|inhalationspulver="
    "inhalation",
    "neb|nebulized|nebuliser|nebulisation|nebuliseur|nebulizar|nebulizacion|nebules=nebulizer",
    "vag|vaginales|vaginaltablette|vaginaltabletten|ovulo|ovulos|ovule|pessary|vaginalcreme|"
    "vaginalzapfchen=vaginal",
    "pflaster|parche|parches|td|transdermal patch|tts=patch",
    "sl|sublinguale=sublingual",
    "mundspullosung|mouthwash|oral rinse|enjuague bucal|mouth rinse|mund=mouthwash",
    "irrig|spullosung|irrigacion=irrigation",
    "soln|sol|solucion|losung|lsg|solution=solution",
    "susp|suspension|suspensie=suspension",
    /* how it lets go */
    "er|xr|xl|sr|cr|mr|extended release|sustained release|prolonged release|modified "
    "release|ret|"
    "retard|retardado|liberacion prolongada|lp=extended release",
    "dr|ec|delayed release|enteric coated|magensaftresistent|msr|gastrorresistente=delayed "
    "release",
    "vitamin b 12|vit b 12|b 12|cobalamin|hydroxycobalamin=cyanocobalamin",
    "vitamin d|vit d|vitamin d 3|vit d 3=cholecalciferol",
    "vit=vitamin",
    NULL,
};
