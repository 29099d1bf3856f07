#pragma once

// Mail over SMTP.

#include <stddef.h>

/// A connection that stays open from one message to the next. One thread at a time may use it.
typedef struct ccurl_smtp ccurl_smtp;

typedef enum {
    CCURL_TLS_OFF,
    CCURL_TLS_OFFERED,
    CCURL_TLS_REQUIRED,
} ccurl_tls;

typedef struct {
    const char *url;
    const char *username;
    const char *password;
    const char *authorities;
    ccurl_tls tls;
    long connect_timeout_ms;
    long timeout_ms;
} ccurl_smtp_server;

typedef struct {
    const char *sender;
    const char *const *recipients;
    size_t recipient_count;
    const char *data;
    size_t length;
} ccurl_smtp_envelope;

/// The outcome of a message: libcurl's code (0 is success), the server's last reply, if any, and a text for the log.
typedef struct {
    int code;
    long reply;
    char text[512];
} ccurl_smtp_outcome;

/// Returns null when libcurl cannot be started.
ccurl_smtp *ccurl_smtp_open(void);
void ccurl_smtp_close(ccurl_smtp *connection);
ccurl_smtp_outcome ccurl_smtp_send(ccurl_smtp *connection, ccurl_smtp_server server, ccurl_smtp_envelope envelope);
