// What makes a script a console script: it goes from tenant to tenant, and reports what it found.

#include "console.h"
#include "convert.h"
#include "library.h"
#include "node.h"
#include "program.h"
#include "reads.h"
#include "run.h"
#include "wire.h"

#include <lauxlib.h>
#include <string.h>

// Addresses as keys of this file's entries in the Lua registry.
static const char globalsKey;

// Sets the tenant that the script is now in; what it had cached of the previous one's store is forgotten.
static void enter(Run *run, Turn turn) {
    json_array_append_new(run->kept, run->store);
    run->store = json_object();
    run->turn = turn;
}

// The only tenant, which the script is in outside tenants.each.
static const char *only_tenant(lua_State *L) {
    return json_string_value(json_object_get(sandbox_of(L)->program, "tenant"));
}

void console_leave(lua_State *L) {
    enter(run_of(L), (Turn){.tenant = only_tenant(L), .isInside = false});
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globalsKey);
    sandbox_restore_globals(L);
}

void console_require_tenant(lua_State *L, const char *what) {
    if (sandbox_of(L)->isConsole && run_of(L)->turn.tenant == NULL) {
        luaL_error(L, "%s needs a tenant: use it inside tenants.each(function(tenant) ... end)", what);
    }
}

static void push_tenant(lua_State *L, json_t *tenant) {
    lua_newtable(L);
    const char *name;
    json_t *value;
    json_object_foreach(tenant, name, value) {
        lua_pushstring(L, json_string_value(value));
        lua_setfield(L, -2, name);
    }
}

// Calls the function once for each tenant that the run was started for.
static int each(lua_State *L) {
    Run *run = run_of(L);
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    if (run->turn.isInside) return luaL_error(L, "tenants.each cannot be used inside tenants.each");
    sandbox_copy_globals(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globalsKey);
    for (json_int_t position = 1;; position++) {
        run->readsLeft++; // a tenant is no read of the script's
        json_t *answer = reads_ask(L, "tenants.next", json_pack("{s:I}", "position", position));
        json_t *tenant = json_object_get(answer, "value");
        if (!json_is_object(tenant)) return 0;
        json_array_append(run->kept, tenant);
        enter(run, (Turn){.tenant = wire_string(tenant, "id"), .isInside = true});
        lua_pushvalue(L, 1);
        push_tenant(L, tenant);
        lua_call(L, 1, 0);
        console_leave(L);
    }
}

// report("Title", {"column", ...}, rows): a row is a list with as many values.
static int report(lua_State *L) {
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checktype(L, 3, LUA_TTABLE);
    json_t *title = convert_checked(L, 1, "the title");
    json_t *columns = convert_checked(L, 2, "the list of columns");
    json_t *rows = convert_checked(L, 3, "the list of rows");
    bool isFine = json_is_array(columns) && json_is_array(rows);
    size_t position, place;
    json_t *element, *row;
    json_array_foreach(columns, position, element) isFine = isFine && json_is_string(element);
    json_array_foreach(rows, place, row) isFine = isFine && json_is_array(row) && json_array_size(row) == json_array_size(columns);
    json_t *table = json_pack("{s:o, s:o, s:o}", "title", title, "columns", columns, "rows", rows);
    if (!isFine) {
        json_decref(table);
        return luaL_error(L, "report takes a title, a list of names, and a list of rows with one value for each name");
    }
    run_deliver(L, "table", NULL, table);
    return 0;
}

void console_add(lua_State *L) {
    static const luaL_Reg tenants[] = {{"each", each}, {NULL, NULL}};
    luaL_newlib(L, tenants);
    library_seal(L);
    lua_setfield(L, -2, "tenants");
    lua_pushcfunction(L, report);
    lua_setfield(L, -2, "report");
}

static int perform(lua_State *L) {
    sandbox_renew(L);
    sandbox_start(L, SHELF_SCRIPTS, "console", 0);
    return 0;
}

static Run run_from(const json_t *message) {
    const json_t *now = json_object_get(message, "now");
    if (!json_is_number(now)) wire_malformed();
    Run run = run_declaring();
    run.phase = PHASE_HANDLING;
    run.now = json_number_value(now);
    run.random = (uint64_t)wire_natural(message, "seed");
    run.turn.tenant = json_string_value(json_object_get(message, "tenant"));
    run_take_limits(&run, wire_object(message, "limits"));
    return run;
}

void console_perform(json_t *message) {
    program_require_words(message);
    const json_t *limits = wire_object(message, "limits");
    Sandbox *sandbox = sandbox_open(message);
    Run run = run_from(message);
    sandbox->run = &run;
    json_t *script = json_pack("{s:s, s:s, s:s}", "id", "console", "name", "console", "source", wire_string(message, "source"));
    Failure failure;
    bool fine = program_compile(sandbox, limits, script, &failure);
    quota_begin(
        sandbox->L, &sandbox->quota, (uint64_t)wire_natural(limits, "instructions"), (size_t)wire_natural(limits, "memory")
    );
    fine = fine && sandbox_protect(sandbox, perform, NULL, &failure);
    json_t *answer = run_answer(sandbox, &run, fine, &failure);
    if (!fine && run.turn.tenant != NULL) json_object_set_new(answer, "tenant", json_string(run.turn.tenant));
    wire_send(answer);
}
