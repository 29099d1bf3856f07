#pragma once

// Gives up everything but memory and the one socket; ends the process when the kernel refuses.
void confine(void);
