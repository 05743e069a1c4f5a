/*
 * nickname.c - given names that stand for each other; one line a group, of our own making.
 *
 * A name may be in two groups (alex: alexander, alexandra).  The table is small on purpose: what
 * it lacks is caught by the other fields.
 */
#include "transform/dedup/value_form.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char *const groups_of_names[] = {
    "abigail abby gail",
    "abraham abe ibrahim bram",
    "alan allan allen al",
    "albert al bert bertie",
    "alexander alex alec sandy aleksandr alejandro iskander sasha",
    "alexandra alex sandra alexa lexi sasha",
    "alfred alf alfie fred",
    "amanda mandy",
    "andrew andy drew andreas andrei andre andres",
    "angela angie",
    "ann anne anna annie anita hannah nancy",
    "anthony tony anton antonio",
    "arthur art artie arturo",
    "barbara babs barb",
    "benjamin ben benny benji",
    "catherine katherine kathryn cathy kathy kate katie kathleen kit caterina katarina "
    "ekaterina",
    "charles charlie chuck carlos karl carl",
    "charlotte lottie charlie",
    "christine christina chris chrissy tina kristin kristina kirsten",
    "christopher chris kit christoph topher",
    "cynthia cindy",
    "daniel dan danny",
    "danielle dani",
    "david dave davey dawood",
    "deborah debbie deb debra",
    "dennis denis denny",
    "donald don donnie",
    "dorothy dot dottie dolly",
    "edward ed eddie ted ned eduardo",
    "eleanor ellie nell nora elinor",
    "elizabeth liz lizzie beth betty eliza elisabeth bess lisa libby elsie elspeth",
    "emily em emmy emilie",
    "emma em emmy",
    "eugene gene",
    "fatima fatma fatimah",
    "florence flo flossie",
    "frances fran fanny francesca",
    "francis frank frankie franz francisco",
    "frederick fred freddie friedrich fritz",
    "gabriel gabe",
    "geoffrey jeffrey geoff jeff",
    "george georgie jorge georg",
    "gerald gerry jerry gerard",
    "gregory greg",
    "harold harry hal",
    "harriet hattie harri",
    "helen ellen nell elena helena",
    "henry harry hank hal heinrich enrique",
    "isaac ike ishaq",
    "isabel isabella bella izzy isabelle isobel",
    "jacob jake jakob yaqub",
    "jacqueline jackie jacqui",
    "james jim jimmy jamie jaime",
    "jane janet jenny jan janie",
    "jennifer jen jenny jenna",
    "jessica jess jessie",
    "joan joanna joanne jo",
    "john jack johnny jon johan johann juan jean ivan ian sean hans giovanni",
    "jonathan jon jonny nathan",
    "joseph joe joey jose josef yusuf giuseppe",
    "josephine jo josie",
    "joshua josh",
    "judith judy",
    "julia julie jill juliet",
    "kenneth ken kenny",
    "laura laurie lori",
    "lawrence laurence larry laurie lorenzo",
    "leonard len lenny leo",
    "lillian lily lil",
    "louis lewis lou luis louie ludwig",
    "louise lou lulu",
    "lucy lucille lucia",
    "margaret maggie meg peggy marge madge greta rita margarita margot",
    "mark marc marcus marco markus",
    "martha marty patty",
    "martin marty martyn",
    "mary marie maria molly polly mamie maryam miriam",
    "matthew matt matty matthias mateo",
    "michael mike mick micky mikhail miguel michel mitch",
    "michelle shelly",
    "mohammed muhammad mohamed mohammad mohamad mehmet muhammed mo",
    "nancy nan ann",
    "natalie nat natalia natasha",
    "nathaniel nathan nate nat",
    "nicholas nick nicky nico nicolas nikolai klaus",
    "nicole nicky nikki nicola",
    "norman norm",
    "olivia liv livvy ollie",
    "oliver ollie",
    "pamela pam",
    "patricia pat patty tricia trish",
    "patrick pat paddy patricio",
    "paul pablo paolo pavel",
    "peter pete pedro pietro pyotr petros",
    "philip phil phillip pip",
    "rachel rachael rae",
    "raymond ray",
    "rebecca becky becca",
    "richard rick dick rich richie ricky ricardo",
    "robert rob bob bobby robbie bert roberto rupert",
    "roger rodger",
    "ronald ron ronnie",
    "rosemary rose rosie",
    "russell russ",
    "samantha sam sammy",
    "samuel sam sammy",
    "sarah sara sally sadie",
    "sophia sophie sofia",
    "stephanie steph stevie",
    "stephen steven steve stevie stefan esteban",
    "susan sue susie suzanne susanna",
    "sydney sid",
    "terence terry terrance",
    "theodore ted teddy theo",
    "theresa teresa terry tess tracy",
    "thomas tom tommy tomas",
    "timothy tim timmy",
    "valerie val",
    "victor vic viktor",
    "victoria vicky tori",
    "vincent vince vinny",
    "virginia ginny",
    "walter walt wally",
    "william bill billy will willie liam wilhelm guillermo",
    "yousef youssef yusuf josef",
    "zachary zach zack",
};

enum { GROUP_COUNT = sizeof(groups_of_names) / sizeof(groups_of_names[0]) };

enum { WORDS_MAX = 2048 };

/* All names of all groups in alphabetical order, made when the first is asked for. */
struct nickname {
    struct text word;
    uint16_t group;
};

static struct nickname nicknames[WORDS_MAX];
static size_t nnicknames;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int order_nicknames(const void *left, const void *right)
{
    const struct nickname *a = left;
    const struct nickname *b = right;
    int order = text_compare(a->word, b->word);

    return order != 0 ? order : a->group - b->group;
}

static void list_nicknames(void)
{
    for (uint16_t i = 0; i < GROUP_COUNT; i++) {
        const char *at = groups_of_names[i];
        while (*at != '\0') {
            size_t len = strcspn(at, " ");
            assert(nnicknames < WORDS_MAX);
            nicknames[nnicknames++] = (struct nickname){{at, len}, (uint16_t)(i + 1)};
            at += len + strspn(at + len, " ");
        }
    }
    qsort(nicknames, nnicknames, sizeof(nicknames[0]), order_nicknames);
}

void nickname_groups(struct text form, uint16_t groups[2])
{
    size_t low = 0;
    size_t high;

    pthread_once(&once, list_nicknames);
    high = nnicknames;
    groups[0] = groups[1] = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(nicknames[middle].word, form) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (int n = 0; n < 2 && low < nnicknames && text_equal(nicknames[low].word, form); n++) {
        groups[n] = nicknames[low++].group;
    }
}
