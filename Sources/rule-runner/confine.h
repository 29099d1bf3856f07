#pragma once

#include <stdbool.h>

// Gives up everything but memory and the one socket; ends the process when the kernel refuses. A script of the console has more memory.
void confine(bool isConsole);
