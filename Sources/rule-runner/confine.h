#pragma once

#include <stdbool.h>

// Gives up everything except memory and the one socket; ends the process if the kernel refuses. A console script has more memory.
void confine(bool isConsole);
