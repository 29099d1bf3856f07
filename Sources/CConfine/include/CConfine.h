#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Restrictions that programs put on themselves before they touch what a stranger made. Each function returns false if its restriction can't
// be set up; the caller must end the process then.

/// Sets a limit of `setrlimit(2)`, both soft and hard.
bool confine_limit(int resource, uint64_t value);

/// Changes from root to a user and group that own nothing and run nothing else; other users stay who they are.
bool confine_user(void);

/// Lets the process read and run only files at or below the paths (Landlock). Also true if the kernel has no Landlock: the filter of system
/// calls still forbids writing.
bool confine_files(const char *const *paths, size_t count);

/// Allows what a program needs to start, to read files and to write to open descriptors: no network, no new process, no new file. One
/// `execveat` with exactly this path pointer starts the program; the pointer means nothing in the program that is started.
bool confine_program(const char *path);

/// Allows computing, and reading and writing open descriptors. Nothing can be opened, mapped from a file or started any more.
bool confine_computation(void);

/// The arguments this program was started with, ending with NULL. Swift would look for them in /proc, which is blocked.
char *const *confined_words(void);
