#pragma once

// One exchange over HTTP, for the commands that speak to a server: blocking, with time-outs, following nothing.

#include <stddef.h>

/// A connection that stays open from one exchange to the next. One thread at a time may use it.
typedef struct ccurl_http ccurl_http;

typedef struct {
    const char *method;
    const char *url;
    const char *const *headers;
    size_t header_count;
    /// Null where nothing is sent.
    const char *body;
    size_t length;
    long connect_timeout_ms;
    long timeout_ms;
} ccurl_http_request;

/// libcurl's code (0 is success), the status, the body, which lives until the next exchange, and words for what went wrong.
typedef struct {
    int code;
    long status;
    const char *body;
    size_t length;
    char text[512];
} ccurl_http_answer;

/// Returns null when libcurl cannot be started.
ccurl_http *ccurl_http_open(void);
void ccurl_http_close(ccurl_http *connection);
ccurl_http_answer ccurl_http_perform(ccurl_http *connection, ccurl_http_request request);
