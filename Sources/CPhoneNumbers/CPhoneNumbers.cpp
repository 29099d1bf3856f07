// libphonenumber is C++ only; this wraps the little that is used in C.
#include "CPhoneNumbers.h"

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

// A stray exception must not unwind into the caller, which is not C++.
extern "C" int32_t tenure_find_phone_numbers(
    const char *text, size_t length, const char *region, tenure_phone_number *found, int32_t capacity
) try {
    const PhoneNumberUtil &numbers = *PhoneNumberUtil::GetInstance();
    const std::string source(text, length);
    // Tries are candidates that turned out not to be numbers; a resume's contact section has a few.
    PhoneNumberMatcher matcher(numbers, source, region, PhoneNumberMatcher::VALID, 200);
    int32_t count = 0;
    PhoneNumberMatch match;
    while (count < capacity && matcher.HasNext() && matcher.Next(&match)) {
        std::string e164;
        numbers.Format(match.number(), PhoneNumberUtil::E164, &e164);
        if (e164.size() >= sizeof found->e164) continue;
        std::memcpy(found[count].e164, e164.c_str(), e164.size() + 1);
        found[count].start = match.start();
        found[count].end = match.end();
        ++count;
    }
    return count;
} catch (...) {
    return 0;
}
