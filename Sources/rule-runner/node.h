#pragma once

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>

// An object or list of the event, as seen from Lua. It is read in place: only what a rule uses is converted.
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

// Pushes the run's event; nil if it has none.
void node_push_event(lua_State *L, json_t *event);

// Pushes any JSON value from a host call; `entity` is its type, or that of each element of the list.
void node_push_answer(lua_State *L, json_t *value, const char *entity);

// Pops a key and pushes its member.
void node_push_member(lua_State *L, int index);

// Records that the node as a whole was read.
void node_note_read(lua_State *L, int index);
