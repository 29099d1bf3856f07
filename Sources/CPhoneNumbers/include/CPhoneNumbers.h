#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A phone number found in a text. Offsets count UTF-8 bytes; `end` is past the last one.
typedef struct {
    /// E.164 allows 15 digits after the plus sign.
    char e164[20];
    int32_t start;
    int32_t end;
} tenure_phone_number;

/// Finds valid phone numbers in UTF-8 text and returns how many were stored. Numbers without a country code are read as numbers in `region`
/// (ISO 3166-1, two letters; "ZZ" for none).
/// The matcher's time grows with the digits, 7 us per byte in the worst case: give it no more than some kilobytes. Safe to call from many
/// threads.
int32_t tenure_find_phone_numbers(const char *text, size_t length, const char *region, tenure_phone_number *found, int32_t capacity);

#ifdef __cplusplus
}
#endif
