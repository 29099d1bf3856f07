#pragma once

#include <lua.h>

// Lua iterates over a table in an order that depends on addresses; a repeatable run needs one that doesn't: booleans, numbers ascending,
// texts by their bytes.

// pairs(t)
int keys_pairs(lua_State *L);
// next(t [, key])
int keys_next(lua_State *L);
