// What makes a script a rule: its handlers, its libraries, its verdict.

#include "convert.h"
#include "library.h"
#include "run.h"

#include <lauxlib.h>
#include <string.h>

enum { HANDLERS_CAP = 100 };

// Declares the function at an index as the handler of what the text at the top names.
static int declare(lua_State *L, const char *kind, int function) {
    if (run_of(L)->phase != PHASE_DECLARING) return luaL_error(L, "%s can be declared at the top level only", kind);
    luaL_checktype(L, function, LUA_TFUNCTION);
    int name = lua_gettop(L);
    sandbox_push_handlers(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    if (count == HANDLERS_CAP) return luaL_error(L, "a script may declare %d handlers", HANDLERS_CAP);
    Place place;
    quota_locate(L, &place);
    lua_createtable(L, 5, 0);
    lua_pushstring(L, kind);
    lua_rawseti(L, -2, HANDLER_KIND);
    lua_pushvalue(L, name);
    lua_rawseti(L, -2, HANDLER_NAME);
    lua_pushvalue(L, function);
    lua_rawseti(L, -2, HANDLER_FUNCTION);
    lua_pushstring(L, place.line > 0 ? place.source : "");
    lua_rawseti(L, -2, HANDLER_SOURCE);
    lua_pushinteger(L, place.line);
    lua_rawseti(L, -2, HANDLER_LINE);
    lua_rawseti(L, -2, count + 1);
    return 0;
}

static int wait_for(lua_State *L, const char *kind) {
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    return declare(L, kind, 2);
}

static int before(lua_State *L) { return wait_for(L, "before"); }
static int on(lua_State *L) { return wait_for(L, "on"); }

// A number and a unit: "15m", "6h", "1d", "1w".
static bool is_interval(const char *text) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 4 || text[0] == '0' || text[digits] == 0) return false;
    return strchr("mhdw", text[digits]) != NULL && text[digits + 1] == 0;
}

// "07:30"
static bool is_time(const char *text) {
    if (strlen(text) != 5 || text[2] != ':') return false;
    for (int i = 0; i < 5; i++) {
        if (i != 2 && (text[i] < '0' || text[i] > '9')) return false;
    }
    return (text[0] - '0') * 10 + text[1] - '0' < 24 && text[3] < '6';
}

static bool is_day(const char *text) {
    static const char *const days[] = {"weekdays", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (strcmp(text, days[i]) == 0) return true;
    }
    return false;
}

// Pushes a text from the options at index 2, or nil.
static const char *option(lua_State *L, const char *name) {
    int type = lua_getfield(L, 2, name);
    if (type != LUA_TNIL && type != LUA_TSTRING) luaL_error(L, "'%s' must be a text", name);
    return lua_tostring(L, -1);
}

static void require_known_options(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, 2) != 0) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        if (strcmp(name, "at") != 0 && strcmp(name, "on") != 0) luaL_error(L, "every knows 'at' and 'on', not '%s'", name);
        lua_pop(L, 1);
    }
}

// every("1d", { at = "07:30", on = "weekdays" }, f) waits for "1d at 07:30 on weekdays".
static int every_at(lua_State *L, const char *interval) {
    lua_settop(L, 3);
    require_known_options(L);
    const char *at = option(L, "at");
    const char *day = option(L, "on");
    if (at == NULL) return luaL_error(L, "every needs the time of day: at = \"07:30\"");
    if (!is_time(at)) return luaL_error(L, "'at' must be a time of day such as \"07:30\"");
    if (day != NULL && !is_day(day)) return luaL_error(L, "'on' must be \"weekdays\" or a day such as \"monday\"");
    if (strpbrk(interval, "dw") == NULL) return luaL_error(L, "'at' goes with days and weeks, such as \"1d\" or \"1w\"");
    if (day != NULL) lua_pushfstring(L, "%s at %s on %s", interval, at, day);
    else lua_pushfstring(L, "%s at %s", interval, at);
    return declare(L, "every", 3);
}

static int every(lua_State *L) {
    const char *interval = luaL_checkstring(L, 1);
    luaL_argcheck(L, is_interval(interval), 1, "not an interval such as \"15m\", \"6h\", \"1d\" or \"1w\"");
    return lua_istable(L, 2) ? every_at(L, interval) : wait_for(L, "every");
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
