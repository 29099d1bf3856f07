// Converts Lua values to JSON, within a budget: a small table that contains itself twice, again and again, is exponentially large as JSON.

#include "convert.h"
#include "node.h"
#include "run.h"

#include <lauxlib.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 32, SCALAR_WEIGHT = 8 };

const char convertTooLarge[] = "is too large";

static const char *const problemDepth = "is nested too deeply";

// The length of the well-formed sequence at `bytes` (Unicode, table 3-7), or 0.
static size_t sequence_length(const unsigned char *bytes, size_t left) {
    unsigned char lead = bytes[0];
    if (lead < 0x80) return lead != 0; // PostgreSQL's text has no zero
    size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || length > left) return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    return length;
}

json_t *convert_text(const char *bytes, size_t length) {
    json_t *string = memchr(bytes, 0, length) == NULL ? json_stringn(bytes, length) : NULL;
    if (string != NULL) return string;
    static const char replacement[] = "\xEF\xBF\xBD";
    char *text = malloc(3 * length);
    if (text == NULL) return NULL;
    size_t out = 0;
    for (size_t in = 0; in < length;) {
        size_t count = sequence_length((const unsigned char *)bytes + in, length - in);
        memcpy(text + out, count > 0 ? bytes + in : replacement, count > 0 ? count : 3);
        out += count > 0 ? count : 3;
        in += count > 0 ? count : 1;
    }
    string = json_stringn(text, out);
    free(text);
    return string;
}

typedef struct {
    lua_State *L;
    size_t *budget;
    const char *problem;
} Reader;

static json_t *fail(Reader *reader, const char *problem) {
    reader->problem = problem;
    return NULL;
}

static bool spend(Reader *reader, size_t weight) {
    if (*reader->budget < weight) {
        *reader->budget = 0;
        reader->problem = convertTooLarge;
        return false;
    }
    *reader->budget -= weight;
    return true;
}

static json_t *read_value(Reader *reader, int index, int depth);

static json_t *read_string(Reader *reader, int index) {
    size_t length;
    const char *bytes = lua_tolstring(reader->L, index, &length);
    return spend(reader, length + 2) ? convert_text(bytes, length) : NULL;
}

static json_t *read_number(Reader *reader, int index) {
    if (!spend(reader, SCALAR_WEIGHT)) return NULL;
    if (lua_isinteger(reader->L, index)) return json_integer(lua_tointeger(reader->L, index));
    double number = lua_tonumber(reader->L, index);
    return isfinite(number) ? json_real(number) : fail(reader, "holds a number that is not finite");
}

static json_t *read_array(Reader *reader, int index, lua_Integer count, int depth) {
    json_t *array = json_array();
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(reader->L, index, i);
        json_t *element = read_value(reader, lua_gettop(reader->L), depth + 1);
        lua_pop(reader->L, 1);
        if (element == NULL) {
            json_decref(array);
            return NULL;
        }
        json_array_append_new(array, element);
    }
    return array;
}

static bool read_entry(Reader *reader, json_t *object, int depth) {
    lua_State *L = reader->L;
    size_t length;
    const char *key = lua_tolstring(L, -2, &length);
    if (!spend(reader, length + 3)) return false;
    json_t *value = read_value(reader, lua_gettop(L), depth + 1);
    if (value == NULL) return false;
    if (json_object_setn_new(object, key, length, value) != 0) {
        reader->problem = "has a name that is not UTF-8";
        return false;
    }
    return true;
}

static json_t *read_object(Reader *reader, int index, int depth) {
    lua_State *L = reader->L;
    json_t *object = json_object();
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        if (!read_entry(reader, object, depth)) {
            lua_pop(L, 2);
            json_decref(object);
            return NULL;
        }
        lua_pop(L, 1);
    }
    return object;
}

// A table is a list if its keys are 1 to n, an object if they are all texts.
static json_t *read_table(Reader *reader, int index, int depth) {
    lua_State *L = reader->L;
    lua_Integer texts = 0, integers = 0, greatest = 0;
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            texts++;
        } else if (lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0) {
            integers++;
            if (lua_tointeger(L, -1) > greatest) greatest = lua_tointeger(L, -1);
        } else {
            lua_pop(L, 1);
            return fail(reader, "has a key that is neither a text nor a position");
        }
        if ((size_t)(texts + integers) > *reader->budget) {
            lua_pop(L, 1);
            return fail(reader, convertTooLarge);
        }
    }
    if (texts > 0 && integers > 0) return fail(reader, "mixes names and positions");
    if (integers != greatest) return fail(reader, "is a list with holes");
    return texts > 0 ? read_object(reader, index, depth) : read_array(reader, index, integers, depth);
}

static json_t *read_node(Reader *reader, const Node *node) {
    size_t size = json_dumpb(node->json, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
    // A copy, because the script may still amend the event.
    return spend(reader, size) ? json_deep_copy(node->json) : NULL;
}

static json_t *read_value(Reader *reader, int index, int depth) {
    if (depth > DEPTH || !lua_checkstack(reader->L, 8)) return fail(reader, problemDepth);
    const Node *node = node_at(reader->L, index);
    if (node != NULL) return read_node(reader, node);
    switch (lua_type(reader->L, index)) {
    case LUA_TNIL: return spend(reader, SCALAR_WEIGHT) ? json_null() : NULL;
    case LUA_TBOOLEAN: return spend(reader, SCALAR_WEIGHT) ? json_boolean(lua_toboolean(reader->L, index)) : NULL;
    case LUA_TNUMBER: return read_number(reader, index);
    case LUA_TSTRING: return read_string(reader, index);
    case LUA_TTABLE: return spend(reader, SCALAR_WEIGHT) ? read_table(reader, index, depth) : NULL;
    default: return fail(reader, "holds a function");
    }
}

Conversion convert_to_json(lua_State *L, int index, size_t *budget) {
    Reader reader = {L, budget, NULL};
    json_t *value = read_value(&reader, lua_absindex(L, index), 0);
    if (value == NULL && reader.problem == NULL) reader.problem = convertTooLarge;
    return (Conversion){value, reader.problem};
}

json_t *convert_checked(lua_State *L, int index, const char *what) {
    Conversion conversion = convert_to_json(L, index, &sandbox_of(L)->run->outputLeft);
    if (conversion.problem == convertTooLarge) quota_abort(L, FAULT_OUTPUT);
    if (conversion.problem != NULL) luaL_error(L, "%s %s", what, conversion.problem);
    return conversion.value;
}
