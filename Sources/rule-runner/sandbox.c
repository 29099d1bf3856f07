#include "sandbox.h"
#include "convert.h"
#include "library.h"
#include "wire.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Addresses as keys of this file's entries in the Lua registry.
static const char scriptsKey, modulesKey, environmentKey, globalsKey, handlersKey, loadedKey;

enum { INSTALL_MEMORY = 1 << 20, INSTALL_INSTRUCTIONS = 1 << 20 };

static int panic(lua_State *L) {
    (void)L;
    _exit(EXIT_INTERNAL);
}

static int install(lua_State *L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &scriptsKey);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &modulesKey);
    lua_newtable(L); // the metatable of every run's globals: what is not set there is found in the library
    library_push(L);
    lua_setfield(L, -2, "__index");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &environmentKey);
    return 0;
}

Sandbox *sandbox_open(json_t *program) {
    Sandbox *sandbox = calloc(1, sizeof *sandbox);
    if (sandbox == NULL) _exit(EXIT_INTERNAL);
    sandbox->program = json_incref(program);
    sandbox->isConsole = strcmp(wire_string(program, "type"), "console") == 0;
    sandbox->quota.limit = INSTALL_MEMORY;
    lua_State *L = lua_newstate(quota_allocate, &sandbox->quota);
    if (L == NULL) _exit(EXIT_INTERNAL);
    lua_atpanic(L, panic);
    *(Sandbox **)lua_getextraspace(L) = sandbox;
    sandbox->L = L;
    quota_begin(L, &sandbox->quota, INSTALL_INSTRUCTIONS, INSTALL_MEMORY);
    Failure failure;
    if (!sandbox_protect(sandbox, install, NULL, &failure)) _exit(EXIT_INTERNAL);
    return sandbox;
}

void sandbox_close(Sandbox *sandbox) {
    if (sandbox == NULL) return;
    lua_close(sandbox->L);
    json_decref(sandbox->program);
    free(sandbox);
}

void sandbox_renew(lua_State *L) {
    lua_newtable(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &environmentKey);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globalsKey);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &handlersKey);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loadedKey);
}

void sandbox_push_handlers(lua_State *L) { lua_rawgetp(L, LUA_REGISTRYINDEX, &handlersKey); }
void sandbox_push_loaded(lua_State *L) { lua_rawgetp(L, LUA_REGISTRYINDEX, &loadedKey); }

// Copies every entry of the table at one absolute index into that at the other.
static void copy_entries(lua_State *L, int from, int to) {
    lua_pushnil(L);
    while (lua_next(L, from) != 0) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, to);
    }
}

void sandbox_copy_globals(lua_State *L) {
    lua_newtable(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globalsKey);
    copy_entries(L, lua_gettop(L), lua_gettop(L) - 1);
    lua_pop(L, 1);
}

void sandbox_restore_globals(lua_State *L) {
    int copy = lua_gettop(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globalsKey);
    lua_pushnil(L);
    while (lua_next(L, copy + 1) != 0) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, copy + 1);
    }
    copy_entries(L, copy, copy + 1);
    lua_settop(L, copy - 1);
}

static const void *shelf_key(Shelf shelf) { return shelf == SHELF_SCRIPTS ? &scriptsKey : &modulesKey; }

bool sandbox_compile(lua_State *L, Shelf shelf, const char *key, const char *name, const char *source, size_t length) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, shelf_key(shelf));
    // "=" makes error messages show the name as it is.
    const char *chunk = lua_pushfstring(L, "=%s", name);
    if (luaL_loadbufferx(L, source, length, chunk, "t") != LUA_OK) return false;
    lua_setfield(L, -3, key);
    lua_pop(L, 2);
    return true;
}

bool sandbox_start(lua_State *L, Shelf shelf, const char *key, int results) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, shelf_key(shelf));
    int type = lua_getfield(L, -1, key);
    lua_remove(L, -2);
    if (type != LUA_TFUNCTION) {
        lua_pop(L, 1);
        return false;
    }
    // Manual, 6.1 load: a main chunk's first upvalue is its _ENV.
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globalsKey);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, results);
    return true;
}

static int locate(lua_State *L) {
    Quota *quota = &sandbox_of(L)->quota;
    if (quota->fault == FAULT_NONE) quota_locate(L, &quota->place);
    return 1;
}

const char *fault_name(Fault fault) {
    static const char *const names[] = {"none", "rejected", "instructions", "memory", "output", "effects", "reads", "runtime", "load"};
    return names[fault];
}

static const char *quota_message(Fault fault) {
    switch (fault) {
    case FAULT_INSTRUCTIONS: return "did more work than it may";
    case FAULT_MEMORY: return "needed more memory than it may";
    case FAULT_OUTPUT: return "wrote more than it may";
    case FAULT_EFFECTS: return "asked for more effects than it may";
    case FAULT_READS: return "read more often than it may";
    default: return NULL;
    }
}

// Lua puts "name:line: " in front of a message; the failure has both separately.
static const char *without_place(const char *message, const Place *place) {
    size_t length = strlen(place->source);
    if (place->line == 0 || strncmp(message, place->source, length) != 0 || message[length] != ':') return message;
    const char *rest = message + length + 1;
    size_t digits = strspn(rest, "0123456789");
    return digits > 0 && strncmp(rest + digits, ": ", 2) == 0 ? rest + digits + 2 : message;
}

static void describe(Sandbox *sandbox, int status, Failure *failure) {
    lua_State *L = sandbox->L;
    Quota *quota = &sandbox->quota;
    failure->fault = quota->fault;
    failure->place = quota->place;
    if (failure->fault == FAULT_NONE && quota_is_memory_message(L, status)) {
        failure->fault = FAULT_MEMORY;
        failure->place = quota->refused;
    }
    if (failure->fault == FAULT_NONE) failure->fault = FAULT_RUNTIME;
    const char *excess = quota_message(failure->fault);
    if (excess != NULL) {
        snprintf(failure->message, sizeof failure->message, "the %s %s", sandbox->isConsole ? "script" : "rule", excess);
        return;
    }
    // lua_tostring would convert a number, and so allocate.
    bool isText = lua_type(L, -1) == LUA_TSTRING;
    const char *message = isText ? without_place(lua_tostring(L, -1), &failure->place) : "an error value that is not a text was raised";
    snprintf(failure->message, sizeof failure->message, "%s", message);
}

bool sandbox_protect(Sandbox *sandbox, lua_CFunction body, void *context, Failure *failure) {
    lua_State *L = sandbox->L;
    lua_settop(L, 0);
    lua_pushcfunction(L, locate);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, context);
    int status = lua_pcall(L, 1, 0, 1);
    if (status != LUA_OK) describe(sandbox, status, failure);
    lua_settop(L, 0);
    return status == LUA_OK;
}

json_t *failure_json(const Failure *failure) {
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(fault_name(failure->fault)));
    json_object_set_new(object, "message", convert_text(failure->message, strlen(failure->message)));
    if (failure->place.line > 0) {
        json_object_set_new(object, "script", convert_text(failure->place.source, strlen(failure->place.source)));
        json_object_set_new(object, "line", json_integer(failure->place.line));
    }
    return object;
}
