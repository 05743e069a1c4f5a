/*
 * rule_meaning.h - what a rule id means, in one sentence for a person.
 *
 * Source    the fixed rules of extract, tuples and load below; the rules of steps from
 *           mappings/step_table.h; every other id was given by a map.
 */
#ifndef HMS_REHEARSALS_RULE_MEANING_H
#define HMS_REHEARSALS_RULE_MEANING_H

const char *rule_meaning(const char *rule); /* never NULL */

#endif
