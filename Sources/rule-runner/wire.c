// Messages on the inherited socket: a big-endian u32 length, then that many bytes of JSON.

#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = sizeof(uint32_t) };

static char incoming[HEADER + WIRE_CAP];
static char outgoing[HEADER + WIRE_CAP];

_Noreturn void wire_malformed(void) { _exit(EXIT_MALFORMED); }

// Reads until `wanted` bytes have arrived; there can't be more, because the server waits for each answer.
static size_t fill(size_t have, size_t wanted) {
    while (have < wanted) {
        ssize_t count = read(WIRE_DESCRIPTOR, incoming + have, sizeof incoming - have);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) _exit(have == 0 ? 0 : EXIT_MALFORMED);
        have += (size_t)count;
    }
    return have;
}

json_t *wire_receive(size_t *size) {
    size_t have = fill(0, HEADER);
    uint32_t length;
    memcpy(&length, incoming, HEADER);
    length = ntohl(length);
    if (length == 0 || length > WIRE_CAP) wire_malformed();
    have = fill(have, HEADER + length);
    if (have != HEADER + length) wire_malformed();

    json_t *message = json_loadb(incoming + HEADER, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (!json_is_object(message)) wire_malformed();
    *size = length;
    return message;
}

void wire_send(json_t *message) {
    // Sorted keys: the same run gives the same bytes.
    size_t length = json_dumpb(message, outgoing + HEADER, WIRE_CAP, JSON_COMPACT | JSON_SORT_KEYS);
    if (length == 0 || length > WIRE_CAP) _exit(EXIT_INTERNAL);
    json_decref(message);
    uint32_t header = htonl((uint32_t)length);
    memcpy(outgoing, &header, HEADER);

    size_t total = HEADER + length;
    for (size_t sent = 0; sent < total;) {
        ssize_t count = write(WIRE_DESCRIPTOR, outgoing + sent, total - sent);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) _exit(0);
        sent += (size_t)count;
    }
}

const char *wire_string(const json_t *object, const char *key) {
    json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) wire_malformed();
    return json_string_value(value);
}

json_t *wire_object(const json_t *object, const char *key) {
    json_t *value = json_object_get(object, key);
    if (!json_is_object(value)) wire_malformed();
    return value;
}

json_t *wire_array(const json_t *object, const char *key) {
    json_t *value = json_object_get(object, key);
    if (!json_is_array(value)) wire_malformed();
    return value;
}

json_int_t wire_natural(const json_t *object, const char *key) {
    json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0) wire_malformed();
    return json_integer_value(value);
}
