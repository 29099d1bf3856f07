// One process, one tenant's rules at a time: it answers `load` and `run` on the socket it was started with, and can do nothing else.
// Started with the argument `console`, it performs one `console` message instead, and ends.

#include "confine.h"
#include "console.h"
#include "program.h"
#include "run.h"
#include "wire.h"

#include <string.h>

static int perform_console(void) {
    size_t size;
    json_t *message = wire_receive(&size);
    if (strcmp(wire_string(message, "type"), "console") != 0) wire_malformed();
    console_perform(message);
    return 0;
}

int main(int count, char **arguments) {
    json_object_seed(0); // from the system's randomness, which is out of reach afterwards
    bool isConsole = count > 1 && strcmp(arguments[1], "console") == 0;
    if (isConsole) quota_count_json();
    confine(isConsole);
    if (isConsole) return perform_console();
    Sandbox *sandbox = NULL;
    for (;;) {
        size_t size;
        json_t *message = wire_receive(&size);
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
