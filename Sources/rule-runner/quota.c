// Limits that a script cannot catch: a sticky fault, raised again at every instruction that follows it.

#include "quota.h"
#include "sandbox.h"

#include <jansson.h>
#include <lauxlib.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum {
    // The hook costs 3 to 9 % at this distance.
    HOOK_DISTANCE = 100,
    // Making this much of a text takes about as long as one instruction. Tables grow by the instructions that fill them, and short
    // texts may be there already: what a run costs does not depend on that.
    BYTES_PER_INSTRUCTION = 128,
    // Up to here a run does without collecting garbage: faster, and its costs do not depend on what was before it.
    MEMORY_BEFORE_COLLECTING = 1 << 20,
    // A string's header and closing zero.
    STRING_OVERHEAD = 32
};

static Quota *quota_of(lua_State *L) { return &sandbox_of(L)->quota; }

static void *refuse(Quota *quota) {
    enum { BYTES_COLLECTED_PER_INSTRUCTION = 16 };
    // Lua now collects all its garbage and tries again: work that a script near its limit can cause at will.
    quota->instructions += quota->used / BYTES_COLLECTED_PER_INSTRUCTION;
    const Sandbox *sandbox = (const Sandbox *)((char *)quota - offsetof(Sandbox, quota));
    Place place = {.line = 0};
    if (sandbox->L != NULL) quota_locate(sandbox->L, &place);
    if (place.line > 0) quota->refused = place;
    return NULL;
}

void *quota_allocate(void *context, void *block, size_t old, size_t size) {
    Quota *quota = context;
    // lua_Alloc: without a block, the old size tells what kind of object is being made.
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
    quota->used += size - old;
    if (quota->used > quota->peak) quota->peak = quota->used;
    if (isString) quota->instructions += size / BYTES_PER_INSTRUCTION;
    return moved;
}

static void count(lua_State *L, lua_Debug *activation) {
    (void)activation;
    Quota *quota = quota_of(L);
    if (quota->fault != FAULT_NONE) quota_abort(L, quota->fault);
    if (quota->used > quota->collectFrom && !lua_gc(L, LUA_GCISRUNNING)) lua_gc(L, LUA_GCRESTART);
    quota_charge(L, HOOK_DISTANCE);
}

void quota_begin(lua_State *L, Quota *quota, uint64_t instructions, size_t memory) {
    quota->used -= quota->held;
    quota->held = 0;
    quota->peak = quota->used;
    quota->limit = quota->used + memory;
    quota->collectFrom = quota->used + MEMORY_BEFORE_COLLECTING;
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
    // Lua's own collector does not know how much hangs on a small userdata.
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

// luaL_Buffer reports its lack of memory as an ordinary error with this text.
bool quota_is_memory_message(lua_State *L, int status) {
    if (status == LUA_ERRMEM) return true;
    return lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "not enough memory") == 0;
}
