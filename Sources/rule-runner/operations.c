// What rules ask the server to do. Nothing is done here: effects are collected, and the server applies all of them or none.

#include "operations.h"
#include "console.h"
#include "convert.h"
#include "node.h"
#include "run.h"

#include <lauxlib.h>
#include <string.h>

static const char methodsKey;

// The closures' upvalues.
enum { OPERATION = 1, PARAMETERS = 2, ENTITY = 3 };

static bool is_granted(const Run *run, const char *operation) {
    if (run->grants == NULL) return true;
    size_t position;
    json_t *grant;
    json_array_foreach(run->grants, position, grant) {
        if (strcmp(json_string_value(grant), operation) == 0) return true;
    }
    return false;
}

void operations_require(lua_State *L, const char *operation) {
    const Run *run = run_of(L);
    run_require_handler(L, operation);
    console_require_tenant(L, operation);
    if (strcmp(run->kind, "before") == 0) luaL_error(L, "%s cannot be used in a before handler, which only decides", operation);
    if (!is_granted(run, operation)) luaL_error(L, "this rule has no grant for %s", operation);
    if (run->effectsLeft == 0) quota_abort(L, FAULT_EFFECTS);
}

void operations_collect(lua_State *L, const char *operation, json_t *target, json_t *arguments) {
    Run *run = run_of(L);
    json_t *effect = json_object();
    json_object_set_new(effect, "operation", json_string(operation));
    json_object_set_new(effect, "arguments", arguments);
    if (target != NULL) json_object_set_new(effect, "target", target);
    run->effectsLeft--;
    run_spend_output(L, strlen(operation));
    run_deliver(L, "effect", run->effects, effect);
}

// A table without a first element holds named arguments, unless a position is left for an empty list.
static bool holds_names(lua_State *L, int index, bool positionIsLeft) {
    if (!lua_istable(L, index)) return false;
    bool isList = lua_rawgeti(L, index, 1) != LUA_TNIL;
    lua_pop(L, 1);
    if (isList) return false;
    lua_pushnil(L);
    if (lua_next(L, index) == 0) return !positionIsLeft;
    lua_pop(L, 2);
    return true;
}

static const char *merge(json_t *arguments, json_t *named) {
    bool isEmpty = json_is_array(named) && json_array_size(named) == 0;
    const char *problem = isEmpty || json_is_object(named) ? NULL : "takes names in its last table";
    const char *name;
    json_t *value;
    json_object_foreach(named, name, value) {
        if (json_object_get(arguments, name) != NULL) problem = "was given an argument twice";
        else json_object_set(arguments, name, value);
    }
    json_decref(named);
    return problem;
}

static const char *add_argument(lua_State *L, int index, bool isLast, const json_t *names, size_t *position, json_t *arguments) {
    bool positionIsLeft = *position < json_array_size(names);
    if (!positionIsLeft && lua_isnil(L, index)) return NULL;
    bool isNamed = isLast && holds_names(L, index, positionIsLeft);
    if (!isNamed && !positionIsLeft) return "was given too many arguments";
    Conversion conversion = convert_to_json(L, index, &run_of(L)->outputLeft);
    if (conversion.problem != NULL) return conversion.problem;
    if (isNamed) return merge(arguments, conversion.value);
    const char *name = json_string_value(json_array_get(names, (*position)++));
    if (json_is_null(conversion.value)) return NULL;
    json_object_set_new(arguments, name, conversion.value);
    return NULL;
}

json_t *operations_arguments(lua_State *L, int first, const json_t *names, const char *operation) {
    json_t *arguments = json_object();
    int last = lua_gettop(L);
    size_t position = 0;
    const char *problem = NULL;
    for (int index = first; index <= last && problem == NULL; index++) {
        problem = add_argument(L, index, index == last, names, &position, arguments);
    }
    if (problem == NULL) return arguments;
    json_decref(arguments);
    if (problem == convertTooLarge) quota_abort(L, FAULT_OUTPUT);
    luaL_error(L, "%s %s", operation, problem);
    return NULL;
}

static json_t *target_of(const Node *node) {
    json_t *target = json_object();
    json_object_set_new(target, "entity", json_string(node->entity));
    json_object_set(target, "id", json_object_get(node->json, "id"));
    return target;
}

static int perform(lua_State *L) {
    const char *operation = lua_tostring(L, lua_upvalueindex(OPERATION));
    const char *entity = lua_tostring(L, lua_upvalueindex(ENTITY));
    const json_t *names = lua_touserdata(L, lua_upvalueindex(PARAMETERS));
    const Node *node = NULL;
    if (entity != NULL) {
        node = node_at(L, 1);
        if (node == NULL || node->entity == NULL || strcmp(node->entity, entity) != 0) {
            return luaL_error(L, "%s needs its object: write it with a colon", operation);
        }
    }
    operations_require(L, operation);
    json_t *arguments = operations_arguments(L, node != NULL ? 2 : 1, names, operation);
    operations_collect(L, operation, node != NULL ? target_of(node) : NULL, arguments);
    return 0;
}

static void push_operation(lua_State *L, const char *entity, json_t *names) {
    if (!json_is_array(names)) luaL_error(L, "an operation without a list of parameters");
    lua_pushlightuserdata(L, names);
    lua_pushstring(L, entity);
    lua_pushcclosure(L, perform, 3);
}

void operations_install(lua_State *L) {
    lua_newtable(L);
    const char *entity, *method;
    json_t *methods, *names;
    json_object_foreach(json_object_get(sandbox_of(L)->program, "entities"), entity, methods) {
        lua_newtable(L);
        json_object_foreach(methods, method, names) {
            lua_pushfstring(L, "%s:%s", entity, method);
            push_operation(L, entity, names);
            lua_setfield(L, -2, method);
        }
        lua_setfield(L, -2, entity);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &methodsKey);
}

void operations_add_functions(lua_State *L) {
    const char *name;
    json_t *names;
    json_object_foreach(json_object_get(sandbox_of(L)->program, "functions"), name, names) {
        lua_pushstring(L, name);
        push_operation(L, NULL, names);
        lua_setfield(L, -2, name);
    }
}

bool operations_push_method(lua_State *L, const char *entity, int key) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &methodsKey);
    lua_getfield(L, -1, entity);
    lua_pushvalue(L, key);
    bool found = lua_rawget(L, -2) != LUA_TNIL;
    if (found) {
        lua_replace(L, -3);
        lua_pop(L, 1);
    } else {
        lua_pop(L, 3);
    }
    return found;
}
