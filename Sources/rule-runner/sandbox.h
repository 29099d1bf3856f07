#pragma once

#include "quota.h"

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>

struct Run;

// One tenant's loaded rules. Compiled chunks are kept between runs; everything a script can write to is new in each run.
typedef struct Sandbox {
    lua_State *L;
    Quota quota;
    json_t *program; // the `load` message: names of entities, operations and parameters live in it
    struct Run *run; // the one being performed, or NULL
    bool isConsole;  // it serves one script of the console, and no rules
} Sandbox;

typedef struct {
    Fault fault;
    Place place;
    char message[512];
} Failure;

static inline Sandbox *sandbox_of(lua_State *L) { return *(Sandbox **)lua_getextraspace(L); }

// An empty state with the library in it; takes its own reference to the program.
Sandbox *sandbox_open(json_t *program);
void sandbox_close(Sandbox *sandbox);

// Calls `body` with `context` as its light userdata, and catches whatever is raised.
bool sandbox_protect(Sandbox *sandbox, lua_CFunction body, void *context, Failure *failure);

// Fresh globals, handlers and modules for one run.
void sandbox_renew(lua_State *L);

// Pushes a copy of this run's globals.
void sandbox_copy_globals(lua_State *L);
// Restores them from the copy on top of the stack, which it pops.
void sandbox_restore_globals(lua_State *L);

// Compiles text, never bytecode, and keeps it under (shelf, name). If it returns false, the error message is on the stack.
typedef enum { SHELF_SCRIPTS, SHELF_MODULES } Shelf;
bool sandbox_compile(lua_State *L, Shelf shelf, const char *key, const char *name, const char *source, size_t length);

// Calls the kept chunk with this run's globals; false if there is none of that name.
bool sandbox_start(lua_State *L, Shelf shelf, const char *key, int results);

// Pushes the list of this run's handlers, each a table of these. Source and line say where it was declared.
enum { HANDLER_KIND = 1, HANDLER_NAME, HANDLER_FUNCTION, HANDLER_SOURCE, HANDLER_LINE };
void sandbox_push_handlers(lua_State *L);
// Pushes the modules that this run has loaded.
void sandbox_push_loaded(lua_State *L);

const char *fault_name(Fault fault);
// {kind, message, script?, line?}
json_t *failure_json(const Failure *failure);
