#pragma once

#include <jansson.h>
#include <lua.h>

// Adds `store` and the program's read functions to the table on top of the stack.
void reads_add(lua_State *L);

// Asks the server and returns its `answer` message; owns `arguments`.
json_t *reads_ask(lua_State *L, const char *name, json_t *arguments);
