#include "node.h"
#include "convert.h"
#include "operations.h"
#include "run.h"

#include <lauxlib.h>
#include <string.h>

static const char metatableKey;

// A node's user values.
enum { CHILDREN = 1, PATH = 2 };

// Keeps the list of read fields in a receipt short.
enum { FIELDS_CAP = 256, PATH_CAP = 256 };

Node *node_at(lua_State *L, int index) {
    Node *node = lua_touserdata(L, index);
    if (node == NULL || !lua_checkstack(L, 2) || !lua_getmetatable(L, index)) return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &metatableKey);
    bool isNode = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return isNode ? node : NULL;
}

static bool is_container(const json_t *value) { return json_is_object(value) || json_is_array(value); }

static void push_scalar(lua_State *L, const json_t *value) {
    switch (json_is_object(value) ? JSON_NULL : value == NULL ? JSON_NULL : json_typeof(value)) {
    case JSON_TRUE: lua_pushboolean(L, true); break;
    case JSON_FALSE: lua_pushboolean(L, false); break;
    case JSON_INTEGER: lua_pushinteger(L, json_integer_value(value)); break;
    case JSON_REAL: lua_pushnumber(L, json_real_value(value)); break;
    case JSON_STRING: lua_pushlstring(L, json_string_value(value), json_string_length(value)); break;
    default: lua_pushnil(L);
    }
}

// Pushes a node of a container; `path` is NULL if reads aren't reported.
static Node *push_node(lua_State *L, json_t *json, const char *entity, const char *path) {
    Node *node = lua_newuserdatauv(L, sizeof *node, 2);
    *node = (Node){.json = sandbox_of(L)->isConsole ? json_incref(json) : json, .entity = entity, .isEvent = false, .isTracked = path != NULL};
    lua_newtable(L);
    lua_setiuservalue(L, -2, CHILDREN);
    lua_pushstring(L, path);
    lua_setiuservalue(L, -2, PATH);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &metatableKey);
    lua_setmetatable(L, -2);
    return node;
}

// The entity type of an object with this name, as the program spells it.
static const char *entity_named(lua_State *L, const char *name, const json_t *value) {
    if (json_object_get(value, "id") == NULL) return NULL;
    void *found = json_object_iter_at(json_object_get(sandbox_of(L)->program, "entities"), name);
    return found == NULL ? NULL : json_object_iter_key(found);
}

static json_t *member(lua_State *L, const Node *node, int key) {
    if (json_is_array(node->json)) {
        int isInteger;
        lua_Integer position = lua_type(L, key) == LUA_TNUMBER ? lua_tointegerx(L, key, &isInteger) : 0;
        return position >= 1 ? json_array_get(node->json, (size_t)position - 1) : NULL;
    }
    if (lua_type(L, key) != LUA_TSTRING) return NULL;
    size_t length;
    const char *name = lua_tolstring(L, key, &length);
    return json_object_getn(node->json, name, length);
}

// Pushes the path of the member at `key`: an element's position doesn't matter, so `list[]`.
static void push_path(lua_State *L, const Node *node, int index, int key) {
    lua_getiuservalue(L, index, PATH);
    const char *path = lua_tostring(L, -1);
    if (json_is_array(node->json)) {
        lua_pushfstring(L, "%s[]", path);
    } else if (lua_type(L, key) == LUA_TSTRING) {
        lua_pushfstring(L, *path == 0 ? "%s%s" : "%s.%s", path, lua_tostring(L, key));
    } else {
        lua_pushvalue(L, -1);
    }
    lua_remove(L, -2);
}

static void note(lua_State *L, const char *path) {
    json_t *fields = run_of(L)->fields;
    bool isShort = json_object_size(fields) < FIELDS_CAP && strlen(path) <= PATH_CAP;
    if (!isShort || *path == 0 || json_object_get(fields, path) != NULL) return;
    Place place;
    quota_locate(L, &place);
    const char *source = place.line > 0 ? place.source : "";
    json_object_set_new(fields, path, json_pack("{s:o, s:i}", "script", convert_text(source, strlen(source)), "line", place.line));
}

void node_note_read(lua_State *L, int index) {
    const Node *node = node_at(L, index);
    if (!node->isTracked) return;
    lua_getiuservalue(L, index, PATH);
    note(L, lua_tostring(L, -1));
    lua_pop(L, 1);
}

