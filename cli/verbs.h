/* verbs.h - the verbs of hms, in the order of the road; X(name) names `verb_name`. */
#define VERB_LIST(X)                                                                           \
    X(synth)                                                                                   \
    X(extract)                                                                                 \
    X(cat)                                                                                     \
    X(map)                                                                                     \
    X(term)                                                                                    \
    X(code)                                                                                    \
    X(transform)                                                                               \
    X(dedup)                                                                                   \
    X(store)                                                                                   \
    X(load)                                                                                    \
    X(people)                                                                                  \
    X(review)                                                                                  \
    X(rejects)                                                                                 \
    X(reconcile)                                                                               \
    X(rehearse)                                                                                \
    X(serve)
