#pragma once

#include "sandbox.h"

// Checks that a message has a vocabulary for scripts, as `load` does; ends the process if not.
void program_require_words(const json_t *message);

// Compiles one script, an object with id, name and source, within the limits; the reason for a failure is in `failure`.
bool program_compile(Sandbox *sandbox, const json_t *limits, const json_t *script, Failure *failure);

// Compiles the scripts of a `load` message, runs the top level of each once, and answers with what they declare.
Sandbox *program_load(json_t *message);
