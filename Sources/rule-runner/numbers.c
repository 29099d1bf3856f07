// math and utf8 as in Lua, except for random numbers, which come from the run's record.

#include "library.h"
#include "run.h"

#include <lauxlib.h>
#include <lualib.h>

// SplitMix64 (Steele, Lea, Flood 2014): its state is one word, which is all that a receipt has to keep.
static uint64_t next_word(Run *run) {
    uint64_t word = run->random += 0x9E3779B97F4A7C15u;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    return word ^ (word >> 31);
}

// A number below `bound`, all equally likely: words from the incomplete last round are drawn again.
static uint64_t below(Run *run, uint64_t bound) {
    uint64_t rest = (0 - bound) % bound;
    for (;;) {
        uint64_t word = next_word(run);
        if (word >= rest) return word % bound;
    }
}

// random(): [0, 1); random(n): 1 to n; random(a, b): a to b.
static int random_number(lua_State *L) {
    run_require_handler(L, "random");
    Run *run = run_of(L);
    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, (lua_Number)(next_word(run) >> 11) * 0x1p-53);
        return 1;
    }
    bool isSingle = lua_gettop(L) == 1;
    lua_Integer low = isSingle ? 1 : luaL_checkinteger(L, 1);
    lua_Integer high = luaL_checkinteger(L, isSingle ? 1 : 2);
    luaL_argcheck(L, low <= high, isSingle ? 1 : 2, "the interval is empty");
    uint64_t width = (uint64_t)high - (uint64_t)low + 1;
    uint64_t offset = width == 0 ? next_word(run) : below(run, width);
    lua_pushinteger(L, (lua_Integer)((uint64_t)low + offset));
    return 1;
}

static void add_math(lua_State *L) {
    luaL_requiref(L, "math", luaopen_math, false);
    lua_pushnil(L);
    lua_setfield(L, -2, "random");
    lua_pushnil(L);
    lua_setfield(L, -2, "randomseed");
    library_seal(L);
    lua_setfield(L, -2, "math");
}

static void add_utf8(lua_State *L) {
    static const char *const names[] = {"len", "offset", NULL}; // the others take constant time
    luaL_requiref(L, "utf8", luaopen_utf8, false);
    for (const char *const *name = names; *name != NULL; name++) {
        lua_getfield(L, -1, *name);
        library_push_charged(L, lua_tocfunction(L, -1));
        lua_setfield(L, -3, *name);
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, "codepoint");
    library_push_ranged(L, lua_tocfunction(L, -1));
    lua_setfield(L, -3, "codepoint");
    lua_pop(L, 1);
    library_seal(L);
    lua_setfield(L, -2, "utf8");
}

void numbers_add(lua_State *L) {
    lua_pushcfunction(L, random_number);
    lua_setfield(L, -2, "random");
    add_math(L);
    add_utf8(L);
}
