#pragma once

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>

// An object or list of the event, seen from Lua. It is read where it lies: only what a rule touches is converted.
typedef struct {
    json_t *json;
    const char *entity; // its operations are methods of this object, or NULL
    bool isEvent;       // the event itself: amendable, in a `before` handler
    bool isTracked;     // what is read of it is reported
} Node;

// The node at `index`, or NULL. Never raises.
Node *node_at(lua_State *L, int index);

// Registers the metatable.
void node_install(lua_State *L);

// Pushes the run's event; nil when it has none.
void node_push_event(lua_State *L, json_t *event);

// Pushes any JSON value that a host call brought; `entity` names what it, or each element of the list, is.
void node_push_answer(lua_State *L, json_t *value, const char *entity);

// Pushes the member at the key on top of the stack, which it pops.
void node_push_member(lua_State *L, int index);

// Says that the node as a whole was looked at.
void node_note_read(lua_State *L, int index);
