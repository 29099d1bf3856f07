#include "start.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode started = CURLE_FAILED_INIT;

static void start(void) { started = curl_global_init(CURL_GLOBAL_DEFAULT); }

bool ccurl_start(void) {
    pthread_once(&once, start);
    return started == CURLE_OK;
}
