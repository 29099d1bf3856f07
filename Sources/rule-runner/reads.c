// Questions to the server, which the run waits for, and the tenant's key-value store.

#include "reads.h"
#include "console.h"
#include "convert.h"
#include "library.h"
#include "node.h"
#include "operations.h"
#include "run.h"
#include "wire.h"

#include <lauxlib.h>
#include <string.h>

// A parsed answer takes some eight times its text.
enum { BYTES_HELD_PER_BYTE = 8 };

// Asks the server and returns the `answer` message, which a rule's run keeps until it ends, and a console script's until the next one; owns
// `arguments`.
json_t *reads_ask(lua_State *L, const char *name, json_t *arguments) {
    Run *run = run_of(L);
    if (run->readsLeft == 0) {
        json_decref(arguments);
        quota_abort(L, FAULT_READS);
    }
    run->readsLeft--;
    bool isConsole = sandbox_of(L)->isConsole;
    if (isConsole) json_array_clear(run->answers);
    wire_send(json_pack("{s:s, s:s, s:s*, s:o}", "type", "read", "name", name, "tenant", run->turn.tenant, "arguments", arguments));
    size_t size;
    json_t *answer = wire_receive(&size);
    json_array_append_new(run->answers, answer);
    if (isConsole) quota_check_json(L);
    else quota_hold(L, size * BYTES_HELD_PER_BYTE);
    if (strcmp(wire_string(answer, "type"), "answer") != 0) wire_malformed();
    const char *error = json_string_value(json_object_get(answer, "error"));
    if (error != NULL) luaL_error(L, "%s", error);
    return answer;
}

static void push_answer(lua_State *L, const json_t *answer) {
    node_push_answer(L, json_object_get(answer, "value"), json_string_value(json_object_get(answer, "entity")));
}

static json_t *read_arguments(lua_State *L, int first) {
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    run_require_handler(L, name);
    console_require_tenant(L, name);
    return operations_arguments(L, first, lua_touserdata(L, lua_upvalueindex(2)), name);
}

static int read(lua_State *L) {
    json_t *arguments = read_arguments(L, 1);
    push_answer(L, reads_ask(L, lua_tostring(L, lua_upvalueindex(1)), arguments));
    return 1;
}

// Like above, for an object that is called.
static int call(lua_State *L) {
    json_t *arguments = read_arguments(L, 2);
    push_answer(L, reads_ask(L, lua_tostring(L, lua_upvalueindex(1)), arguments));
    return 1;
}

// The upvalues of the function that iterates over a list, page by page.
enum { NAME = 1, ARGUMENTS, TENANT, PAGE, POSITION, IS_OVER };

static void turn_page(lua_State *L) {
    const char *name = lua_tostring(L, lua_upvalueindex(NAME));
    json_t *arguments = lua_touserdata(L, lua_upvalueindex(ARGUMENTS));
    if (run_of(L)->turn.tenant != lua_touserdata(L, lua_upvalueindex(TENANT))) luaL_error(L, "this list of %s belongs to another tenant", name);
    const json_t *answer = reads_ask(L, name, json_copy(arguments));
    json_t *more = json_object_get(answer, "more");
    if (!json_is_array(json_object_get(answer, "value"))) luaL_error(L, "%s is not a list", name);
    if (json_is_object(more)) json_object_update(arguments, more);
    lua_pushboolean(L, !json_is_object(more));
    lua_replace(L, lua_upvalueindex(IS_OVER));
    lua_pushinteger(L, 0);
    lua_replace(L, lua_upvalueindex(POSITION));
    push_answer(L, answer);
    lua_replace(L, lua_upvalueindex(PAGE));
}

static int next_element(lua_State *L) {
    for (;;) {
        lua_settop(L, 0);
        lua_pushvalue(L, lua_upvalueindex(PAGE));
        const Node *page = node_at(L, 1);
        lua_Integer position = lua_tointeger(L, lua_upvalueindex(POSITION)) + 1;
        if (page != NULL && (size_t)position <= json_array_size(page->json)) {
            lua_pushinteger(L, position);
            lua_copy(L, -1, lua_upvalueindex(POSITION));
            node_push_member(L, 1);
            return 1;
        }
        if (lua_toboolean(L, lua_upvalueindex(IS_OVER))) return 0;
        turn_page(L);
    }
}

// for application in applications.each{ status = "interview" } do ... end
static int each(lua_State *L) {
    enum { LARGEST_PAGE = 100 };
    json_t *arguments = read_arguments(L, 1);
    if (json_object_get(arguments, "limit") == NULL) json_object_set_new(arguments, "limit", json_integer(LARGEST_PAGE));
    json_array_append_new(run_of(L)->kept, arguments);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushlightuserdata(L, arguments);
    lua_pushlightuserdata(L, (void *)run_of(L)->turn.tenant);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushboolean(L, false);
    lua_pushcclosure(L, next_element, 6);
    return 1;
}

static void push_read(lua_State *L, lua_CFunction function, const char *name, json_t *names) {
    lua_pushstring(L, name);
    lua_pushlightuserdata(L, names);
    lua_pushcclosure(L, function, 2);
}

// Pushes something that can be called like a function, and has `each`.
static void push_list(lua_State *L, const char *name, json_t *names) {
    lua_newtable(L);
    push_read(L, each, name, names);
    lua_setfield(L, -2, "each");
    library_seal(L);
    lua_getmetatable(L, -1);
    push_read(L, call, name, names);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1);
}

static const char *key_argument(lua_State *L, const char *operation) {
    enum { KEY_CAP = 256 };
    run_require_handler(L, operation);
    console_require_tenant(L, operation);
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
        value = json_object_get(reads_ask(L, "store.get", json_pack("{s:s}", "key", key)), "value");
        json_object_set_new(run->store, key, value != NULL ? json_incref(value) : json_null());
    }
    node_push_answer(L, value, NULL);
    return 1;
}

static void change(lua_State *L, const char *operation, json_t *arguments, const char *key, json_t *value) {
    Run *run = run_of(L);
    // A value that an earlier get returned to the script lives as long as the run.
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

// Lists what the server has under the prefix, merged with this run's own changes.
static int list(lua_State *L) {
    run_require_handler(L, "store.list");
    console_require_tenant(L, "store.list");
    const char *prefix = lua_isnoneornil(L, 1) ? "" : key_argument(L, "store.list");
    Run *run = run_of(L);
    json_t *found = json_object_get(reads_ask(L, "store.list", json_pack("{s:s}", "prefix", prefix)), "value");
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
        if (sandbox_of(L)->isConsole) push_list(L, name, names);
        else push_read(L, read, name, names);
        lua_setfield(L, -2, name);
    }
}
