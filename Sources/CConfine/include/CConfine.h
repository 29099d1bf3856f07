#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The walls that programs put up around themselves before they touch what a stranger made. Each function returns false where its
// wall can't stand; the caller ends the process then.

/// Sets a limit of `setrlimit(2)`, soft and hard alike.
bool confine_limit(int resource, uint64_t value);

/// Changes root to a user and group that own nothing and run nothing else; anybody else stays who they are.
bool confine_user(void);

/// Lets the process read and run what lies at or beneath the paths, and no other file (Landlock). True as well where the kernel
/// knows no Landlock: the filter of system calls then still forbids writing.
bool confine_files(const char *const *paths, size_t count);

/// Allows what a program needs to start, to read files and to write to what is open: no network, no new process, no new file. One
/// `execveat` with exactly this path pointer starts the program; the pointer means nothing in the program that is started.
bool confine_program(const char *path);

/// Allows computing, and reading and writing what is open. Nothing can be opened, mapped from a file or started any more.
bool confine_computation(void);

/// The words this program was called with, the last of them NULL. Swift would look for them in /proc, which is closed off.
char *const *confined_words(void);
