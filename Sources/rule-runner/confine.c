// Restrictions on a tenant's code that hold even if Lua itself is compromised.

#define _GNU_SOURCE

#include "confine.h"
#include "wire.h"

#include <CConfine.h>
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    // Twenty times a run's memory: the message buffers, the parsed JSON and the libraries' own mappings share it.
    ADDRESS_SPACE = 256 << 20,
    // The server takes precedence over its children: a script that computes leaves the processor to those who answer.
    NICENESS = 5,
    // Five times a console script's.
    CONSOLE_ADDRESS_SPACE = 640 << 20,
    // The server retires a process well before; this ends one that the server could not.
    CPU_SECONDS = 60
};

static void require_that(int fine) {
    if (!fine) _exit(EXIT_CONFINEMENT);
}

static void keep_only_the_socket(void) {
    struct stat status;
    if (fstat(WIRE_DESCRIPTOR, &status) != 0 || !S_ISSOCK(status.st_mode)) _exit(EXIT_USAGE);
    require_that(close_range(0, WIRE_DESCRIPTOR - 1, 0) == 0);
    require_that(close_range(WIRE_DESCRIPTOR + 1, ~0U, 0) == 0);
}

static void filter_system_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    require_that(filter != NULL);
    int failed = 0;
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0_32(SCMP_CMP_EQ, WIRE_DESCRIPTOR, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0_32(SCMP_CMP_EQ, WIRE_DESCRIPTOR, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(exit_group), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(brk), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(munmap), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mremap), 0);
    // Only the process's own memory, never executable: no file and no code can be mapped.
    failed |= seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
        SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)
    );
    // Lua seeds its hash with the time, which is a system call if the vDSO has no clock.
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(1), SCMP_SYS(clock_gettime), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(1), SCMP_SYS(time), 0);
    failed |= seccomp_load(filter);
    require_that(failed == 0);
    seccomp_release(filter);
}

void confine(bool isConsole) {
    keep_only_the_socket();
    require_that(clearenv() == 0);
    // Before the next line, which a change of user would undo.
    require_that(confine_user());
    require_that(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    require_that(prctl(PR_SET_DUMPABLE, 0) == 0);
    errno = 0;
    require_that(nice(NICENESS) != -1 || errno == 0);
    require_that(confine_limit(RLIMIT_CORE, 0) && confine_limit(RLIMIT_FSIZE, 0) && confine_limit(RLIMIT_CPU, CPU_SECONDS));
    require_that(confine_limit(RLIMIT_AS, isConsole ? CONSOLE_ADDRESS_SPACE : ADDRESS_SPACE));
    require_that(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    filter_system_calls();
}
