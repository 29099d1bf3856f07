#pragma once

#include <jansson.h>
#include <lua.h>

// Performs the one script of a `console` message, from top to bottom, and answers at its end.
void console_perform(json_t *message);

// Adds what only console scripts have to the table on top of the stack: tenants.each, report.
void console_add(lua_State *L);

// Raises an error in a console script outside any tenant.
void console_require_tenant(lua_State *L, const char *what);

// Leaves a tenant: what the script has set in its globals meanwhile is gone.
void console_leave(lua_State *L);
