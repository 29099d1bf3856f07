#pragma once

// Faces over libcurl: `curl_easy_setopt` is variadic and therefore unknown to Swift.

#include "smtp.h"
