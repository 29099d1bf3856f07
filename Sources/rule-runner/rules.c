// What makes a script a rule: its handlers, its libraries, its verdict.

#include "convert.h"
#include "library.h"
#include "run.h"

#include <lauxlib.h>
#include <string.h>

enum { HANDLERS_CAP = 100 };

static int declare(lua_State *L, const char *kind) {
    if (run_of(L)->phase != PHASE_DECLARING) return luaL_error(L, "%s can be declared at the top level only", kind);
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    sandbox_push_handlers(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    if (count == HANDLERS_CAP) return luaL_error(L, "a script may declare %d handlers", HANDLERS_CAP);
    lua_createtable(L, 3, 0);
    lua_pushstring(L, kind);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 2);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, count + 1);
    return 0;
}

static int before(lua_State *L) { return declare(L, "before"); }
static int on(lua_State *L) { return declare(L, "on"); }

// A number and a unit: "15m", "6h", "1d", "1w".
static bool is_interval(const char *text) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 4 || text[0] == '0' || text[digits] == 0) return false;
    return strchr("mhdw", text[digits]) != NULL && text[digits + 1] == 0;
}

static int every(lua_State *L) {
    luaL_argcheck(L, is_interval(luaL_checkstring(L, 1)), 1, "not an interval such as \"15m\", \"6h\", \"1d\" or \"1w\"");
    return declare(L, "every");
}

static int on_error(lua_State *L) {
    static const char *const choices[] = {"block", "allow", NULL};
    if (run_of(L)->phase != PHASE_DECLARING) return luaL_error(L, "onError can be declared at the top level only");
    run_of(L)->onError = choices[luaL_checkoption(L, 1, NULL, choices)];
    return 0;
}

// Each run loads a library once, in its own globals.
static int require(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    sandbox_push_loaded(L);
    lua_pushvalue(L, 1);
    int type = lua_rawget(L, 2);
    if (type == LUA_TLIGHTUSERDATA) return luaL_error(L, "the library '%s' requires itself", name);
    if (type != LUA_TNIL) return 1;
    lua_pushlightuserdata(L, L); // being loaded
    lua_setfield(L, 2, name);
    lua_settop(L, 2);
    if (!sandbox_start(L, SHELF_MODULES, name, 1)) return luaL_error(L, "there is no library '%s', or it has an error", name);
    if (lua_isnil(L, 3)) {
        lua_pushboolean(L, true);
        lua_replace(L, 3);
    }
    lua_pushvalue(L, 3);
    lua_setfield(L, 2, name);
    return 1;
}

static bool is_code(const char *code) {
    size_t length = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return length > 0 && length <= 64 && code[length] == 0;
}

static int reject(lua_State *L) {
    Run *run = run_of(L);
    run_require_handler(L, "reject");
    if (strcmp(run->kind, "before") != 0) return luaL_error(L, "reject can be used in a before handler only");
    const char *reason = luaL_checkstring(L, 1);
    const char *code = luaL_optstring(L, 2, "");
    luaL_argcheck(L, *code == 0 || is_code(code), 2, "not a code such as SCORECARDS_MISSING");
    strncpy(run->reason, reason, sizeof run->reason - 1);
    strncpy(run->code, code, sizeof run->code - 1);
    quota_abort(L, FAULT_REJECTED);
}

void rules_add(lua_State *L) {
    static const luaL_Reg functions[] = {{"before", before}, {"on", on},           {"every", every}, {"onError", on_error},
                                         {"require", require}, {"reject", reject}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
