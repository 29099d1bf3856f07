// The table library, with each function paying for its work in advance: Lua's own would go on forever over a huge range.

#include "library.h"
#include "node.h"
#include "quota.h"

#include <lauxlib.h>

// A table, or a list of the event, which is read-only.
static lua_Integer check_list(lua_State *L, int index) {
    if (node_at(L, index) == NULL) luaL_checktype(L, index, LUA_TTABLE);
    return luaL_len(L, index);
}

static lua_Integer check_table(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TTABLE);
    return luaL_len(L, index);
}

// How many positions there are from `first` to `last`, without overflow.
static uint64_t span(lua_Integer first, lua_Integer last) {
    return first > last ? 0 : (uint64_t)last - (uint64_t)first + (last != LUA_MAXINTEGER || first != LUA_MININTEGER);
}

static int concat(lua_State *L) {
    lua_Integer length = check_list(L, 1);
    size_t separatorLength;
    const char *separator = luaL_optlstring(L, 2, "", &separatorLength);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, length);
    quota_charge(L, span(first, last));
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = first; i <= last; i++) {
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1)) return luaL_error(L, "no text or number at position %I", (LUAI_UACINT)i);
        luaL_addvalue(&buffer);
        if (i == last) break; // it may be the greatest integer
        luaL_addlstring(&buffer, separator, separatorLength);
    }
    luaL_pushresult(&buffer);
    return 1;
}

static int insert(lua_State *L) {
    lua_Integer end = check_table(L, 1) + 1, position = end;
    int count = lua_gettop(L);
    if (count < 2 || count > 3) return luaL_error(L, "insert takes a table, a position if need be, and a value");
    if (count == 3) {
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
    }
    quota_charge(L, span(position, end));
    for (lua_Integer i = end; i > position; i--) {
        lua_rawgeti(L, 1, i - 1);
        lua_rawseti(L, 1, i);
    }
    lua_settop(L, count);
    lua_rawseti(L, 1, position);
    return 0;
}

static int take(lua_State *L) {
    lua_Integer length = check_table(L, 1), position = luaL_optinteger(L, 2, length);
    luaL_argcheck(L, (position >= 1 && position <= length + 1) || position == length, 2, "position out of bounds");
    quota_charge(L, span(position, length));
    lua_rawgeti(L, 1, position);
    for (; position < length; position++) {
        lua_rawgeti(L, 1, position + 1);
        lua_rawseti(L, 1, position);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, position);
    return 1;
}

static int move(lua_State *L) {
    check_list(L, 1);
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checktype(L, target, LUA_TTABLE);
    uint64_t count = span(first, last);
    quota_charge(L, count);
    luaL_argcheck(L, count == 0 || to <= LUA_MAXINTEGER - (lua_Integer)count + 1, 4, "position out of bounds");
    bool isBackward = target == 1 && to > first && to <= last;
    for (lua_Integer i = 0; i < (lua_Integer)count; i++) {
        lua_Integer offset = isBackward ? (lua_Integer)count - 1 - i : i;
        lua_geti(L, 1, first + offset);
        lua_rawseti(L, target, to + offset);
    }
    lua_pushvalue(L, target);
    return 1;
}

static int pack(lua_State *L) {
    int count = lua_gettop(L);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--) lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int unpack(lua_State *L) {
    enum { MOST = 10000 };
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? check_list(L, 1) : luaL_checkinteger(L, 3);
    check_list(L, 1);
    uint64_t count = span(first, last);
    if (count > MOST) return luaL_error(L, "too many values to unpack");
    quota_charge(L, count);
    luaL_checkstack(L, (int)count, "too many values to unpack");
    for (uint64_t i = 0; i < count; i++) lua_geti(L, 1, first + (lua_Integer)i);
    return (int)count;
}

// sort's stack: the list, the comparison or nil, then two tables that the passes merge back and forth.
enum { LIST = 1, COMPARISON = 2, SOURCE = 3, DESTINATION = 4 };

// Whether the value at `right` comes before the one at `left`.
static bool goes_before(lua_State *L, int right, int left) {
    quota_charge(L, 1);
    if (lua_isnil(L, COMPARISON)) return lua_compare(L, right, left, LUA_OPLT);
    lua_pushvalue(L, COMPARISON);
    lua_pushvalue(L, right);
    lua_pushvalue(L, left);
    lua_call(L, 2, 1);
    bool result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

static void merge(lua_State *L, lua_Integer start, lua_Integer middle, lua_Integer end) {
    lua_Integer left = start, right = middle;
    for (lua_Integer out = start; out < end; out++) {
        lua_rawgeti(L, SOURCE, left < middle ? left : right);
        if (left < middle && right < end) {
            lua_rawgeti(L, SOURCE, right);
            bool takesRight = goes_before(L, DESTINATION + 2, DESTINATION + 1);
            lua_remove(L, takesRight ? DESTINATION + 1 : DESTINATION + 2);
            *(takesRight ? &right : &left) += 1;
        } else {
            *(left < middle ? &left : &right) += 1;
        }
        lua_rawseti(L, DESTINATION, out);
    }
}

static void copy(lua_State *L, int from, int to, lua_Integer count) {
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, i);
    }
}

// A merge sort: it terminates whatever the comparison returns, and is stable.
static int sort(lua_State *L) {
    lua_Integer count = check_table(L, LIST);
    if (!lua_isnoneornil(L, COMPARISON)) luaL_checktype(L, COMPARISON, LUA_TFUNCTION);
    lua_settop(L, COMPARISON);
    quota_charge(L, (uint64_t)count);
    lua_newtable(L);
    lua_newtable(L);
    copy(L, LIST, SOURCE, count);
    for (lua_Integer width = 1; width < count; width *= 2) {
        quota_charge(L, (uint64_t)count);
        for (lua_Integer start = 1; start <= count; start += 2 * width) {
            lua_Integer middle = start + width <= count ? start + width : count + 1;
            lua_Integer end = middle + width <= count ? middle + width : count + 1;
            merge(L, start, middle, end);
        }
        lua_pushvalue(L, SOURCE);
        lua_copy(L, DESTINATION, SOURCE);
        lua_replace(L, DESTINATION);
    }
    copy(L, SOURCE, LIST, count);
    return 0;
}

void tables_add(lua_State *L) {
    static const luaL_Reg functions[] = {{"concat", concat}, {"insert", insert}, {"remove", take}, {"move", move},
                                         {"pack", pack},     {"unpack", unpack}, {"sort", sort},   {NULL, NULL}};
    luaL_newlib(L, functions);
    library_seal(L);
    lua_setfield(L, -2, "table");
}
