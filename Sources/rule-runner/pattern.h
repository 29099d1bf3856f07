#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

// Lua's patterns (manual, 6.4.1), with each step paid for: `a*a*a*b` over a few hundred letters takes Lua's own matcher seconds, without
// calling any hook.

enum { PATTERN_CAPTURES = 32 };

typedef struct {
    const char *start;
    ptrdiff_t length; // or one of the two below
} Capture;

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

typedef struct {
    lua_State *L;
    const char *subject, *subjectEnd;
    const char *pattern, *patternEnd; // without the anchor
    bool isAnchored;
    int captureCount, depth;
    size_t steps; // not yet paid for
    Capture captures[PATTERN_CAPTURES];
} Pattern;

Pattern pattern_make(lua_State *L, const char *subject, size_t subjectLength, const char *pattern, size_t patternLength, bool mayAnchor);

// The end of the match that begins at `start`, or NULL.
const char *pattern_match(Pattern *pattern, const char *start);

// The first match at or after `*start`, which becomes its beginning; its end, or NULL.
const char *pattern_search(Pattern *pattern, const char **start);

// Pushes one capture; number 0 is the whole match if the pattern has no captures.
void pattern_push_capture(const Pattern *pattern, int number, const char *start, const char *end);
// Pushes all captures, or the whole match if there are none and `wholeIfNone`; returns how many.
int pattern_push_captures(const Pattern *pattern, bool wholeIfNone, const char *start, const char *end);
