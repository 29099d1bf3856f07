#include "http.h"
#include "start.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(((ccurl_http_answer *)0)->text) >= CURL_ERROR_SIZE, "error text too small");

// Larger than any answer of a server; a stranger's stream ends here.
static const size_t BODY_CAP = 64 << 20;

struct ccurl_http {
    CURL *easy;
    char *body;
    size_t length;
    size_t capacity;
};

ccurl_http *ccurl_http_open(void) {
    if (!ccurl_start()) return NULL;
    ccurl_http *connection = calloc(1, sizeof *connection);
    if (!connection) return NULL;
    connection->easy = curl_easy_init();
    if (connection->easy) return connection;
    free(connection);
    return NULL;
}

void ccurl_http_close(ccurl_http *connection) {
    curl_easy_cleanup(connection->easy);
    free(connection->body);
    free(connection);
}

static size_t keep(char *bytes, size_t size, size_t count, void *context) {
    ccurl_http *connection = context;
    size_t wanted = connection->length + size * count;
    if (wanted > BODY_CAP) return 0;
    if (wanted > connection->capacity) {
        size_t capacity = wanted * 2;
        char *larger = realloc(connection->body, capacity);
        if (!larger) return 0;
        connection->body = larger;
        connection->capacity = capacity;
    }
    memcpy(connection->body + connection->length, bytes, size * count);
    connection->length = wanted;
    return size * count;
}

static struct curl_slist *list(const ccurl_http_request *request) {
    struct curl_slist *headers = NULL;
    for (size_t i = 0; i < request->header_count; i++) {
        struct curl_slist *longer = curl_slist_append(headers, request->headers[i]);
        if (!longer) {
            curl_slist_free_all(headers);
            return NULL;
        }
        headers = longer;
    }
    return headers;
}

static void configure(ccurl_http *connection, const ccurl_http_request *request) {
    CURL *easy = connection->easy;
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    // What is sent holds a key: it goes where it was told to and nowhere else.
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, connection);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    if (!request->body) return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
}

ccurl_http_answer ccurl_http_perform(ccurl_http *connection, ccurl_http_request request) {
    ccurl_http_answer answer = {.code = CURLE_OUT_OF_MEMORY};
    char error[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = list(&request);
    if (!headers && request.header_count > 0) return answer;
    connection->length = 0;
    configure(connection, &request);
    curl_easy_setopt(connection->easy, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(connection->easy, CURLOPT_HTTPHEADER, headers);
    answer.code = curl_easy_perform(connection->easy);
    curl_easy_getinfo(connection->easy, CURLINFO_RESPONSE_CODE, &answer.status);
    answer.body = connection->body;
    answer.length = connection->length;
    if (answer.code != CURLE_OK) {
        const char *words = *error ? error : curl_easy_strerror(answer.code);
        strncpy(answer.text, words, sizeof answer.text - 1);
    }
    // The handle outlives this call; what lives on this stack must not stay in it.
    curl_easy_reset(connection->easy);
    curl_slist_free_all(headers);
    return answer;
}
