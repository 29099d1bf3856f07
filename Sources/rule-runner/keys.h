#pragma once

#include <lua.h>

// Lua goes through a table in an order that depends on addresses; a run that can be executed again needs one that does not:
// booleans, numbers ascending, texts by their bytes.

// pairs(t)
int keys_pairs(lua_State *L);
// next(t [, key])
int keys_next(lua_State *L);
