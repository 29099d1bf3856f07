// One process, one tenant's rules at a time: it answers `load` and `run` on the socket it was born with, and can do nothing else.

#include "confine.h"
#include "program.h"
#include "run.h"
#include "wire.h"

#include <string.h>

int main(void) {
    json_object_seed(0); // from the system's randomness, which is out of reach afterwards
    confine();
    Sandbox *sandbox = NULL;
    for (;;) {
        json_t *message = wire_receive();
        const char *type = wire_string(message, "type");
        if (strcmp(type, "load") == 0) {
            sandbox_close(sandbox);
            sandbox = program_load(message);
        } else if (strcmp(type, "run") == 0 && sandbox != NULL) {
            run_perform(sandbox, message);
        } else if (strcmp(type, "reset") == 0) {
            sandbox_close(sandbox);
            sandbox = NULL;
        } else {
            wire_malformed();
        }
        json_decref(message);
    }
}