static void push_child(lua_State *L, const Node *node, int index, int key, json_t *value) {
    lua_getiuservalue(L, index, CHILDREN);
    lua_pushvalue(L, key);
    if (lua_rawget(L, -2) != LUA_TNIL) return;
    lua_pop(L, 1);
    const char *path = NULL;
    if (node->isTracked) {
        push_path(L, node, index, key);
        path = lua_tostring(L, -1);
    }
    const char *entity = lua_type(L, key) == LUA_TSTRING ? entity_named(L, lua_tostring(L, key), value) : NULL;
    if (entity == NULL && node->entity != NULL && json_is_array(node->json)) entity = node->entity;
    push_node(L, value, entity, path);
    if (path != NULL) lua_remove(L, -2);
    lua_pushvalue(L, key);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
}

void node_push_member(lua_State *L, int index) {
    const Node *node = lua_touserdata(L, index);
    int key = lua_gettop(L);
    luaL_checkstack(L, 10, NULL);
    json_t *value = member(L, node, key);
    if (is_container(value)) {
        push_child(L, node, index, key, value);
    } else if (value == NULL && node->entity != NULL && json_is_object(node->json) && operations_push_method(L, node->entity, key)) {
        // A data member of the same name wins: that mistake is obvious.
    } else {
        if (node->isTracked) {
            push_path(L, node, index, key);
            note(L, lua_tostring(L, -1));
        }
        push_scalar(L, value);
    }
    lua_replace(L, key);
    lua_settop(L, key);
}

static int look_up(lua_State *L) {
    lua_settop(L, 2);
    node_push_member(L, 1);
    return 1;
}

static bool is_amendable(const Run *run, const Node *node, const char *name) {
    if (!node->isEvent || strcmp(run->kind, "before") != 0) return false;
    size_t position;
    json_t *allowed;
    json_array_foreach(run->amendable, position, allowed) {
        if (strcmp(json_string_value(allowed), name) == 0) return true;
    }
    return false;
}

static int assign(lua_State *L) {
    const Node *node = lua_touserdata(L, 1);
    Run *run = run_of(L);
    const char *name = luaL_checkstring(L, 2);
    if (!is_amendable(run, node, name)) return luaL_error(L, "'%s' cannot be changed here", name);
    run_spend_output(L, strlen(name));
    json_t *value = convert_checked(L, 3, name);
    json_object_set(run->amendments, name, value);
    // The script may hold a node of the previous value.
    json_t *former = json_object_get(node->json, name);
    if (former != NULL) json_array_append(run->kept, former);
    json_object_set_new(node->json, name, value);
    lua_getiuservalue(L, 1, CHILDREN);
    lua_pushnil(L);
    lua_setfield(L, -2, name);
    return 0;
}

static int length(lua_State *L) {
    const Node *node = lua_touserdata(L, 1);
    node_note_read(L, 1);
    lua_pushinteger(L, (lua_Integer)json_array_size(node->json));
    return 1;
}

static int let_go(lua_State *L) {
    const Node *node = lua_touserdata(L, 1);
    json_decref(node->json);
    return 0;
}

void node_install(lua_State *L) {
    static const luaL_Reg methods[] = {{"__index", look_up}, {"__newindex", assign}, {"__len", length}, {NULL, NULL}};
    luaL_newlib(L, methods);
    lua_pushliteral(L, "table");
    lua_setfield(L, -2, "__name");
    // A console script reads more than can be kept until it ends, so there each node holds only what it shows.
    if (sandbox_of(L)->isConsole) {
        lua_pushcfunction(L, let_go);
        lua_setfield(L, -2, "__gc");
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &metatableKey);
}

void node_push_event(lua_State *L, json_t *event) {
    if (!json_is_object(event)) {
        lua_pushnil(L);
        return;
    }
    push_node(L, event, NULL, "")->isEvent = true;
}

void node_push_answer(lua_State *L, json_t *value, const char *entity) {
    if (!is_container(value)) {
        push_scalar(L, value);
        return;
    }
    void *found = entity == NULL ? NULL : json_object_iter_at(json_object_get(sandbox_of(L)->program, "entities"), entity);
    push_node(L, value, found == NULL ? NULL : json_object_iter_key(found), NULL);
}
