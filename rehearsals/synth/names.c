#include "rehearsals/synth/names.h"

#define N(name)                                                                                \
    {                                                                                          \
        name, "", ""                                                                           \
    }
#define S(name, other)                                                                         \
    {                                                                                          \
        name, other, ""                                                                        \
    }
#define A(name, other, arabic)                                                                 \
    {                                                                                          \
        name, other, arabic                                                                    \
    }
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TABLE(x, country, phone)                                                               \
    {                                                                                          \
        x##_female, x##_male, x##_family, x##_streets, x##_places, country, phone,             \
            COUNT(x##_female), COUNT(x##_male), COUNT(x##_family), COUNT(x##_streets),         \
            COUNT(x##_places)                                                                  \
    }

static const struct name english_female[] = {
    S("Elizabeth", "Liz"),
    S("Margaret", "Peggy"),
    S("Catherine", "Kate"),
    S("Susan", "Sue"),
    S("Patricia", "Pat"),
    S("Jennifer", "Jenny"),
    S("Deborah", "Debbie"),
    N("Emily"),
    N("Charlotte"),
    S("Victoria", "Vicky"),
    S("Rebecca", "Becky"),
    N("Hannah"),
    S("Samantha", "Sam"),
    N("Olivia"),
    S("Abigail", "Abby"),
    N("Grace"),
    S("Josephine", "Jo"),
    S("Dorothy", "Dot"),
    N("Ruth"),
    S("Theresa", "Terry"),
    N("Zoë"),
    N("Chloé"),
    N("Anne-Marie"),
    N("Mary"),
};
static const struct name english_male[] = {
    S("William", "Bill"),      S("Robert", "Bob"),
    S("Richard", "Dick"),      S("James", "Jim"),
    S("Edward", "Ted"),        S("Michael", "Mike"),
    S("Christopher", "Chris"), S("Anthony", "Tony"),
    S("Joseph", "Joe"),        S("Thomas", "Tom"),
    S("Charles", "Charlie"),   S("Daniel", "Dan"),
    S("Matthew", "Matt"),      S("Andrew", "Andy"),
    S("Steven", "Steve"),      N("George"),
    S("Benjamin", "Ben"),      S("Samuel", "Sam"),
    S("Alexander", "Alex"),    N("Peter"),
    S("Frederick", "Fred"),    N("Henry"),
    S("Leonard", "Len"),       N("John"),
};
static const struct name english_family[] = {
    N("Smith"),
    S("Johnson", "Johnston"),
    N("Williams"),
    N("Brown"),
    N("Jones"),
    N("Miller"),
    S("Davis", "Davies"),
    N("Wilson"),
    N("Anderson"),
    N("Taylor"),
    S("Thompson", "Thomson"),
    N("Harris"),
    N("Clark"),
    N("Robinson"),
    N("Lewis"),
    N("Walker"),
    N("Young"),
    N("King"),
    N("Wright"),
    N("Scott"),
    N("Hill"),
    N("Green"),
    N("Adams"),
    N("Baker"),
    N("Nelson"),
    N("Carter"),
    N("Mitchell"),
    N("Roberts"),
    N("Turner"),
    S("Phillips", "Philips"),
    N("Campbell"),
    N("Parker"),
    N("Evans"),
    N("Edwards"),
    N("Collins"),
    N("Stewart"),
    N("Morris"),
    N("Cook"),
    N("Rogers"),
    N("Null"),
    S("Smith-Jones", "Smith"),
};
static const char *const english_streets[] = {
    "Station Road", "High Street",      "Church Lane", "Victoria Road",
    "Park Avenue",  "Mill Lane",        "Kings Road",  "Queens Drive",
    "Oak Street",   "Maple Avenue",     "Cedar Lane",  "Washington Street",
    "2nd Avenue",   "Lake Shore Drive", "Elm Street",  "Hillcrest Road",
};
static const struct place english_places[] = {
    {"Chicago", "IL", "60614"},    {"Evanston", "IL", "60201"}, {"Boston", "MA", "02115"},
    {"Cambridge", "MA", "02138"},  {"Newark", "NJ", "07102"},   {"Milwaukee", "WI", "53202"},
    {"Oak Park", "IL", "60302"},   {"Hartford", "CT", "06103"}, {"Gary", "IN", "46402"},
    {"Providence", "RI", "02903"},
};

static const struct name kenyan_female[] = {
    N("Wanjiku"),
    N("Achieng"),
    N("Nyambura"),
    N("Akinyi"),
    S("Mercy", "Mercie"),
    S("Faith", "Feith"),
    N("Wambui"),
    N("Njeri"),
    N("Atieno"),
    N("Chebet"),
    N("Mwikali"),
    N("Amina"),
    N("Esther"),
    N("Purity"),
    N("Jepkosgei"),
    N("Halima"),
    S("Elizabeth", "Betty"),
    N("Joyce"),
};
static const struct name kenyan_male[] = {
    N("Kamau"),         N("Otieno"),  N("Kipchoge"),      N("Mwangi"), N("Ochieng"),
    S("Joseph", "Joe"), N("Njoroge"), N("Odhiambo"),      N("Mutua"),  N("Kiprono"),
    N("Barasa"),        N("Juma"),    S("Daniel", "Dan"), N("Samson"), N("Wafula"),
    N("Hassan"),        N("Elijah"),  N("Kimani"),
};
static const struct name kenyan_family[] = {
    N("Kariuki"),
    N("Onyango"),
    N("Wekesa"),
    N("Kiplagat"),
    N("Mutiso"),
    N("Waweru"),
    N("Omondi"),
    N("Njuguna"),
    N("Cherono"),
    N("Ndung'u"),
    N("Musyoka"),
    N("Kibet"),
    N("Abdalla"),
    N("Maina"),
    N("Ouma"),
    N("Gathoni"),
    N("Rotich"),
    N("Ng'ang'a"),
    S("Muthoni", "Mutoni"),
    N("Koech"),
    N("Simiyu"),
    N("Karanja"),
    N("Owino"),
    N("Langat"),
};
static const char *const kenyan_streets[] = {
    "Kenyatta Avenue", "Moi Road",    "Ngong Road", "Tom Mboya Street", "Oginga Odinga Street",
    "Kimathi Way",     "Uhuru Close", "Jogoo Road", "Waiyaki Way",      "Nkrumah Road",
};
static const struct place kenyan_places[] = {
    {"Nairobi", "Nairobi", "00100"},     {"Mombasa", "Mombasa", "80100"},
    {"Kisumu", "Kisumu", "40100"},       {"Nakuru", "Nakuru", "20100"},
    {"Eldoret", "Uasin Gishu", "30100"}, {"Thika", "Kiambu", "01000"},
    {"Nyeri", "Nyeri", "10100"},         {"Machakos", "Machakos", "90100"},
};

static const struct name german_female[] = {
    S("Elisabeth", "Lisa"),
    S("Katharina", "Käthe"),
    N("Ursula"),
    S("Johanna", "Hanna"),
    S("Margarete", "Grete"),
    N("Brigitte"),
    S("Susanne", "Susi"),
    N("Heike"),
    N("Renate"),
    S("Gabriele", "Gabi"),
    N("Ingrid"),
    N("Sabine"),
    N("Änne"),
    S("Franziska", "Franzi"),
    N("Käthe"),
    N("Anneliese"),
    N("Lena"),
};
static const struct name german_male[] = {
    N("Jürgen"),
    S("Wolfgang", "Wolf"),
    S("Hans-Peter", "Hans"),
    N("Günther"),
    S("Johannes", "Hannes"),
    N("Björn"),
    S("Maximilian", "Max"),
    N("Uwe"),
    N("Dieter"),
    S("Matthias", "Matze"),
    N("Jörg"),
    S("Friedrich", "Fritz"),
    N("Klaus"),
    N("Götz"),
    S("Sebastian", "Basti"),
    N("Heinz"),
    S("Andreas", "Andi"),
    N("Karl"),
};
static const struct name german_family[] = {
    S("Müller", "Mueller"),
    S("Schmidt", "Schmitt"),
    N("Schneider"),
    N("Fischer"),
    N("Weber"),
    S("Meyer", "Maier"),
    N("Wagner"),
    N("Becker"),
    N("Schulz"),
    N("Hoffmann"),
    S("Schäfer", "Schaefer"),
    N("Koch"),
    N("Bauer"),
    N("Richter"),
    N("Klein"),
    N("Wolf"),
    S("Schröder", "Schroeder"),
    N("Neumann"),
    N("Schwarz"),
    N("Zimmermann"),
    N("Braun"),
    S("Krüger", "Krueger"),
    N("Hartmann"),
    N("Lange"),
    S("Weiß", "Weiss"),
    N("Böhm"),
    N("Groß"),
    N("Jäger"),
    N("Vogel"),
    S("von der Heide", "Heide"),
    N("Öztürk"),
    N("Döring"),
};
static const char *const german_streets[] = {
    "Hauptstraße", "Schulstraße", "Gartenweg",    "Bahnhofstraße", "Lindenallee", "Mühlgasse",
    "Am Anger",    "Königsplatz", "Goethestraße", "Brückenstraße", "Kirchweg",    "Schloßstr.",
};
static const struct place german_places[] = {
    {"Köln", "NW", "50667"},     {"München", "BY", "80331"},
    {"Dresden", "SN", "01067"},  {"Görlitz", "SN", "02826"},
    {"Lübeck", "SH", "23552"},   {"Düsseldorf", "NW", "40213"},
    {"Würzburg", "BY", "97070"}, {"Halle (Saale)", "ST", "06108"},
    {"Tübingen", "BW", "72070"},
};

static const struct name arabic_female[] = {
    A("Fatima", "Fatma", "فاطمة"),     A("Aisha", "Aysha", "عائشة"),
    A("Maryam", "Mariam", "مريم"),     A("Noura", "Nora", "نورة"),
    A("Khadija", "Khadeeja", "خديجة"), A("Sara", "Sarah", "سارة"),
    A("Huda", "Hoda", "هدى"),          A("Amal", "Aamal", "أمل"),
    A("Zainab", "Zaynab", "زينب"),     A("Layla", "Leila", "ليلى"),
    A("Reem", "Rim", "ريم"),           A("Salma", "Selma", "سلمى"),
};
static const struct name arabic_male[] = {
    A("Mohammed", "Muhammad", "محمد"),
    A("Ahmed", "Ahmad", "أحمد"),
    A("Abdullah", "Abdallah", "عبدالله"),
    A("Ali", "Aly", "علي"),
    A("Khalid", "Khaled", "خالد"),
    A("Omar", "Umar", "عمر"),
    A("Youssef", "Yousef", "يوسف"),
    A("Ibrahim", "Ebrahim", "إبراهيم"),
    A("Hassan", "Hasan", "حسن"),
    A("Saleh", "Salih", "صالح"),
    A("Fahad", "Fahd", "فهد"),
    A("Abdulrahman", "Abdul Rahman", "عبدالرحمن"),
    A("Saeed", "Said", "سعيد"),
    A("Majed", "Majid", "ماجد"),
};
static const struct name arabic_family[] = {
    A("Al-Qahtani", "Alqahtani", "القحطاني"),
    A("Al-Ghamdi", "Alghamdi", "الغامدي"),
    A("Al-Harbi", "Alharbi", "الحربي"),
    A("Al-Otaibi", "Alotaibi", "العتيبي"),
    A("Al-Zahrani", "Alzahrani", "الزهراني"),
    A("Al-Shehri", "Alshehri", "الشهري"),
    A("Al-Dosari", "Aldossary", "الدوسري"),
    A("Al-Mutairi", "Almutairi", "المطيري"),
    A("Al-Shammari", "Alshammari", "الشمري"),
    A("Haddad", "Hadad", "حداد"),
    A("Al-Masri", "Almasri", "المصري"),
    A("Khoury", "Khouri", "خوري"),
    A("Al-Najjar", "Alnajjar", "النجار"),
    A("Mansour", "Mansoor", "منصور"),
    A("Bakr", "Bakir", "بكر"),
    A("Al-Amri", "Alamri", "العمري"),
};
static const char *const arabic_streets[] = {
    "Al Olaya",  "Al Malaz",        "Al Naseem", "Al Rawdah", "Al Murabba",
    "Al Yasmin", "Al Sulaimaniyah", "Al Wurud",  "Al Hamra",  "Al Aziziyah",
};
static const struct place arabic_places[] = {
    {"Riyadh", "Riyadh", "11564"},  {"Jeddah", "Makkah", "21577"},
    {"Dammam", "Eastern", "31433"}, {"Buraidah", "Qassim", "51431"},
    {"Abha", "Asir", "61411"},      {"Tabuk", "Tabuk", "71411"},
};

static const struct name irish_female[] = {
    S("Siobhán", "Shivaun"),
    S("Aoife", "Eefa"),
    S("Caoimhe", "Keeva"),
    S("Bridget", "Biddy"),
    N("Niamh"),
    S("Róisín", "Rosheen"),
    N("Orla"),
    S("Eileen", "Ellie"),
    N("Áine"),
    N("Deirdre"),
    S("Kathleen", "Kathy"),
    N("Maeve"),
    N("Sinéad"),
    S("Margaret", "Peig"),
    N("Gráinne"),
};
static const struct name irish_male[] = {
    S("Seán", "Shaun"),   S("Pádraig", "Patrick"),
    N("Conor"),           S("Cormac", "Mac"),
    N("Darragh"),         S("Eoghan", "Owen"),
    N("Fionn"),           S("Liam", "William"),
    N("Oisín"),           S("Patrick", "Paddy"),
    N("Brendan"),         N("Cillian"),
    S("Michael", "Mick"), N("Declan"),
    N("Tadhg"),
};
static const struct name irish_family[] = {
    S("Murphy", "Murphey"),
    S("O'Brien", "OBrien"),
    S("O'Sullivan", "Sullivan"),
    N("Walsh"),
    S("Kelly", "Kelley"),
    N("Byrne"),
    N("Ryan"),
    S("O'Connor", "OConnor"),
    N("Doyle"),
    S("McCarthy", "MacCarthy"),
    N("Gallagher"),
    N("Doherty"),
    N("Kennedy"),
    N("Lynch"),
    N("Murray"),
    N("Quinn"),
    N("Moore"),
    S("McLoughlin", "McLaughlin"),
    N("Ó Súilleabháin"),
    N("Nolan"),
    N("Brennan"),
    N("Burke"),
    N("Dunne"),
    N("Fitzgerald"),
    S("O'Neill", "ONeil"),
};
static const char *const irish_streets[] = {
    "Main Street", "O'Connell Street", "Patrick Street", "Chapel Road",
    "The Quay",    "Strand Road",      "Abbey Lane",     "Castle Park",
    "Shop Street", "Church Road",      "Bóthar Mór",
};
static const struct place irish_places[] = {
    {"Dublin", "Co. Dublin", "D02 X285"}, {"Cork", "Co. Cork", "T12 W8KP"},
    {"Galway", "Co. Galway", "H91 E2K3"}, {"Limerick", "Co. Limerick", "V94 T9PX"},
    {"Sligo", "Co. Sligo", "F91 K5W8"},   {"Dún Laoghaire", "Co. Dublin", "A96 R5T3"},
};

static const struct name east_female[] = {
    S("Małgorzata", "Gosia"),
    S("Katarzyna", "Kasia"),
    N("Agnieszka"),
    N("Zuzana"),
    N("Ştefania"),
    N("Božena"),
    N("Đurđica"),
    N("Ilona"),
    N("Kateřina"),
    N("Gülşen"),
};
static const struct name east_male[] = {
    N("Łukasz"),  S("Zbigniew", "Zbyszek"),
    N("Jiří"),    N("Ștefan"),
    N("Đorđe"),   N("Željko"),
    N("Paweł"),   N("Ondřej"),
    N("İbrahim"), N("Győző"),
};
static const struct name east_family[] = {
    N("Dvořák"),  N("Wałęsa"),  N("Kovačević"), N("Çelik"),  N("Nowak"),  N("Šťastný"),
    N("Erdoğan"), N("Horváth"), N("Žižka"),     N("Kőrösi"), N("Wójcik"), N("Năstase"),
};

static const struct name_table tables[CULTURE_END] = {
    [CULTURE_ENGLISH] = TABLE(english, "US", "1"),
    [CULTURE_KENYAN] = TABLE(kenyan, "KE", "254"),
    [CULTURE_GERMAN] = TABLE(german, "DE", "49"),
    [CULTURE_ARABIC] = TABLE(arabic, "SA", "966"),
    [CULTURE_IRISH] = TABLE(irish, "IE", "353"),
    /* Guests of the organisation in the Kenyan capital: they live there. */
    [CULTURE_EAST] = {east_female, east_male, east_family, kenyan_streets, kenyan_places, "KE",
                      "254", COUNT(east_female), COUNT(east_male), COUNT(east_family),
                      COUNT(kenyan_streets), COUNT(kenyan_places)},
};

const struct name_table *name_table_of(enum culture culture)
{
    return &tables[culture];
}
