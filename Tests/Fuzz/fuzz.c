// Feeds fuzzed messages to the rule runner, in one process and without its restrictions: a line is a message. An input that begins with a
// zero is the socket's raw bytes, headers included.

#include "confine.h"
#include "wire.h"

#include <jansson.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

// The runner is compiled with these names for its main, its system calls and its allocator (Scripts/fuzz).
int runner_main(int count, char **arguments);
ssize_t fuzz_read(int descriptor, void *buffer, size_t count);
ssize_t fuzz_write(int descriptor, const void *buffer, size_t count);
_Noreturn void fuzz_exit(int status);
void *fuzz_malloc(size_t size);
void *fuzz_calloc(size_t count, size_t size);
void *fuzz_realloc(void *block, size_t size);
void fuzz_free(void *block);
size_t fuzz_usable_size(void *block);
json_int_t unbounded_natural(const json_t *object, const char *key);

typedef struct Block {
    struct Block *next, *previous;
} Block;

// What the runner holds: it ends with a jump out of everything, after which all of it is freed.
static Block held = {&held, &held};
static jmp_buf end;

static struct {
    const uint8_t *at, *end;
    uint8_t frame[sizeof(uint32_t)];
    size_t frameLeft, lineLeft;
    int isRaw;
} input;

void *fuzz_realloc(void *memory, size_t size) {
    Block *block = memory == NULL ? NULL : (Block *)memory - 1;
    if (block != NULL) {
        block->next->previous = block->previous;
        block->previous->next = block->next;
    }
    block = realloc(block, sizeof *block + size);
    if (block == NULL) abort();
    *block = (Block){.next = held.next, .previous = &held};
    held.next->previous = block;
    held.next = block;
    return block + 1;
}

void *fuzz_malloc(size_t size) { return fuzz_realloc(NULL, size); }

void *fuzz_calloc(size_t count, size_t size) { return memset(fuzz_malloc(count * size), 0, count * size); }

void fuzz_free(void *memory) {
    if (memory == NULL) return;
    Block *block = (Block *)memory - 1;
    block->next->previous = block->previous;
    block->previous->next = block->next;
    free(block);
}

size_t fuzz_usable_size(void *memory) { return malloc_usable_size((Block *)memory - 1) - sizeof(Block); }

_Noreturn void fuzz_exit(int status) { longjmp(end, status + 1); }

void confine(bool isConsole) { (void)isConsole; }

// A correct header for the current line.
static void begin_line(void) {
    const uint8_t *newline = memchr(input.at, '\n', (size_t)(input.end - input.at));
    input.lineLeft = (size_t)((newline == NULL ? input.end : newline) - input.at);
    for (size_t i = 0; i < sizeof input.frame; i++) input.frame[i] = (uint8_t)(input.lineLeft >> (24 - 8 * i));
    input.frameLeft = sizeof input.frame;
}

static size_t take(void *buffer, const uint8_t *from, size_t there, size_t count) {
    size_t taken = there < count ? there : count;
    memcpy(buffer, from, taken);
    return taken;
}

ssize_t fuzz_read(int descriptor, void *buffer, size_t count) {
    (void)descriptor;
    size_t left = (size_t)(input.end - input.at), taken;
    if (input.isRaw) {
        enum { PIECE = 700 }; // as a socket gives a long message
        taken = take(buffer, input.at, left, count < PIECE ? count : PIECE);
        input.at += taken;
        return (ssize_t)taken;
    }
    if (input.frameLeft == 0 && input.lineLeft == 0) {
        if (left == 0) return 0;
        begin_line();
    }
    if (input.frameLeft > 0) {
        taken = take(buffer, input.frame + sizeof input.frame - input.frameLeft, input.frameLeft, count);
        input.frameLeft -= taken;
        return (ssize_t)taken;
    }
    taken = take(buffer, input.at, input.lineLeft, count);
    input.at += taken;
    input.lineLeft -= taken;
    if (input.lineLeft == 0 && input.at < input.end) input.at++; // the newline
    return (ssize_t)taken;
}

ssize_t fuzz_write(int descriptor, const void *buffer, size_t count) {
    (void)descriptor;
    // The sanitizer checks that all of it is there.
    uint8_t *copy = malloc(count);
    memcpy(copy, buffer, count);
    free(copy);
    return (ssize_t)count;
}

// Limits that a server would not send are not findings.
json_int_t wire_natural(const json_t *object, const char *key) {
    enum { INSTRUCTIONS = 30000, OTHER = 1 << 20 };
    json_int_t most = strcmp(key, "instructions") == 0 ? INSTRUCTIONS : OTHER;
    json_int_t number = unbounded_natural(object, key);
    return number < most ? number : most;
}

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count, (void)arguments;
    json_object_seed(1);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char console[] = "{\"type\":\"console\"";
    static char *arguments[] = {"rule-runner", "console", NULL};
    bool isConsole = size > sizeof console && memcmp(bytes, console, sizeof console - 1) == 0;
    json_set_alloc_funcs(fuzz_malloc, fuzz_free);
    memset(&input, 0, sizeof input);
    input.isRaw = size > 0 && bytes[0] == 0;
    input.at = bytes;
    input.end = bytes + size;
    if (setjmp(end) == 0) runner_main(isConsole ? 2 : 1, arguments);
    while (held.next != &held) fuzz_free(held.next + 1);
    return 0;
}
