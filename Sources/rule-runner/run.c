#include "run.h"
#include "convert.h"
#include "node.h"
#include "wire.h"

#include <lauxlib.h>
#include <string.h>

Run run_declaring(void) {
    return (Run){
        .phase = PHASE_DECLARING,
        .kind = "",
        .name = "",
        .kept = json_array(),
        .answers = json_array(),
        .effects = json_array(),
        .log = json_array(),
        .amendments = json_object(),
        .store = json_object(),
        .fields = json_object(),
        .outputLeft = WIRE_CAP / 16,
    };
}

void run_release(Run *run) {
    json_decref(run->kept);
    json_decref(run->answers);
    json_decref(run->effects);
    json_decref(run->log);
    json_decref(run->amendments);
    json_decref(run->store);
    json_decref(run->fields);
}

void run_spend_output(lua_State *L, size_t bytes) {
    Run *run = run_of(L);
    if (run->outputLeft < bytes) quota_abort(L, FAULT_OUTPUT);
    run->outputLeft -= bytes;
}

void run_deliver(lua_State *L, const char *kind, json_t *list, json_t *item) {
    enum { WORDS_AROUND = 256 };
    if (!sandbox_of(L)->isConsole) {
        json_array_append_new(list, item);
        return;
    }
    if (json_dumpb(item, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY) > WIRE_CAP - WORDS_AROUND) quota_abort(L, FAULT_OUTPUT);
    const char *tenant = run_of(L)->turn.tenant;
    wire_send(json_pack("{s:s, s:s*, s:o}", "type", kind, "tenant", tenant, kind, item));
}

void run_take_limits(Run *run, const json_t *limits) {
    run->effectsLeft = (size_t)wire_natural(limits, "effects");
    run->readsLeft = (size_t)wire_natural(limits, "reads");
    run->outputLeft = (size_t)wire_natural(limits, "output");
}

void run_require_handler(lua_State *L, const char *what) {
    if (run_of(L)->phase != PHASE_HANDLING) luaL_error(L, "%s can be used inside a handler only", what);
}

// Calls each handler of this run's kind and name, in the order of declaration.
static int handle(lua_State *L) {
    const char *script = lua_touserdata(L, 1);
    Run *run = run_of(L);
    sandbox_renew(L);
    sandbox_start(L, SHELF_SCRIPTS, script, 0);
    run->phase = PHASE_HANDLING;
    lua_settop(L, 0);
    sandbox_push_handlers(L);
    node_push_event(L, run->event);
    for (lua_Integer i = 1; lua_rawgeti(L, 1, i) != LUA_TNIL; i++) {
        lua_rawgeti(L, 3, HANDLER_KIND);
        lua_rawgeti(L, 3, HANDLER_NAME);
        bool isMeant = strcmp(lua_tostring(L, -2), run->kind) == 0 && strcmp(lua_tostring(L, -1), run->name) == 0;
        if (isMeant) {
            lua_rawgeti(L, 3, HANDLER_FUNCTION);
            lua_pushvalue(L, 2);
            lua_call(L, 1, 0);
        }
        lua_settop(L, 2);
    }
    return 0;
}

static json_t *require_strings(json_t *list) {
    size_t position;
    json_t *element;
    json_array_foreach(list, position, element) {
        if (!json_is_string(element)) wire_malformed();
    }
    return list;
}

static json_t *grants_of(const Sandbox *sandbox, const char *id) {
    size_t position;
    json_t *script;
    json_array_foreach(json_object_get(sandbox->program, "scripts"), position, script) {
        if (strcmp(json_string_value(json_object_get(script, "id")), id) == 0) return json_object_get(script, "grants");
    }
    wire_malformed(); // a script that was not loaded
}

static Run run_from(const Sandbox *sandbox, const json_t *message) {
    const json_t *limits = wire_object(message, "limits");
    const json_t *now = json_object_get(message, "now");
    if (!json_is_number(now)) wire_malformed();
    Run run = run_declaring();
    run.kind = wire_string(message, "kind");
    run.name = wire_string(message, "name");
    run.grants = require_strings(grants_of(sandbox, wire_string(message, "script")));
    run.event = json_object_get(message, "event");
    run.amendable = require_strings(wire_array(message, "amendable"));
    run.now = json_number_value(now);
    run.random = (uint64_t)json_integer_value(json_object_get(message, "seed"));
    run_take_limits(&run, limits);
    return run;
}

// Each field that was read, with the place that read it first.
static json_t *read_fields(json_t *fields) {
    json_t *list = json_array();
    const char *name;
    json_t *place;
    json_object_foreach(fields, name, place) json_array_append_new(list, json_pack("{s:s, s:O}", "name", name, "place", place));
    return list;
}

json_t *run_answer(const Sandbox *sandbox, const Run *run, bool fine, const Failure *failure) {
    const Quota *quota = &sandbox->quota;
    // The cost of memory may be added after the last check.
    uint64_t instructions = quota->instructions < quota->instructionLimit ? quota->instructions : quota->instructionLimit;
    bool rejected = !fine && failure->fault == FAULT_REJECTED;
    json_t *answer = json_pack(
        "{s:s, s:s, s:O, s:I, s:I, s:o}", "type", "done", "outcome", fine ? "completed" : rejected ? "rejected" : "failed", "log", run->log,
        "instructions", (json_int_t)instructions, "memoryPeak", (json_int_t)quota->peak, "readFields", read_fields(run->fields)
    );
    if (fine) {
        json_object_set(answer, "effects", run->effects);
        json_object_set(answer, "amendments", run->amendments);
    } else if (rejected) {
        json_object_set_new(answer, "reason", convert_text(run->reason, strlen(run->reason)));
        if (run->code[0] != 0) json_object_set_new(answer, "code", json_string(run->code));
    } else {
        json_object_set_new(answer, "error", failure_json(failure));
    }
    return answer;
}

void run_perform(Sandbox *sandbox, const json_t *message) {
    const json_t *limits = wire_object(message, "limits");
    const char *script = wire_string(message, "script");
    Run run = run_from(sandbox, message);
    sandbox->run = &run;
    quota_begin(
        sandbox->L, &sandbox->quota, (uint64_t)wire_natural(limits, "instructions"), (size_t)wire_natural(limits, "memory")
    );
    Failure failure;
    bool fine = sandbox_protect(sandbox, handle, (void *)script, &failure);
    wire_send(run_answer(sandbox, &run, fine, &failure));
    sandbox->run = NULL;
    // After the answer, so that nobody waits for it: each run begins with the same heap.
    lua_gc(sandbox->L, LUA_GCCOLLECT);
    run_release(&run);
}
