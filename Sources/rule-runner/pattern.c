#include "pattern.h"
#include "quota.h"

#include <ctype.h>
#include <lauxlib.h>
#include <string.h>

enum { DEPTH = 200, STEPS_PER_CHARGE = 64, BYTES_PER_STEP = 8 };

// One single-character item of a pattern: a letter, `.`, `%a` or `[set]`.
typedef struct {
    const char *start, *end;
} Item;

Pattern pattern_make(lua_State *L, const char *subject, size_t subjectLength, const char *pattern, size_t patternLength, bool mayAnchor) {
    bool isAnchored = mayAnchor && patternLength > 0 && *pattern == '^';
    return (Pattern){
        .L = L,
        .subject = subject,
        .subjectEnd = subject + subjectLength,
        .pattern = pattern + isAnchored,
        .patternEnd = pattern + patternLength,
        .isAnchored = isAnchored,
    };
}

static void pay(Pattern *pattern, size_t steps) {
    pattern->steps += steps;
    if (pattern->steps < STEPS_PER_CHARGE) return;
    quota_charge(pattern->L, pattern->steps);
    pattern->steps = 0;
}

static void step(Pattern *pattern) { pay(pattern, 1); }

static bool is_in_class(unsigned char byte, char letter) {
    bool result;
    switch (tolower((unsigned char)letter)) {
    case 'a': result = isalpha(byte); break;
    case 'c': result = iscntrl(byte); break;
    case 'd': result = isdigit(byte); break;
    case 'g': result = isgraph(byte); break;
    case 'l': result = islower(byte); break;
    case 'p': result = ispunct(byte); break;
    case 's': result = isspace(byte); break;
    case 'u': result = isupper(byte); break;
    case 'w': result = isalnum(byte); break;
    case 'x': result = isxdigit(byte); break;
    case 'z': result = byte == 0; break; // left from Lua 5.1, still in use
    default: return (unsigned char)letter == byte; // an escaped character stands for itself
    }
    return isupper((unsigned char)letter) ? !result : result;
}

// The set's closing bracket; one that comes first belongs to the set.
static const char *set_end(Pattern *pattern, const char *open) {
    const char *at = open + 1;
    if (at < pattern->patternEnd && *at == '^') at++;
    for (bool isFirst = true; at < pattern->patternEnd; isFirst = false, at++) {
        if (*at == ']' && !isFirst) {
            pay(pattern, (size_t)(at - open) / BYTES_PER_STEP);
            return at;
        }
        if (*at == '%') at++;
    }
    luaL_error(pattern->L, "malformed pattern (missing ']')");
    return NULL;
}

static Item item_at(Pattern *pattern, const char *at) {
    if (*at == '[') return (Item){at, set_end(pattern, at) + 1};
    if (*at != '%') return (Item){at, at + 1};
    if (at + 1 == pattern->patternEnd) luaL_error(pattern->L, "malformed pattern (ends with '%%')");
    return (Item){at, at + 2};
}

static bool is_in_set(unsigned char byte, Item set) {
    const char *at = set.start + 1, *close = set.end - 1;
    bool isNegated = *at == '^';
    if (isNegated) at++;
    while (at < close) {
        if (*at == '%') {
            if (is_in_class(byte, at[1])) return !isNegated;
            at += 2;
        } else if (at + 2 < close && at[1] == '-') {
            if ((unsigned char)at[0] <= byte && byte <= (unsigned char)at[2]) return !isNegated;
            at += 3;
        } else {
            if ((unsigned char)*at == byte) return !isNegated;
            at++;
        }
    }
    return isNegated;
}

static bool fits(Pattern *pattern, const char *at, Item item) {
    step(pattern);
    if (at >= pattern->subjectEnd) return false;
    unsigned char byte = (unsigned char)*at;
    switch (*item.start) {
    case '.': return true;
    case '%': return is_in_class(byte, item.start[1]);
    case '[':
        pay(pattern, (size_t)(item.end - item.start) / BYTES_PER_STEP); // a long set is a long look
        return is_in_set(byte, item);
    default: return (unsigned char)*item.start == byte;
    }
}

