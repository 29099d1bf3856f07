#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Why a run ended early. Once set it stays, and no code of the tenant runs again in that run.
typedef enum {
    FAULT_NONE,
    FAULT_REJECTED, // not a failure: reject() ends a run the same way
    FAULT_INSTRUCTIONS,
    FAULT_MEMORY,
    FAULT_OUTPUT,
    FAULT_EFFECTS,
    FAULT_READS,
    FAULT_RUNTIME,
    FAULT_LOAD
} Fault;

typedef struct {
    char source[LUA_IDSIZE];
    int line; // 0: nowhere
} Place;

typedef struct {
    size_t used, peak, limit;
    size_t held; // part of `used` that is not Lua's
    size_t collectFrom;
    void *stack; // Lua's, found when the state is made
    size_t stackSize;
    unsigned blocks; // how many were made so far, up to the stack's
    Place refused; // where memory was last refused
    uint64_t instructions, instructionLimit;
    Fault fault;
    Place place; // where the fault was
} Quota;

enum { QUOTA_STRING_CAP = 1 << 20 };

// A lua_Alloc whose context is a Quota.
void *quota_allocate(void *context, void *block, size_t old, size_t size);

// Starts counting anew: what is in use now doesn't count for the run.
void quota_begin(lua_State *L, Quota *quota, uint64_t instructions, size_t memory);

// From here on, memory used by JSON is counted.
void quota_count_json(void);
// Ends the run if JSON and Lua together use more than the run may, not counting garbage.
void quota_check_json(lua_State *L);

// Accounts for work that a C function is about to do; one unit is about one Lua instruction.
void quota_charge(lua_State *L, uint64_t work);

// Counts memory outside Lua as used until the run ends.
void quota_hold(lua_State *L, size_t bytes);

// Ends the run, whatever the script does.
_Noreturn void quota_abort(lua_State *L, Fault fault);

// The innermost line of the tenant's code.
void quota_locate(lua_State *L, Place *place);

bool quota_is_memory_message(lua_State *L, int status);
