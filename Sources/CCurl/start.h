#pragma once

#include <curl/curl.h>
#include <stdbool.h>

/// Starts libcurl once in this process; false if that failed.
bool ccurl_start(void);
