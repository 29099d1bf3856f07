// Limits that a script can't catch: a sticky fault, raised again at every following instruction.

#include "quota.h"
#include "sandbox.h"

#include <jansson.h>
#include <lauxlib.h>
#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum {
    // The hook costs 3 to 9 % at this distance.
    HOOK_DISTANCE = 100,
    // Making this many bytes of text takes about as long as one instruction. Tables grow by the instructions that fill them, and short
    // texts may exist already: a run's cost doesn't depend on that.
    BYTES_PER_INSTRUCTION = 128,
    // Up to here a run doesn't collect garbage: that is faster, and its costs don't depend on earlier runs.
    MEMORY_BEFORE_COLLECTING = 1 << 20,
    // lua_newstate makes the state, then its stack: 40 slots and five to spare (lstate.h, BASIC_STACK_SIZE and EXTRA_STACK).
    STACK_BLOCK = 2,
    FIRST_STACK = 45 * 16,
    // A stack from this size on may hold arguments that take one instruction longer to copy than a hundred others take: check each one.
    LARGE_STACK = 1024 * 16,
    // This many values are copied in the time of one instruction.
    VALUES_PER_INSTRUCTION = 16,
    // A string's header and closing zero.
    STRING_OVERHEAD = 32
};

static Quota *quota_of(lua_State *L) { return &sandbox_of(L)->quota; }

static void *refuse(Quota *quota) {
    enum { BYTES_COLLECTED_PER_INSTRUCTION = 16 };
    // Lua now collects all its garbage and tries again: work that a script near its limit can trigger at will.
    quota->instructions += quota->used / BYTES_COLLECTED_PER_INSTRUCTION;
    const Sandbox *sandbox = (const Sandbox *)((char *)quota - offsetof(Sandbox, quota));
    Place place = {.line = 0};
    if (sandbox->L != NULL) quota_locate(sandbox->L, &place);
    if (place.line > 0) quota->refused = place;
    return NULL;
}

void *quota_allocate(void *context, void *block, size_t old, size_t size) {
    Quota *quota = context;
    // lua_Alloc: without a block, the old size is the kind of object being made.
    bool isString = block == NULL && old == LUA_TSTRING;
    if (block == NULL) old = 0;
    if (size == 0) {
        free(block);
        quota->used -= old;
        return NULL;
    }
    if (size > old) {
        if (isString && size > QUOTA_STRING_CAP + STRING_OVERHEAD) return refuse(quota);
        if (quota->used + (size - old) > quota->limit) return refuse(quota);
    }
    void *moved = realloc(block, size);
    if (moved == NULL) return size > old ? refuse(quota) : block;
    bool isStack = block == NULL ? quota->blocks < STACK_BLOCK && ++quota->blocks == STACK_BLOCK && size == FIRST_STACK
                                 : block == quota->stack;
    if (isStack) {
        quota->stack = moved;
        quota->stackSize = size;
    }
    quota->used += size - old;
    if (quota->used > quota->peak) quota->peak = quota->used;
    if (isString) quota->instructions += size / BYTES_PER_INSTRUCTION;
    return moved;
}

static bool has_argument(lua_State *L, lua_Debug *activation, int number) {
    // lua_getlocal: a function's variable arguments are -1, -2, and so on.
    if (lua_getlocal(L, activation, -number) == NULL) return false;
    lua_pop(L, 1);
    return true;
}

// How many variable arguments the running function has; a few count as none.
static uint64_t variable_arguments(lua_State *L, lua_Debug *activation) {
    int known = VALUES_PER_INSTRUCTION, beyond = known;
    if (!has_argument(L, activation, known)) return 0;
    while (beyond < INT_MAX / 2 && has_argument(L, activation, beyond)) {
        known = beyond;
        beyond *= 2;
    }
    while (beyond - known > 1) {
        int middle = known + (beyond - known) / 2;
        if (has_argument(L, activation, middle)) known = middle;
        else beyond = middle;
    }
    return (uint64_t)known;
}

