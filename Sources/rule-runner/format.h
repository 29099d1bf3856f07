#pragma once

#include <lua.h>

// string.format without %p, which tells an address, and %q.
int format_text(lua_State *L);
