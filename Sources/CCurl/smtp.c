#include "smtp.h"
#include "start.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

// Anything reported fits into the size that `CURLOPT_ERRORBUFFER` requires.
_Static_assert(sizeof(((ccurl_smtp_outcome *)0)->text) >= CURL_ERROR_SIZE, "error text too small");

// Many servers close a connection that was idle for longer; a fresh one costs less than a failed send.
static const long IDLE_SECONDS = 30;

struct ccurl_smtp {
    CURL *easy;
};

typedef struct {
    const char *data;
    size_t length;
    size_t sent;
} reader;

ccurl_smtp *ccurl_smtp_open(void) {
    if (!ccurl_start()) return NULL;
    ccurl_smtp *connection = malloc(sizeof *connection);
    if (!connection) return NULL;
    connection->easy = curl_easy_init();
    if (connection->easy) return connection;
    free(connection);
    return NULL;
}

void ccurl_smtp_close(ccurl_smtp *connection) {
    curl_easy_cleanup(connection->easy);
    free(connection);
}

static size_t read_message(char *buffer, size_t size, size_t count, void *context) {
    reader *message = context;
    size_t rest = message->length - message->sent;
    size_t portion = size * count < rest ? size * count : rest;
    memcpy(buffer, message->data + message->sent, portion);
    message->sent += portion;
    return portion;
}

// SMTP replies arrive as headers, one line per call. Only a refusal is kept: the answer to QUIT follows it.
static size_t keep_refusal(char *line, size_t size, size_t count, void *context) {
    ccurl_smtp_outcome *outcome = context;
    size_t length = size * count;
    if (length == 0 || (line[0] != '4' && line[0] != '5')) return length;
    while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == '\n')) length--;
    if (length >= sizeof outcome->text) length = sizeof outcome->text - 1;
    memcpy(outcome->text, line, length);
    outcome->text[length] = 0;
    return size * count;
}

// The server starts children; they must not inherit a mail server's connection.
static int keep_from_children(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context;
    (void)purpose;
    return fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

// `curl_easy_reset` keeps the live connection, and nothing else from the last message.
static void configure(CURL *easy, const ccurl_smtp_server *server) {
    static const long tls[] = {CURLUSESSL_NONE, CURLUSESSL_TRY, CURLUSESSL_ALL};
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, server->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, tls[server->tls]);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, server->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, server->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, keep_from_children);
    // A proxy in the environment is for HTTP.
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    if (server->authorities) curl_easy_setopt(easy, CURLOPT_CAINFO, server->authorities);
    if (server->username) curl_easy_setopt(easy, CURLOPT_USERNAME, server->username);
    if (server->password) curl_easy_setopt(easy, CURLOPT_PASSWORD, server->password);
}

static struct curl_slist *list(const char *const *texts, size_t count) {
    struct curl_slist *all = NULL;
    for (size_t i = 0; i < count; i++) {
        struct curl_slist *longer = curl_slist_append(all, texts[i]);
        if (!longer) {
            curl_slist_free_all(all);
            return NULL;
        }
        all = longer;
    }
    return all;
}

ccurl_smtp_outcome ccurl_smtp_send(ccurl_smtp *connection, ccurl_smtp_server server, ccurl_smtp_envelope envelope) {
    ccurl_smtp_outcome outcome = {.code = CURLE_OUT_OF_MEMORY};
    char error[CURL_ERROR_SIZE] = "";
    reader message = {.data = envelope.data, .length = envelope.length};
    struct curl_slist *recipients = list(envelope.recipients, envelope.recipient_count);
    if (!recipients) return outcome;

    CURL *easy = connection->easy;
    configure(easy, &server);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, keep_refusal);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &outcome);
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, envelope.sender);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(easy, CURLOPT_READDATA, &message);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)envelope.length);

    outcome.code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &outcome.reply);
    // If the server refused, its own words say more than libcurl's.
    if (outcome.code != CURLE_OK && outcome.reply < 400) {
        const char *words = *error ? error : curl_easy_strerror(outcome.code);
        strncpy(outcome.text, words, sizeof outcome.text - 1);
        outcome.text[sizeof outcome.text - 1] = 0;
    }
    // The handle outlives this call; nothing on this stack must stay in it.
    curl_easy_reset(easy);
    curl_slist_free_all(recipients);
    return outcome;
}