static const char *match_at(Pattern *pattern, const char *at, const char *rest);

// As many as there are, then fewer.
static const char *match_longest(Pattern *pattern, const char *at, Item item, const char *rest) {
    ptrdiff_t count = 0;
    while (fits(pattern, at + count, item)) count++;
    for (; count >= 0; count--) {
        const char *end = match_at(pattern, at + count, rest);
        if (end != NULL) return end;
    }
    return NULL;
}

// As few as possible, then more.
static const char *match_shortest(Pattern *pattern, const char *at, Item item, const char *rest) {
    for (;; at++) {
        const char *end = match_at(pattern, at, rest);
        if (end != NULL) return end;
        if (!fits(pattern, at, item)) return NULL;
    }
}

static const char *match_open(Pattern *pattern, const char *at, const char *rest, ptrdiff_t kind) {
    if (pattern->captureCount == PATTERN_CAPTURES) luaL_error(pattern->L, "too many captures");
    pattern->captures[pattern->captureCount++] = (Capture){at, kind};
    const char *end = match_at(pattern, at, rest);
    if (end == NULL) pattern->captureCount--;
    return end;
}

static const char *match_close(Pattern *pattern, const char *at, const char *rest) {
    int number = pattern->captureCount - 1;
    while (number >= 0 && pattern->captures[number].length != CAPTURE_OPEN) number--;
    if (number < 0) luaL_error(pattern->L, "invalid pattern capture");
    pattern->captures[number].length = at - pattern->captures[number].start;
    const char *end = match_at(pattern, at, rest);
    if (end == NULL) pattern->captures[number].length = CAPTURE_OPEN;
    return end;
}

// `%bxy`: from an x to the matching y.
static const char *balanced_end(Pattern *pattern, const char *at, const char *pair) {
    if (pair + 1 >= pattern->patternEnd) luaL_error(pattern->L, "malformed pattern (missing arguments to '%%b')");
    if (at >= pattern->subjectEnd || *at != pair[0]) return NULL;
    long open = 1;
    for (at++; at < pattern->subjectEnd; at++) {
        step(pattern);
        if (*at == pair[1]) {
            if (--open == 0) return at + 1;
        } else if (*at == pair[0]) {
            open++;
        }
    }
    return NULL;
}

// `%f[set]`: between a character outside the set and one in it; the ends count as '\0'.
static bool is_frontier(Pattern *pattern, const char *at, Item set) {
    unsigned char previous = at == pattern->subject ? 0 : (unsigned char)at[-1];
    unsigned char next = at == pattern->subjectEnd ? 0 : (unsigned char)*at;
    pay(pattern, 1 + (size_t)(set.end - set.start) / BYTES_PER_STEP);
    return !is_in_set(previous, set) && is_in_set(next, set);
}

static const char *match_frontier(Pattern *pattern, const char *at, const char *open) {
    if (open == pattern->patternEnd || *open != '[') luaL_error(pattern->L, "missing '[' after '%%f' in pattern");
    Item set = item_at(pattern, open);
    return is_frontier(pattern, at, set) ? match_at(pattern, at, set.end) : NULL;
}

// `%1` to `%9`: the text of that capture.
static const char *match_again(Pattern *pattern, const char *at, const char *digit) {
    int number = *digit - '1';
    if (number < 0 || number >= pattern->captureCount || pattern->captures[number].length == CAPTURE_OPEN) {
        luaL_error(pattern->L, "invalid capture index %%%d in pattern", number + 1);
    }
    Capture capture = pattern->captures[number];
    if (capture.length == CAPTURE_POSITION) return NULL; // as Lua has it: a position is no text to find again
    quota_charge(pattern->L, (uint64_t)capture.length / 16 + 1);
    if (pattern->subjectEnd - at < capture.length || memcmp(at, capture.start, (size_t)capture.length) != 0) return NULL;
    return match_at(pattern, at + capture.length, digit + 1);
}

