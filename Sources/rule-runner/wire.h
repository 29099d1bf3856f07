#pragma once

#include <jansson.h>

// How the process ends if it can't continue, after sysexits.h.
enum {
    EXIT_USAGE = 64,      // not started by a server: no socket at descriptor 3
    EXIT_MALFORMED = 65,  // a message that this protocol does not know
    EXIT_INTERNAL = 70,   // Lua had no memory for its own set-up, or an answer did not fit
    EXIT_CONFINEMENT = 71 // the kernel refused a limit or the filter
};

enum { WIRE_DESCRIPTOR = 3, WIRE_CAP = 1 << 20 };

// The next message, of `size` bytes, owned by the caller; ends the process if the server is gone.
json_t *wire_receive(size_t *size);

// Sends and releases the message.
void wire_send(json_t *message);

// Ends the process: the server sees the status and replaces it.
_Noreturn void wire_malformed(void);

// Members that a message must have; anything else is malformed.
const char *wire_string(const json_t *object, const char *key);
json_t *wire_object(const json_t *object, const char *key);
json_t *wire_array(const json_t *object, const char *key);
json_int_t wire_natural(const json_t *object, const char *key);
