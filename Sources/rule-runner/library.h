#pragma once

#include <lua.h>

// Pushes the table of everything that a script can use without declaring it.
void library_push(lua_State *L);

// Replaces the table on top of the stack with a read-only view.
void library_seal(lua_State *L);

// Pushes the value as tostring shows it: never an address.
const char *library_text(lua_State *L, int index, size_t *length);

// One for each file of that name.
void rules_add(lua_State *L);
void strings_add(lua_State *L);
void tables_add(lua_State *L);
void numbers_add(lua_State *L);
void moments_add(lua_State *L);

// Pushes a function from Lua's own library that first pays for the length of its text arguments.
void library_push_charged(lua_State *L, lua_CFunction function);

// As above, for f(text, first, last): a single position is free.
void library_push_ranged(lua_State *L, lua_CFunction function);
