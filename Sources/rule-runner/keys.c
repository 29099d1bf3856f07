#include "keys.h"
#include "node.h"
#include "quota.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    int type;
    long double number; // wide enough for every integer and every float of Lua
    const char *text;
    size_t length;
} Key;

static Key key_at(lua_State *L, int index) {
    Key key = {.type = lua_type(L, index)};
    switch (key.type) {
    case LUA_TBOOLEAN: key.number = lua_toboolean(L, index); break;
    case LUA_TNUMBER:
        key.number = lua_isinteger(L, index) ? (long double)lua_tointeger(L, index) : (long double)lua_tonumber(L, index);
        break;
    case LUA_TSTRING: key.text = lua_tolstring(L, index, &key.length); break;
    default: luaL_error(L, "a table whose keys are tables or functions has no order to go through it in");
    }
    return key;
}

// The numbers of Lua's types are in the wanted order: LUA_TBOOLEAN < LUA_TNUMBER < LUA_TSTRING.
static int compare(const Key *a, const Key *b) {
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    if (a->type != LUA_TSTRING) return (a->number > b->number) - (a->number < b->number);
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static size_t count_of(lua_State *L, int table) {
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        count++;
    }
    return count;
}

static void push_key(lua_State *L, const Key *key) {
    if (key->type == LUA_TSTRING) {
        lua_pushlstring(L, key->text, key->length);
    } else if (key->type == LUA_TBOOLEAN) {
        lua_pushboolean(L, key->number != 0);
    } else if (key->number >= -0x1p63L && key->number < 0x1p63L && key->number == (long double)(lua_Integer)key->number) {
        lua_pushinteger(L, (lua_Integer)key->number); // Lua keeps no float key that an integer could be
    } else {
        lua_pushnumber(L, (lua_Number)key->number);
    }
}

static void merge(const Key *from, Key *to, size_t start, size_t middle, size_t end) {
    size_t left = start, right = middle;
    for (size_t out = start; out < end; out++) {
        bool takesLeft = right == end || (left < middle && compare(&from[left], &from[right]) < 0);
        to[out] = from[takesLeft ? left++ : right++];
    }
}

// Sorts with as much memory again after the keys. (qsort asks the system for its memory size, for which the filter kills the process.)
static const Key *sort(Key *keys, size_t count) {
    Key *from = keys, *to = keys + count;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            merge(from, to, start, middle, middle + width < count ? middle + width : count);
        }
        Key *merged = to;
        to = from;
        from = merged;
    }
    return from;
}

// Replaces the memory of the keys, on top of the stack, with their list.
static void push_sorted(lua_State *L, Key *memory, size_t count) {
    const Key *keys = sort(memory, count);
    lua_createtable(L, count < 1 << 20 ? (int)count : 0, 0);
    for (size_t i = 0; i < count; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2); // the memory that held the keys
}

static void push_table_keys(lua_State *L, int table) {
    size_t count = count_of(L, table), used = 0;
    quota_charge(L, 2 * count);
    Key *keys = lua_newuserdatauv(L, 2 * count * sizeof *keys, 0);
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        keys[used++] = key_at(L, -1);
    }
    push_sorted(L, keys, count);
}

static void push_object_keys(lua_State *L, json_t *object) {
    size_t count = json_object_size(object), used = 0;
    quota_charge(L, 2 * count);
    Key *keys = lua_newuserdatauv(L, 2 * count * sizeof *keys, 0);
    for (void *member = json_object_iter(object); member != NULL; member = json_object_iter_next(object, member)) {
        keys[used++] = (Key){
            .type = LUA_TSTRING, .text = json_object_iter_key(member), .length = json_object_iter_key_len(member),
        };
    }
    push_sorted(L, keys, count);
}

static void push_array_keys(lua_State *L, const json_t *array) {
    size_t count = json_array_size(array);
    quota_charge(L, 2 * count);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 1; i <= count; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_rawseti(L, -2, (lua_Integer)i);
    }
}

// Pushes the sorted list of the keys of the table or node at `index`.
static void push_keys(lua_State *L, int index) {
    const Node *node = node_at(L, index);
    if (node == NULL) {
        luaL_checktype(L, index, LUA_TTABLE);
        push_table_keys(L, index);
        return;
    }
    node_note_read(L, index);
    if (json_is_array(node->json)) push_array_keys(L, node->json);
    else push_object_keys(L, node->json);
}

static int step(lua_State *L) {
    int table = lua_upvalueindex(1), keys = lua_upvalueindex(2), position = lua_upvalueindex(3);
    for (lua_Integer i = lua_tointeger(L, position) + 1;; i++) {
        if (lua_rawgeti(L, keys, i) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_gettable(L, table) != LUA_TNIL) {
            lua_pushinteger(L, i);
            lua_replace(L, position);
            return 2;
        }
        lua_pop(L, 2); // removed since, or a null of the event
    }
}

int keys_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, step, 3);
    return 1;
}

int keys_next(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 2);
    push_keys(L, 1);
    int keys = 3;
    bool isFirst = lua_isnil(L, 2);
    Key previous = {0};
    if (!isFirst) previous = key_at(L, 2);
    for (lua_Integer i = 1; lua_rawgeti(L, keys, i) != LUA_TNIL; i++) {
        Key candidate = key_at(L, -1);
        if (isFirst || compare(&candidate, &previous) > 0) {
            lua_pushvalue(L, -1);
            lua_gettable(L, 1);
            if (!lua_isnil(L, -1)) return 2;
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 1;
}
