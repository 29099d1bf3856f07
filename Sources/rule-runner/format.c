#include "format.h"
#include "library.h"
#include "quota.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Flags, width and precision of one conversion, as C's printf takes them.
typedef struct {
    char flags[8];
    int width, precision; // precision -1: none
} Layout;

static int take_number(const char **at, const char *end) {
    int number = 0;
    for (int digits = 0; *at < end && **at >= '0' && **at <= '9' && digits < 2; digits++, (*at)++) number = number * 10 + (**at - '0');
    return number;
}

static Layout take_layout(lua_State *L, const char **at, const char *end) {
    Layout layout = {.precision = -1};
    size_t count = 0;
    while (*at < end && **at != 0 && strchr("-+ #0", **at) != NULL) {
        if (count + 1 == sizeof layout.flags) luaL_error(L, "invalid format (repeated flags)");
        layout.flags[count++] = *(*at)++;
    }
    layout.width = take_number(at, end);
    if (*at < end && **at == '.') {
        (*at)++;
        layout.precision = take_number(at, end);
    }
    return layout;
}

static void add_number(lua_State *L, luaL_Buffer *out, const Layout *layout, char letter, int argument) {
    enum { LONGEST = 512 }; // %.99f of the greatest double has 409 characters
    char specification[32], text[LONGEST];
    bool isFloat = strchr("aAeEfFgG", letter) != NULL;
    // Undefined in C.
    if (strchr("di", letter) != NULL && strchr(layout->flags, '#') != NULL) luaL_error(L, "invalid conversion '%%#%c' to 'format'", letter);
    snprintf(specification, sizeof specification, isFloat ? "%%%s*.*%c" : "%%%s*.*ll%c", layout->flags, letter);
    int length = isFloat
        ? snprintf(text, sizeof text, specification, layout->width, layout->precision, luaL_checknumber(L, argument))
        : snprintf(text, sizeof text, specification, layout->width, layout->precision, (long long)luaL_checkinteger(L, argument));
    luaL_addlstring(out, text, (size_t)length);
}

static void add_text(luaL_Buffer *out, const Layout *layout, const char *text, size_t length) {
    if (layout->precision >= 0 && length > (size_t)layout->precision) length = (size_t)layout->precision;
    size_t padding = length < (size_t)layout->width ? (size_t)layout->width - length : 0;
    bool isLeft = strchr(layout->flags, '-') != NULL;
    for (size_t i = 0; !isLeft && i < padding; i++) luaL_addchar(out, ' ');
    luaL_addlstring(out, text, length);
    for (size_t i = 0; isLeft && i < padding; i++) luaL_addchar(out, ' ');
}

// The argument's text is below the buffer's own place on the stack: luaL_Buffer needs to be on top while it grows.
static void add_argument(lua_State *L, luaL_Buffer *out, const Layout *layout, char letter, int argument) {
    if (letter != 0 && strchr("dioxXaAeEfFgG", letter) != NULL) {
        add_number(L, out, layout, letter, argument);
    } else if (letter == 'c') {
        char character = (char)luaL_checkinteger(L, argument);
        add_text(out, layout, &character, 1);
    } else if (letter == 's') {
        luaL_checkany(L, argument);
        size_t length;
        library_text(L, argument, &length);
        lua_replace(L, argument);
        add_text(out, layout, lua_tostring(L, argument), length);
    } else {
        luaL_error(L, "invalid conversion '%%%c' to 'format'", letter);
    }
}

int format_text(lua_State *L) {
    size_t length;
    const char *at = luaL_checklstring(L, 1, &length), *end = at + length;
    int argument = 1, count = lua_gettop(L);
    quota_charge(L, length / 16);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    while (at < end) {
        char letter = *at++;
        if (letter != '%') {
            luaL_addchar(&out, letter);
        } else if (at < end && *at == '%') {
            luaL_addchar(&out, *at++);
        } else {
            Layout layout = take_layout(L, &at, end);
            if (++argument > count) luaL_error(L, "bad argument #%d to 'format' (no value)", argument);
            add_argument(L, &out, &layout, at < end ? *at : 0, argument);
            at++;
        }
    }
    luaL_pushresult(&out);
    return 1;
}
