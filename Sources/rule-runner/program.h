#pragma once

#include "sandbox.h"

// Compiles the scripts of a `load` message, runs the top level of each once, and answers what they declare.
Sandbox *program_load(json_t *message);
