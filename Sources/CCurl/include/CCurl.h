#pragma once

// Wrappers for libcurl: `curl_easy_setopt` is variadic, so Swift can't call it.

#include "smtp.h"
