// The basic functions that a rule may use. Left out on purpose: load, dofile, xpcall, setmetatable, getmetatable, raw*, collectgarbage,
// coroutine, io, os, debug, package. Weak tables crash Lua 5.4.4 under a memory cap; xpcall's handler and coroutines could outlive a limit.

#include "library.h"
#include "console.h"
#include "convert.h"
#include "keys.h"
#include "node.h"
#include "operations.h"
#include "reads.h"
#include "run.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

static int refuse_assignment(lua_State *L) { return luaL_error(L, "the library cannot be changed"); }

void library_seal(lua_State *L) {
    // A userdata, because table.insert and the like would write into a table.
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    lua_rotate(L, -3, 2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_assignment);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "library");
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
}

static int charged(lua_State *L) {
    enum { BYTES_PER_INSTRUCTION = 16 };
    lua_CFunction function = lua_tocfunction(L, lua_upvalueindex(1));
    uint64_t length = 0;
    for (int index = lua_gettop(L); index > 0; index--) {
        if (lua_type(L, index) == LUA_TSTRING) length += lua_rawlen(L, index);
    }
    quota_charge(L, length / BYTES_PER_INSTRUCTION);
    return function(L);
}

void library_push_charged(lua_State *L, lua_CFunction function) {
    lua_pushcfunction(L, function);
    lua_pushcclosure(L, charged, 1);
}

static int ranged(lua_State *L) {
    bool isSingle = lua_isnoneornil(L, 3) || lua_rawequal(L, 2, 3);
    return isSingle ? lua_tocfunction(L, lua_upvalueindex(1))(L) : charged(L);
}

void library_push_ranged(lua_State *L, lua_CFunction function) {
    lua_pushcfunction(L, function);
    lua_pushcclosure(L, ranged, 1);
}

const char *library_text(lua_State *L, int index, size_t *length) {
    int type = lua_type(L, index);
    switch (type) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: return luaL_tolstring(L, index, length);
    case LUA_TUSERDATA: type = LUA_TTABLE; // fall through
    default: lua_pushstring(L, lua_typename(L, type)); return lua_tolstring(L, -1, length);
    }
}

static int text(lua_State *L) {
    luaL_checkany(L, 1);
    library_text(L, 1, NULL);
    return 1;
}

static int type_name(lua_State *L) {
    luaL_checkany(L, 1);
    int type = lua_type(L, 1);
    lua_pushstring(L, lua_typename(L, type == LUA_TUSERDATA ? LUA_TTABLE : type));
    return 1;
}

static int protected_call(lua_State *L) {
    luaL_checkany(L, 1);
    bool wasInside = run_of(L)->turn.isInside;
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    Quota *quota = &sandbox_of(L)->quota;
    if (quota->fault != FAULT_NONE) quota_abort(L, quota->fault);
    if (status != LUA_OK && quota_is_memory_message(L, status)) quota_abort(L, FAULT_MEMORY);
    if (!wasInside && run_of(L)->turn.isInside) console_leave(L);
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

// The run holds on to the value, because the line may run out of memory.
static void add_json(lua_State *L, luaL_Buffer *line, json_t *value) {
    const size_t flags = JSON_COMPACT | JSON_SORT_KEYS;
    json_array_append_new(run_of(L)->kept, value);
    size_t length = json_dumpb(value, NULL, 0, flags);
    if (length > run_of(L)->outputLeft) quota_abort(L, FAULT_OUTPUT);
    json_dumpb(value, luaL_prepbuffsize(line, length), length, flags);
    luaL_addsize(line, length);
}

// A table is logged as JSON.
static void add_logged(lua_State *L, luaL_Buffer *line, int index) {
    if (lua_istable(L, index) || node_at(L, index) != NULL) {
        size_t budget = run_of(L)->outputLeft;
        Conversion conversion = convert_to_json(L, index, &budget);
        if (conversion.problem == convertTooLarge) quota_abort(L, FAULT_OUTPUT);
        if (conversion.value == NULL) luaL_addstring(line, "table");
        else add_json(L, line, conversion.value);
        return;
    }
    library_text(L, index, NULL);
    luaL_addvalue(line);
}

static int write_log(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int index = 1; index <= count; index++) {
        if (index > 1) luaL_addchar(&line, ' ');
        add_logged(L, &line, index);
    }
    luaL_pushresult(&line);
    size_t length;
    const char *bytes = lua_tolstring(L, -1, &length);
    run_spend_output(L, length + 3);
    run_deliver(L, "output", run_of(L)->log, convert_text(bytes, length));
    return 0;
}

static const luaL_Reg own[] = {
    {"type", type_name},
    {"tostring", text},
    {"pcall", protected_call},
    {"pairs", keys_pairs},
    {"next", keys_next},
    {"log", write_log},
    {"print", write_log},
    {NULL, NULL},
};

// Lua's own, each bounded by its arguments.
static void keep_basics(lua_State *L) {
    static const char *const names[] = {"assert", "error", "ipairs", "select", NULL};
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    for (const char *const *name = names; *name != NULL; name++) {
        lua_getfield(L, -1, *name);
        lua_setfield(L, -3, *name);
    }
    lua_getfield(L, -1, "tonumber");
    library_push_charged(L, lua_tocfunction(L, -1));
    lua_setfield(L, -4, "tonumber");
    lua_pop(L, 2);
    // luaopen_base fills the real globals, which no script sees; nothing must be found there either.
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void library_push(lua_State *L) {
    node_install(L);
    operations_install(L);
    lua_newtable(L);
    keep_basics(L);
    luaL_setfuncs(L, own, 0);
    if (sandbox_of(L)->isConsole) console_add(L);
    else rules_add(L);
    strings_add(L);
    tables_add(L);
    numbers_add(L);
    moments_add(L);
    reads_add(L);
    operations_add_functions(L);
}
