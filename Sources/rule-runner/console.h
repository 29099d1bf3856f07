#pragma once

#include <jansson.h>
#include <lua.h>

// Performs the one script of a `console` message, which runs from top to bottom, and answers at its end.
void console_perform(json_t *message);

// Adds what only a console script has to the table on top of the stack: tenants.each, report.
void console_add(lua_State *L);

// Raises in a console script that is in no tenant.
void console_require_tenant(lua_State *L, const char *what);

// Ends a tenant's turn: what the script set in its globals meanwhile is gone.
void console_leave(lua_State *L);