static const char *match_repeated(Pattern *pattern, const char *at, const char *rest) {
    Item item = item_at(pattern, rest);
    const char *after = item.end + 1, *end;
    switch (*item.end) {
    case '*': return match_longest(pattern, at, item, after);
    case '+': return fits(pattern, at, item) ? match_longest(pattern, at + 1, item, after) : NULL;
    case '-': return match_shortest(pattern, at, item, after);
    default: // '?'
        end = fits(pattern, at, item) ? match_at(pattern, at + 1, after) : NULL;
        return end != NULL ? end : match_at(pattern, at, after);
    }
}

static bool is_suffix(const Pattern *pattern, const char *at) {
    return at < pattern->patternEnd && (*at == '*' || *at == '+' || *at == '-' || *at == '?');
}

// Whether `rest` begins with something other than an item: a capture, the final `$`, `%b`, `%f` or `%1`.
static bool is_special(const Pattern *pattern, const char *rest) {
    char next = rest + 1 < pattern->patternEnd ? rest[1] : 0;
    switch (*rest) {
    case '(':
    case ')': return true;
    case '$': return rest + 1 == pattern->patternEnd;
    case '%': return next == 'b' || next == 'f' || (next >= '0' && next <= '9');
    default: return false;
    }
}

static const char *match_special(Pattern *pattern, const char *at, const char *rest) {
    switch (*rest) {
    case '(':
        if (rest + 1 < pattern->patternEnd && rest[1] == ')') return match_open(pattern, at, rest + 2, CAPTURE_POSITION);
        return match_open(pattern, at, rest + 1, CAPTURE_OPEN);
    case ')': return match_close(pattern, at, rest + 1);
    case '$': return at == pattern->subjectEnd ? at : NULL;
    default:
        if (rest[1] == 'f') return match_frontier(pattern, at, rest + 2);
        if (rest[1] != 'b') return match_again(pattern, at, rest + 1);
        const char *end = balanced_end(pattern, at, rest + 2);
        return end == NULL ? NULL : match_at(pattern, end, rest + 4);
    }
}

// Simple items are matched in a loop, so that a long pattern isn't a deep one.
static const char *match_part(Pattern *pattern, const char *at, const char *rest) {
    while (rest < pattern->patternEnd) {
        if (is_special(pattern, rest)) return match_special(pattern, at, rest);
        Item item = item_at(pattern, rest);
        if (is_suffix(pattern, item.end)) return match_repeated(pattern, at, rest);
        if (!fits(pattern, at, item)) return NULL;
        at++;
        rest = item.end;
    }
    return at;
}

static const char *match_at(Pattern *pattern, const char *at, const char *rest) {
    step(pattern);
    if (++pattern->depth > DEPTH) luaL_error(pattern->L, "pattern too complex");
    const char *end = match_part(pattern, at, rest);
    pattern->depth--;
    return end;
}

const char *pattern_match(Pattern *pattern, const char *start) {
    pattern->captureCount = 0;
    pattern->depth = 0;
    return match_at(pattern, start, pattern->pattern);
}

const char *pattern_search(Pattern *pattern, const char **start) {
    for (;; (*start)++) {
        const char *end = pattern_match(pattern, *start);
        if (end != NULL || pattern->isAnchored || *start == pattern->subjectEnd) return end;
    }
}

void pattern_push_capture(const Pattern *pattern, int number, const char *start, const char *end) {
    lua_State *L = pattern->L;
    if (number >= pattern->captureCount) {
        if (number != 0) luaL_error(L, "invalid capture index %%%d", number + 1);
        lua_pushlstring(L, start, (size_t)(end - start));
        return;
    }
    Capture capture = pattern->captures[number];
    if (capture.length == CAPTURE_OPEN) luaL_error(L, "unfinished capture");
    if (capture.length == CAPTURE_POSITION) lua_pushinteger(L, capture.start - pattern->subject + 1);
    else lua_pushlstring(L, capture.start, (size_t)capture.length);
}

int pattern_push_captures(const Pattern *pattern, bool wholeIfNone, const char *start, const char *end) {
    int count = pattern->captureCount == 0 && wholeIfNone ? 1 : pattern->captureCount;
    luaL_checkstack(pattern->L, count + 4, "too many captures");
    for (int number = 0; number < count; number++) pattern_push_capture(pattern, number, start, end);
    return count;
}
