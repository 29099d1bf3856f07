#pragma once

#include "sandbox.h"

typedef enum { PHASE_DECLARING, PHASE_HANDLING } Phase;

// Which tenant a console script is in: one inside tenants.each, the only one that it was given, or none.
typedef struct {
    const char *tenant; // its id, or NULL
    bool isInside;      // tenants.each is at work
} Turn;

// What one run was given, what it has left, and what it has asked for so far.
typedef struct Run {
    Phase phase;
    const char *kind, *name;
    json_t *grants;    // operations it may use; NULL: all
    json_t *event;
    json_t *amendable; // names of the event's members that a `before` handler may set
    double now;
    uint64_t random;
    size_t effectsLeft, readsLeft, outputLeft;
    json_t *kept, *answers; // JSON that nodes of this run point into
    json_t *effects, *log, *amendments, *store, *fields;
    const char *onError;
    char reason[1024], code[65];
    Turn turn; // of a console script
} Run;

// A run that only collects what a script declares.
Run run_declaring(void);
void run_release(Run *run);

// Performs a `run` message and answers it.
void run_perform(Sandbox *sandbox, const json_t *message);

static inline Run *run_of(lua_State *L) { return sandbox_of(L)->run; }

// Uses up part of what the run may write, or ends it.
void run_spend_output(lua_State *L, size_t bytes);

// Adds to the run's answer; a console script's is sent at once, to show its progress. Owns the item.
void run_deliver(lua_State *L, const char *kind, json_t *list, json_t *item);

// Reads the limits from a `run` or `console` message.
void run_take_limits(Run *run, const json_t *limits);

// The final answer; owns nothing.
json_t *run_answer(const Sandbox *sandbox, const Run *run, bool fine, const Failure *failure);

// Raises unless a handler is running: at the top level there is neither an event nor a time.
void run_require_handler(lua_State *L, const char *what);
