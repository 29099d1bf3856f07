#include "program.h"
#include "convert.h"
#include "run.h"
#include "wire.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const json_t *limits, *script;
    const char *library; // compile this module instead
    const json_t *source;
} Item;

// Lua's own message for a syntax error is "name:line: text".
static void place_of_syntax_error(const char *name, Failure *failure) {
    char start[LUA_IDSIZE];
    strncpy(start, name, sizeof start - 1);
    start[sizeof start - 1] = 0;
    size_t length = strlen(start);
    if (strncmp(failure->message, start, length) != 0 || failure->message[length] != ':') return;
    char *rest;
    long line = strtol(failure->message + length + 1, &rest, 10);
    if (line <= 0 || strncmp(rest, ": ", 2) != 0) return;
    memcpy(failure->place.source, start, sizeof start);
    failure->place.line = (int)line;
    memmove(failure->message, rest + 2, strlen(rest + 2) + 1);
}

static int compile(lua_State *L) {
    const Item *item = lua_touserdata(L, 1);
    Shelf shelf = item->library != NULL ? SHELF_MODULES : SHELF_SCRIPTS;
    const char *key = item->library != NULL ? item->library : wire_string(item->script, "id");
    const char *name = item->library != NULL ? item->library : wire_string(item->script, "name");
    if (sandbox_compile(L, shelf, key, name, json_string_value(item->source), json_string_length(item->source))) return 0;
    return lua_error(L);
}

static int declare(lua_State *L) {
    const Item *item = lua_touserdata(L, 1);
    sandbox_renew(L);
    sandbox_start(L, SHELF_SCRIPTS, wire_string(item->script, "id"), 0);
    return 0;
}

static void begin(Sandbox *sandbox, const Item *item) {
    quota_begin(
        sandbox->L, &sandbox->quota, (uint64_t)wire_natural(item->limits, "instructions"), (size_t)wire_natural(item->limits, "memory")
    );
}

static bool compile_item(Sandbox *sandbox, const Item *item, Failure *failure) {
    begin(sandbox, item);
    if (sandbox_protect(sandbox, compile, (void *)item, failure)) return true;
    if (failure->fault == FAULT_RUNTIME) {
        failure->fault = FAULT_LOAD;
        place_of_syntax_error(item->library != NULL ? item->library : wire_string(item->script, "name"), failure);
    }
    return false;
}

bool program_compile(Sandbox *sandbox, const json_t *limits, const json_t *script, Failure *failure) {
    Item item = {.limits = limits, .script = script, .source = json_object_get(script, "source")};
    return compile_item(sandbox, &item, failure);
}

typedef struct {
    json_t *list;
} Declared;

static int list_handlers(lua_State *L) {
    Declared *declared = lua_touserdata(L, 1);
    sandbox_push_handlers(L);
    for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
        for (int field = HANDLER_KIND; field <= HANDLER_LINE; field++) lua_rawgeti(L, 3, field);
        const char *name = lua_tostring(L, 3 + HANDLER_NAME), *source = lua_tostring(L, 3 + HANDLER_SOURCE);
        json_array_append_new(
            declared->list,
            json_pack(
                "{s:s, s:o, s:o, s:I}", "kind", lua_tostring(L, 3 + HANDLER_KIND), "name",
                convert_text(name, lua_rawlen(L, 3 + HANDLER_NAME)), "script", convert_text(source, strlen(source)), "line",
                (json_int_t)lua_tointeger(L, 3 + HANDLER_LINE)
            )
        );
        lua_settop(L, 2);
    }
    return 0;
}

static json_t *load_script(Sandbox *sandbox, const Item *item) {
    Failure failure;
    Declared declared = {json_array()};
    Run run = run_declaring();
    sandbox->run = &run;
    bool fine = compile_item(sandbox, item, &failure);
    begin(sandbox, item);
    fine = fine && sandbox_protect(sandbox, declare, (void *)item, &failure);
    begin(sandbox, item);
    fine = fine && sandbox_protect(sandbox, list_handlers, &declared, &failure);
    json_t *report = json_pack("{s:s, s:o}", "id", wire_string(item->script, "id"), "handlers", declared.list);
    if (!fine) json_object_set_new(report, "error", failure_json(&failure));
    if (run.onError != NULL) json_object_set_new(report, "onError", json_string(run.onError));
    sandbox->run = NULL;
    run_release(&run);
    return report;
}

static json_t *load_modules(Sandbox *sandbox, const json_t *message, const json_t *limits) {
    json_t *errors = json_object();
    const char *name;
    json_t *source;
    json_object_foreach(wire_object(message, "modules"), name, source) {
        if (!json_is_string(source)) wire_malformed();
        Failure failure;
        Item item = {.limits = limits, .library = name, .source = source};
        if (!compile_item(sandbox, &item, &failure)) json_object_set_new(errors, name, failure_json(&failure));
    }
    return errors;
}

static void require_names(const json_t *object) {
    const char *name;
    json_t *names;
    json_object_foreach((json_t *)object, name, names) {
        size_t position;
        json_t *parameter;
        if (!json_is_array(names)) wire_malformed();
        json_array_foreach(names, position, parameter) {
            if (!json_is_string(parameter)) wire_malformed();
        }
    }
}

void program_require_words(const json_t *message) {
    const char *entity;
    json_t *methods;
    json_object_foreach(wire_object(message, "entities"), entity, methods) {
        if (!json_is_object(methods)) wire_malformed();
        require_names(methods);
    }
    require_names(wire_object(message, "functions"));
    require_names(wire_object(message, "reads"));
}

Sandbox *program_load(json_t *message) {
    program_require_words(message);
    Sandbox *sandbox = sandbox_open(message);
    const json_t *limits = wire_object(message, "limits");
    json_t *modules = load_modules(sandbox, message, limits);
    json_t *reports = json_array();
    size_t position;
    json_t *script;
    json_array_foreach(wire_array(message, "scripts"), position, script) {
        Item item = {.limits = limits, .script = script, .source = json_object_get(script, "source")};
        wire_string(script, "source");
        json_array_append_new(reports, load_script(sandbox, &item));
    }
    lua_gc(sandbox->L, LUA_GCCOLLECT);
    wire_send(json_pack("{s:s, s:o, s:o}", "type", "loaded", "modules", modules, "scripts", reports));
    return sandbox;
}
