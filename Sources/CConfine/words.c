#include "CConfine.h"

static char **words;

// glibc passes the arguments of main to constructors too.
__attribute__((constructor)) static void keep(int count, char **all) {
    (void)count;
    words = all;
}

char *const *confined_words(void) {
    return words;
}
