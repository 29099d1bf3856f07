#pragma once

#include "sandbox.h"

typedef enum { PHASE_DECLARING, PHASE_HANDLING } Phase;

// What one run was given, has left, and has asked for so far.
typedef struct Run {
    Phase phase;
    const char *kind, *name;
    json_t *grants;    // operations it may use; NULL: all
    json_t *event;
    json_t *amendable; // names of the event's members that a `before` handler may set
    double now;
    uint64_t random;
    size_t effectsLeft, readsLeft, outputLeft;
    json_t *kept; // JSON that nodes of this run point into
    json_t *effects, *log, *amendments, *store, *fields;
    const char *onError;
    char reason[1024], code[65];
} Run;

// A run that only collects what a script declares.
Run run_declaring(void);
void run_release(Run *run);

// Performs a `run` message and answers it.
void run_perform(Sandbox *sandbox, const json_t *message);

static inline Run *run_of(lua_State *L) { return sandbox_of(L)->run; }

// Takes from what the run may write, or ends it.
void run_spend_output(lua_State *L, size_t bytes);

// Raises unless a handler is running: at the top level there is neither event nor time.
void run_require_handler(lua_State *L, const char *what);
