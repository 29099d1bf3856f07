// Runs programs on a file that a stranger sent, each behind walls of its own, and gives back what the last one prints.
//
//   fence CPU_SECONDS WALL_SECONDS MEMORY_BYTES OUTPUT_BYTES FILE [TOOL ARGUMENT... --]... READER ARGUMENT...
//
// Each tool reads the file as its standard input and runs to its end. Then the reader runs in place of this program, with the file as
// its standard input, what the tools printed and complained of as the descriptors 3 and 4, 5 and 6 ..., and as further arguments the
// tools' exit codes (a signal counts as 128 and its number). FILE may be `-` if there are no tools: the standard input is passed on.
// The wall time ends all of it, even when the server that asked is gone.

#define _GNU_SOURCE

#include <CConfine.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MOST_TOOLS = 4,
    FIRST_RESULT = 3,
    // The server takes precedence over those waiting for a document.
    NICENESS = 10,
    // Like env(1) for a program that it can't run or find, or if it fails itself.
    CANNOT_RUN = 126,
    NOT_FOUND = 127,
    FAILED = 125
};

struct limits {
    uint64_t processor, wall, memory, output;
};

struct command {
    char **words;
    int program;
};

// The filter of system calls recognizes the one permitted start by this address.
static const char here[] = "";
static char locale[] = "LC_ALL=C.UTF-8";
static char *const environment[] = {locale, NULL};

static void require_that(bool fine, const char *what) {
    if (fine) return;
    dprintf(STDERR_FILENO, "fence: %s: %s\n", what, strerror(errno));
    _exit(FAILED);
}

static uint64_t number(const char *text) {
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    require_that(errno == 0 && *text != 0 && *end == 0, text);
    return value;
}

static int opened(const char *name) {
    if (strchr(name, '/') != NULL) return open(name, O_RDONLY | O_CLOEXEC);
    char path[256];
    if (snprintf(path, sizeof path, "/usr/bin/%s", name) >= (int)sizeof path) return -1;
    return open(path, O_RDONLY | O_CLOEXEC);
}

/// Splits the words at each `--`; the last command is the reader.
static size_t cut(char **words, struct command *commands) {
    size_t count = 0;
    for (char **word = words; *word != NULL;) {
        require_that(count <= MOST_TOOLS, "too many tools");
        struct command *command = &commands[count++];
        command->words = word;
        while (*word != NULL && strcmp(*word, "--") != 0) word++;
        if (*word != NULL) *word++ = NULL;
        require_that(command->words[0] != NULL, "an empty command");
        command->program = opened(command->words[0]);
        if (command->program < 0) {
            dprintf(STDERR_FILENO, "fence: %s: %s\n", command->words[0], strerror(errno));
            _exit(errno == ENOENT ? NOT_FOUND : CANNOT_RUN);
        }
    }
    require_that(count > 0, "no command");
    return count;
}

/// Sets up the restrictions and becomes the program. A tool dies with `parent`; the reader, which has none here, at the wall time.
static void become(const struct command *command, const struct limits *limits, pid_t parent) {
    char program[32];
    snprintf(program, sizeof program, "/proc/self/fd/%d", command->program);
    // The libraries below /usr with the linker's cache of them, and the program itself.
    const char *const readable[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", program};
    require_that(confine_files(readable, sizeof readable / sizeof *readable), "files can't be closed off");
    require_that(confine_limit(RLIMIT_CORE, 0) && confine_limit(RLIMIT_FSIZE, limits->output), "limits can't be set");
    require_that(confine_limit(RLIMIT_CPU, limits->processor) && confine_limit(RLIMIT_AS, limits->memory), "limits can't be set");
    require_that(confine_user(), "the user can't be changed");
    // After the change of user, which clears it.
    if (parent != 0) require_that(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent, "nobody waits");
    require_that(confine_program(here), "system calls can't be filtered");
    execveat(command->program, here, command->words, environment, AT_EMPTY_PATH);
    _exit(CANNOT_RUN);
}

static int run(const struct command *tool, const struct limits *limits, int file, int output, int complaints) {
    pid_t parent = getpid();
    pid_t child = fork();
    require_that(child >= 0, "no process for a tool");
    if (child == 0) {
        require_that(dup2(file, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0, "no descriptors");
        require_that(dup2(complaints, STDERR_FILENO) >= 0, "no descriptors");
        alarm((unsigned)limits->wall);
        become(tool, limits, parent);
    }
    int status;
    while (waitpid(child, &status, 0) < 0) require_that(errno == EINTR, "a tool was lost");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
    require_that(argc > 6, "usage: see the head of its source");
    const struct limits limits = {number(argv[1]), number(argv[2]), number(argv[3]), number(argv[4])};
    const char *file = argv[5];
    require_that(close_range(FIRST_RESULT, ~0U, CLOSE_RANGE_CLOEXEC) == 0, "descriptors can't be closed");
    struct command commands[MOST_TOOLS + 1];
    size_t tools = cut(argv + 6, commands) - 1;
    errno = 0;
    require_that(nice(NICENESS) != -1 || errno == 0, "nice");
    alarm((unsigned)limits.wall);

    int results[2 * MOST_TOOLS];
    char codes[MOST_TOOLS][8];
    for (size_t index = 0; index < tools; index++) {
        int output = memfd_create("output", MFD_CLOEXEC), complaints = memfd_create("complaints", MFD_CLOEXEC);
        int input = open(file, O_RDONLY | O_CLOEXEC);
        require_that(output >= 0 && complaints >= 0 && input >= 0, file);
        snprintf(codes[index], sizeof codes[index], "%d", run(&commands[index], &limits, input, output, complaints));
        close(input);
        results[2 * index] = output;
        results[2 * index + 1] = complaints;
    }

    struct command reader = commands[tools];
    size_t words = 0;
    while (reader.words[words] != NULL) words++;
    char *all[words + tools + 1];
    memcpy(all, reader.words, words * sizeof *all);
    for (size_t index = 0; index < tools; index++) all[words + index] = codes[index];
    all[words + tools] = NULL;
    reader.words = all;

    if (strcmp(file, "-") != 0) {
        int input = open(file, O_RDONLY | O_CLOEXEC);
        require_that(input >= 0 && dup2(input, STDIN_FILENO) >= 0, file);
    }
    // Out of the way of the descriptors for the results.
    int base = FIRST_RESULT + 2 * MOST_TOOLS;
    reader.program = fcntl(reader.program, F_DUPFD_CLOEXEC, base);
    require_that(reader.program >= 0, "no descriptors");
    for (size_t index = 0; index < 2 * tools; index++) {
        results[index] = fcntl(results[index], F_DUPFD_CLOEXEC, base);
        require_that(results[index] >= 0, "no descriptors");
    }
    for (size_t index = 0; index < 2 * tools; index++) {
        require_that(lseek(results[index], 0, SEEK_SET) == 0, "a result can't be read again");
        require_that(dup2(results[index], FIRST_RESULT + (int)index) >= 0, "no descriptors");
    }
    become(&reader, &limits, 0);
}
