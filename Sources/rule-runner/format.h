#pragma once

#include <lua.h>

// string.format without %p, which reveals an address, and without %q.
int format_text(lua_State *L);
