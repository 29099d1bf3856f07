#pragma once

#include "sandbox.h"

// Whether a message has the words that scripts use, as `load` has them; ends the process if not.
void program_require_words(const json_t *message);

// Compiles one script, an object with id, name and source, within the limits; says in `failure` why not.
bool program_compile(Sandbox *sandbox, const json_t *limits, const json_t *script, Failure *failure);

// Compiles the scripts of a `load` message, runs the top level of each once, and answers what they declare.
Sandbox *program_load(json_t *message);
