#pragma once

#include <lua.h>

// Adds `store` and the program's read functions to the table on top of the stack.
void reads_add(lua_State *L);
