// Questions to the server, which the run waits for, and the tenant's key-value store.

#include "reads.h"
#include "convert.h"
#include "library.h"
#include "node.h"
#include "operations.h"
#include "run.h"
#include "wire.h"

#include <lauxlib.h>
#include <string.h>

// Asks, and returns the `answer` message, which the run keeps; owns `arguments`.
static json_t *ask(lua_State *L, const char *name, json_t *arguments) {
    Run *run = run_of(L);
    if (run->readsLeft == 0) {
        json_decref(arguments);
        quota_abort(L, FAULT_READS);
    }
    run->readsLeft--;
    wire_send(json_pack("{s:s, s:s, s:o}", "type", "read", "name", name, "arguments", arguments));
    json_t *answer = wire_receive();
    json_array_append_new(run->kept, answer);
    if (strcmp(wire_string(answer, "type"), "answer") != 0) wire_malformed();
    const char *error = json_string_value(json_object_get(answer, "error"));
    if (error != NULL) luaL_error(L, "%s", error);
    return answer;
}

static int read(lua_State *L) {
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    const json_t *names = lua_touserdata(L, lua_upvalueindex(2));
    run_require_handler(L, name);
    json_t *answer = ask(L, name, operations_arguments(L, 1, names, name));
    node_push_answer(L, json_object_get(answer, "value"), json_string_value(json_object_get(answer, "entity")));
    return 1;
}

static const char *key_argument(lua_State *L, const char *operation) {
    enum { KEY_CAP = 256 };
    run_require_handler(L, operation);
    size_t length;
    const char *key = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length > 0 && length <= KEY_CAP && strlen(key) == length, 1, "not a key of 1 to 256 bytes");
    json_t *text = json_string(key);
    bool isText = text != NULL;
    json_decref(text);
    luaL_argcheck(L, isText, 1, "not UTF-8");
    return key;
}

static int get(lua_State *L) {
    const char *key = key_argument(L, "store.get");
    Run *run = run_of(L);
    json_t *value = json_object_get(run->store, key);
    if (value == NULL) {
        value = json_object_get(ask(L, "store.get", json_pack("{s:s}", "key", key)), "value");
        json_object_set_new(run->store, key, value != NULL ? json_incref(value) : json_null());
    }
    node_push_answer(L, value, NULL);
    return 1;
}

static void change(lua_State *L, const char *operation, json_t *arguments, const char *key, json_t *value) {
    Run *run = run_of(L);
    // What an earlier get gave to the script lives as long as the run.
    json_t *former = json_object_get(run->store, key);
    if (former != NULL) json_array_append(run->kept, former);
    json_object_set_new(run->store, key, value);
    operations_collect(L, operation, NULL, arguments);
}

static int erase(lua_State *L) {
    const char *key = key_argument(L, "store.delete");
    operations_require(L, "store.delete");
    change(L, "store.delete", json_pack("{s:s}", "key", key), key, json_null());
    return 0;
}

static int set(lua_State *L) {
    if (lua_isnoneornil(L, 2)) return erase(L);
    const char *key = key_argument(L, "store.set");
    operations_require(L, "store.set");
    json_t *value = convert_checked(L, 2, "the value");
    change(L, "store.set", json_pack("{s:s, s:O}", "key", key, "value", value), key, value);
    return 0;
}

// Lists what the server has under the prefix, with this run's own changes over it.
static int list(lua_State *L) {
    run_require_handler(L, "store.list");
    const char *prefix = lua_isnoneornil(L, 1) ? "" : key_argument(L, "store.list");
    Run *run = run_of(L);
    json_t *found = json_object_get(ask(L, "store.list", json_pack("{s:s}", "prefix", prefix)), "value");
    if (!json_is_object(found)) wire_malformed();
    const char *key;
    json_t *value;
    json_object_foreach(run->store, key, value) {
        if (strncmp(key, prefix, strlen(prefix)) != 0) continue;
        if (json_is_null(value)) json_object_del(found, key);
        else json_object_set(found, key, value);
    }
    node_push_answer(L, found, NULL);
    return 1;
}

void reads_add(lua_State *L) {
    static const luaL_Reg store[] = {{"get", get}, {"set", set}, {"delete", erase}, {"list", list}, {NULL, NULL}};
    luaL_newlib(L, store);
    library_seal(L);
    lua_setfield(L, -2, "store");
    const char *name;
    json_t *names;
    json_object_foreach(json_object_get(sandbox_of(L)->program, "reads"), name, names) {
        lua_pushstring(L, name);
        lua_pushlightuserdata(L, names);
        lua_pushcclosure(L, read, 2);
        lua_setfield(L, -2, name);
    }
}
