#pragma once

#include <jansson.h>
#include <lua.h>
#include <stddef.h>

// A JSON string of any bytes: invalid UTF-8 and zeros become U+FFFD.
json_t *convert_text(const char *bytes, size_t length);

// The result of reading a Lua value: exactly one of value and problem is set.
typedef struct {
    json_t *value;
    const char *problem;
} Conversion;

extern const char convertTooLarge[];

// Reads the value at `index` without raising; takes its size from `budget`.
Conversion convert_to_json(lua_State *L, int index, size_t *budget);

// As above, but raises: the budget is the run's output.
json_t *convert_checked(lua_State *L, int index, const char *what);
