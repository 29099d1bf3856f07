// The time from the run's record, in UTC; never the machine's clock.

#include "library.h"
#include "run.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

typedef struct {
    long long year;
    int month, day, hour, minute, second, weekday, yearday;
} Parts;

static long long floor_divide(long long a, long long b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static bool is_leap(long long year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Days from 1970-01-01 to the first of a month: Gregorian years that begin in March end with the leap day.
static long long days_to(long long year, int month) {
    static const int beforeMonth[] = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    long long marchYear = month <= 2 ? year - 1 : year;
    long long leapDays = floor_divide(marchYear, 4) - floor_divide(marchYear, 100) + floor_divide(marchYear, 400);
    return marchYear * 365 + leapDays + beforeMonth[month - 1] - 719468;
}

static int month_length(long long year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

static Parts parts_of(long long moment) {
    long long days = floor_divide(moment, DAY), rest = moment - days * DAY;
    long long year = 1970 + floor_divide(days * 400, 146097); // 400 years have 146097 days; at most one off
    while (days_to(year + 1, 1) <= days) year++;
    while (days_to(year, 1) > days) year--;
    int month = 12;
    while (days_to(year, month) > days) month--;
    return (Parts){
        .year = year,
        .month = month,
        .day = (int)(days - days_to(year, month)) + 1,
        .hour = (int)(rest / 3600),
        .minute = (int)(rest / 60 % 60),
        .second = (int)(rest % 60),
        .weekday = (int)(days + 3 - 7 * floor_divide(days + 3, 7)) + 1, // ISO 8601: Monday is 1; 1970 began on a Thursday
        .yearday = (int)(days - days_to(year, 1)) + 1,
    };
}

static double moment_argument(lua_State *L, int index) {
    const double years = 10000;
    double moment = luaL_optnumber(L, index, run_of(L)->now);
    luaL_argcheck(L, fabs(moment) < years * 366 * (double)DAY, index, "out of range");
    return moment;
}

static int now(lua_State *L) {
    run_require_handler(L, "time.now");
    lua_pushnumber(L, run_of(L)->now);
    return 1;
}

static int date(lua_State *L) {
    run_require_handler(L, "time.date");
    Parts parts = parts_of((long long)floor(moment_argument(L, 1)));
    const struct {
        const char *name;
        long long value;
    } members[] = {
        {"year", parts.year},     {"month", parts.month},   {"day", parts.day},         {"hour", parts.hour},
        {"minute", parts.minute}, {"second", parts.second}, {"weekday", parts.weekday}, {"yearday", parts.yearday},
    };
    size_t count = sizeof members / sizeof *members;
    lua_createtable(L, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_pushinteger(L, members[i].value);
        lua_setfield(L, -2, members[i].name);
    }
    return 1;
}

static int format(lua_State *L) {
    run_require_handler(L, "time.format");
    Parts parts = parts_of((long long)floor(moment_argument(L, 1)));
    luaL_argcheck(L, parts.year >= 0 && parts.year <= 9999, 1, "out of range");
    char text[64];
    snprintf(
        text, sizeof text, "%04lld-%02d-%02dT%02d:%02d:%02dZ", parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second
    );
    lua_pushstring(L, text);
    return 1;
}

// Reads exactly `count` digits.
static bool take_digits(const char **text, int count, int *value) {
    *value = 0;
    for (; count > 0; count--, (*text)++) {
        if (**text < '0' || **text > '9') return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

static bool take(const char **text, const char *choices) {
    if (**text == 0 || strchr(choices, **text) == NULL) return false;
    (*text)++;
    return true;
}

static bool take_date(const char **text, int *year, int *month, int *day) {
    return take_digits(text, 4, year) && take(text, "-") && take_digits(text, 2, month) && take(text, "-") && take_digits(text, 2, day)
        && *month >= 1 && *month <= 12 && *day >= 1 && *day <= month_length(*year, *month);
}

static bool take_clock(const char **text, double *seconds) {
    int hour, minute, second, digit;
    if (!take_digits(text, 2, &hour) || !take(text, ":") || !take_digits(text, 2, &minute) || !take(text, ":")) return false;
    if (!take_digits(text, 2, &second) || hour > 23 || minute > 59 || second > 60) return false;
    double fraction = 0, scale = 0.1;
    if (take(text, ".")) {
        for (; take_digits(text, 1, &digit); scale /= 10) fraction += digit * scale;
    }
    *seconds = hour * 3600 + minute * 60 + second + fraction;
    return true;
}

// Seconds east of UTC: "Z" or "+02:00".
static bool take_offset(const char **text, int *seconds) {
    int hours, minutes, sign = **text == '-' ? -60 : 60;
    *seconds = 0;
    if (take(text, "Zz")) return true;
    if (!take(text, "+-") || !take_digits(text, 2, &hours) || !take(text, ":") || !take_digits(text, 2, &minutes)) return false;
    *seconds = (hours * 60 + minutes) * sign;
    return true;
}

// A date or a time by RFC 3339; nil if it is neither.
static int parse(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    quota_charge(L, length / 16);
    int year, month, day, offset = 0;
    double seconds = 0;
    bool fine = take_date(&text, &year, &month, &day);
    if (fine && *text != 0) fine = take(&text, "Tt ") && take_clock(&text, &seconds) && take_offset(&text, &offset) && *text == 0;
    if (fine) lua_pushnumber(L, (double)((days_to(year, month) + day - 1) * DAY - offset) + seconds);
    else lua_pushnil(L);
    return 1;
}

void moments_add(lua_State *L) {
    static const luaL_Reg functions[] = {{"now", now}, {"date", date}, {"format", format}, {"parse", parse}, {NULL, NULL}};
    luaL_newlib(L, functions);
    library_seal(L);
    lua_setfield(L, -2, "time");
}