static void count(lua_State *L, lua_Debug *activation) {
    Quota *quota = quota_of(L);
    if (quota->fault != FAULT_NONE) quota_abort(L, quota->fault);
    if (quota->used > quota->collectFrom && !lua_gc(L, LUA_GCISRUNNING)) lua_gc(L, LUA_GCRESTART);
    int distance = lua_gethookcount(L);
    // Any instruction may copy all arguments, as `f(...)` and `{...}` do.
    uint64_t copies = variable_arguments(L, activation) / VALUES_PER_INSTRUCTION;
    int next = quota->stackSize > LARGE_STACK ? 1 : HOOK_DISTANCE;
    if (next != distance) lua_sethook(L, count, LUA_MASKCOUNT, next);
    quota_charge(L, (uint64_t)distance * (1 + copies));
}

void quota_begin(lua_State *L, Quota *quota, uint64_t instructions, size_t memory) {
    quota->used -= quota->held;
    quota->held = 0;
    quota->peak = quota->used;
    quota->limit = quota->used + memory;
    quota->collectFrom = quota->used + MEMORY_BEFORE_COLLECTING;
    // A run's cost must not depend on how far the stack grew in the one before: collecting shrinks it.
    if (quota->stackSize > LARGE_STACK) lua_gc(L, LUA_GCCOLLECT);
    lua_gc(L, LUA_GCSTOP);
    quota->refused.line = 0;
    quota->instructions = 0;
    quota->instructionLimit = instructions;
    quota->fault = FAULT_NONE;
    quota->place.line = 0;
    lua_sethook(L, count, LUA_MASKCOUNT, HOOK_DISTANCE);
}

static size_t jsonUsed, jsonAfterCollecting;

static void *allocate_json(size_t size) {
    void *block = malloc(size);
    if (block != NULL) jsonUsed += malloc_usable_size(block);
    return block;
}

static void free_json(void *block) {
    if (block != NULL) jsonUsed -= malloc_usable_size(block);
    free(block);
}

void quota_count_json(void) { json_set_alloc_funcs(allocate_json, free_json); }

void quota_check_json(lua_State *L) {
    enum { BEFORE_COLLECTING = 16 << 20 };
    Quota *quota = quota_of(L);
    // Lua's own collector doesn't know how much memory a small userdata refers to.
    if (jsonUsed > jsonAfterCollecting + BEFORE_COLLECTING) {
        lua_gc(L, LUA_GCCOLLECT);
        jsonAfterCollecting = jsonUsed;
    }
    if (quota->used + jsonUsed > quota->limit) {
        quota_locate(L, &quota->refused);
        quota_abort(L, FAULT_MEMORY);
    }
}

void quota_charge(lua_State *L, uint64_t work) {
    Quota *quota = quota_of(L);
    uint64_t left = quota->instructions < quota->instructionLimit ? quota->instructionLimit - quota->instructions : 0;
    if (work > left) {
        quota->instructions = quota->instructionLimit;
        quota_abort(L, FAULT_INSTRUCTIONS);
    }
    quota->instructions += work;
}

void quota_hold(lua_State *L, size_t bytes) {
    Quota *quota = quota_of(L);
    if (quota->used + bytes > quota->limit) {
        quota_locate(L, &quota->refused);
        quota_abort(L, FAULT_MEMORY);
    }
    quota->used += bytes;
    quota->held += bytes;
    if (quota->used > quota->peak) quota->peak = quota->used;
}

_Noreturn void quota_abort(lua_State *L, Fault fault) {
    Quota *quota = quota_of(L);
    if (quota->fault == FAULT_NONE) {
        quota->fault = fault;
        quota_locate(L, &quota->place);
        if (fault == FAULT_MEMORY) quota->place = quota->refused;
    }
    lua_sethook(L, count, LUA_MASKCOUNT, 1);
    lua_pushnil(L);
    lua_error(L);
    abort(); // lua_error does not return, but is not declared so
}

void quota_locate(lua_State *L, Place *place) {
    enum { LEVELS = 16 };
    lua_Debug activation;
    place->line = 0;
    for (int level = 0; level < LEVELS && lua_getstack(L, level, &activation); level++) {
        lua_getinfo(L, "Sl", &activation);
        if (activation.currentline <= 0) continue;
        place->line = activation.currentline;
        memcpy(place->source, activation.short_src, LUA_IDSIZE);
        return;
    }
}

// luaL_Buffer reports a lack of memory as an ordinary error with this text.
bool quota_is_memory_message(lua_State *L, int status) {
    if (status == LUA_ERRMEM) return true;
    return lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "not enough memory") == 0;
}
