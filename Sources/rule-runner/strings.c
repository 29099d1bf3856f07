// The string library: Lua's own functions if a call is bounded by its arguments, ours if it isn't. No dump, pack or unpack.

#define _GNU_SOURCE

#include "library.h"
#include "format.h"
#include "pattern.h"
#include "quota.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

static int repeat(lua_State *L) {
    size_t length, separatorLength;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separatorLength);
    if (count <= 0 || (length + separatorLength == 0)) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)count > QUOTA_STRING_CAP / (length + separatorLength)) return luaL_error(L, "the resulting text is too long");
    quota_charge(L, (uint64_t)count / 8);
    luaL_Buffer buffer;
    luaL_buffinitsize(L, &buffer, (size_t)count * (length + separatorLength));
    for (lua_Integer i = 1; i <= count; i++) {
        luaL_addlstring(&buffer, text, length);
        if (i < count) luaL_addlstring(&buffer, separator, separatorLength);
    }
    luaL_pushresult(&buffer);
    return 1;
}

// A position as string.find takes it, from the end if negative; beyond the end: length + 1.
static size_t start_of(lua_Integer position, size_t length) {
    if (position > 0) return (lua_Unsigned)position > length + 1 ? length + 1 : (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)length) return 0;
    return length - (size_t)-position;
}

static int push_found(lua_State *L, const char *subject, const char *start, const char *end) {
    lua_pushinteger(L, start - subject + 1);
    lua_pushinteger(L, end - subject);
    return 2;
}

static int find_or_match(lua_State *L, bool isFind) {
    size_t length, patternLength;
    const char *subject = luaL_checklstring(L, 1, &length);
    const char *text = luaL_checklstring(L, 2, &patternLength);
    size_t offset = start_of(luaL_optinteger(L, 3, 1), length);
    const char *start = subject + offset, *end;
    if (offset > length) {
        lua_pushnil(L);
        return 1;
    }
    quota_charge(L, patternLength / 16);
    if (isFind && (lua_toboolean(L, 4) || strcspn(text, "^$*+?.([%-") == patternLength)) {
        quota_charge(L, length / 16);
        start = memmem(start, length - offset, text, patternLength);
        if (start != NULL) return push_found(L, subject, start, start + patternLength);
    } else {
        Pattern pattern = pattern_make(L, subject, length, text, patternLength, true);
        end = pattern_search(&pattern, &start);
        if (end != NULL) {
            int count = isFind ? push_found(L, subject, start, end) : 0;
            return count + pattern_push_captures(&pattern, !isFind, start, end);
        }
    }
    lua_pushnil(L);
    return 1;
}

static int find(lua_State *L) { return find_or_match(L, true); }
static int match(lua_State *L) { return find_or_match(L, false); }

// gmatch's upvalues: subject, pattern, where to search from, and where the last match ended.
enum { SUBJECT = 1, PATTERN = 2, POSITION = 3, LAST_END = 4 };

static void keep_offset(lua_State *L, int upvalue, lua_Integer offset) {
    lua_pushinteger(L, offset);
    lua_replace(L, lua_upvalueindex(upvalue));
}

static int next_match(lua_State *L) {
    size_t length, patternLength;
    const char *subject = lua_tolstring(L, lua_upvalueindex(SUBJECT), &length);
    const char *text = lua_tolstring(L, lua_upvalueindex(PATTERN), &patternLength);
    Pattern pattern = pattern_make(L, subject, length, text, patternLength, false);
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(POSITION)), lastEnd = lua_tointeger(L, lua_upvalueindex(LAST_END));
    while (position <= (lua_Integer)length) {
        const char *start = subject + position, *end = pattern_search(&pattern, &start);
        if (end == NULL) break;
        // An empty match right after the one before doesn't count.
        if (end - subject != lastEnd) {
            keep_offset(L, POSITION, end - subject);
            keep_offset(L, LAST_END, end - subject);
            return pattern_push_captures(&pattern, true, start, end);
        }
        position = start - subject + 1;
    }
    keep_offset(L, POSITION, (lua_Integer)length + 1);
    return 0;
}

static int gmatch(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    size_t offset = start_of(luaL_optinteger(L, 3, 1), length);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)offset);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

// The text of a replacement: %0 the match, %1 to %9 a capture, %% a percent sign.
static void add_template(const Pattern *pattern, luaL_Buffer *out, const char *start, const char *end) {
    lua_State *L = pattern->L;
    size_t length;
    const char *template = lua_tolstring(L, 3, &length);
    quota_charge(L, length / 16);
    for (size_t i = 0; i < length; i++) {
        if (template[i] != '%') {
            luaL_addchar(out, template[i]);
            continue;
        }
        char letter = ++i < length ? template[i] : 0;
        if (letter == '%') {
            luaL_addchar(out, '%');
        } else if (letter == '0') {
            luaL_addlstring(out, start, (size_t)(end - start));
        } else if (letter >= '1' && letter <= '9') {
            pattern_push_capture(pattern, letter - '1', start, end);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(out);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

static void add_replacement(const Pattern *pattern, luaL_Buffer *out, const char *start, const char *end) {
    lua_State *L = pattern->L;
    int type = lua_type(L, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_template(pattern, out, start, end);
        return;
    }
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, pattern_push_captures(pattern, true, start, end), 1);
    } else {
        pattern_push_capture(pattern, 0, start, end);
        lua_gettable(L, 3);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, start, (size_t)(end - start));
    } else if (lua_isstring(L, -1)) {
        luaL_addvalue(out);
    } else {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    }
}

static int gsub(lua_State *L) {
    size_t length, patternLength;
    const char *at = luaL_checklstring(L, 1, &length), *last = NULL;
    const char *text = luaL_checklstring(L, 2, &patternLength);
    int type = lua_type(L, 3);
    bool isUsable = type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE || type == LUA_TUSERDATA;
    luaL_argexpected(L, isUsable, 3, "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, LUA_MAXINTEGER), count = 0;
    Pattern pattern = pattern_make(L, at, length, text, patternLength, true);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    while (count < most) {
        const char *end = pattern_match(&pattern, at);
        if (end != NULL && end != last) {
            count++;
            add_replacement(&pattern, &out, at, end);
            at = last = end;
        } else if (at < pattern.subjectEnd) {
            luaL_addchar(&out, *at++);
        } else {
            break;
        }
        if (pattern.isAnchored) break;
    }
    luaL_addlstring(&out, at, (size_t)(pattern.subjectEnd - at));
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}

// Lua's own functions are taken from its table, which is then dropped; its metatable for texts is replaced.
static void add_bounded(lua_State *L) {
    static const char *const constant[] = {"char", "len", "sub", NULL}, *const linear[] = {"lower", "reverse", "upper", NULL};
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    for (const char *const *name = constant; *name != NULL; name++) {
        lua_getfield(L, -1, *name);
        lua_setfield(L, -3, *name);
    }
    for (const char *const *name = linear; *name != NULL; name++) {
        lua_getfield(L, -1, *name);
        library_push_charged(L, lua_tocfunction(L, -1));
        lua_setfield(L, -4, *name);
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, "byte");
    library_push_ranged(L, lua_tocfunction(L, -1));
    lua_setfield(L, -4, "byte");
    lua_pop(L, 2);
}

void strings_add(lua_State *L) {
    static const luaL_Reg functions[] = {{"rep", repeat},     {"find", find}, {"match", match},      {"gmatch", gmatch},
                                         {"gsub", gsub}, {"format", format_text}, {NULL, NULL}};
    luaL_newlib(L, functions);
    add_bounded(L);
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    library_seal(L);
    lua_setfield(L, -2, "string");
}
