#pragma once

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>

// Makes the closures for the program's entities and functions: each call of one is collected as an effect.
void operations_install(lua_State *L);

// Adds the program's global functions to the table on top of the stack.
void operations_add_functions(lua_State *L);

// Pushes the entity's method whose name is at `key`; false, and nothing pushed, if it has none.
bool operations_push_method(lua_State *L, const char *entity, int key);

// Raises unless the run may ask for this operation now.
void operations_require(lua_State *L, const char *operation);

// Collects an effect; owns `target` (may be NULL) and `arguments`.
void operations_collect(lua_State *L, const char *operation, json_t *target, json_t *arguments);

// The arguments of a call, from stack index `first` on: positions named after `names`, then a table of further ones.
json_t *operations_arguments(lua_State *L, int first, const json_t *names, const char *operation);
