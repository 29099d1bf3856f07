#define _GNU_SOURCE

#include "CConfine.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>

/// What both filters allow, whatever the arguments.
static const int computing[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(sched_yield), SCMP_SYS(getpid),
    SCMP_SYS(gettid),
};

/// What a program also needs until it runs, and to read files.
static const int starting[] = {
    SCMP_SYS(mprotect), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(fcntl), SCMP_SYS(dup),
    SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sigaltstack),
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrusage),
    SCMP_SYS(clock_getres), SCMP_SYS(sched_getaffinity), SCMP_SYS(fadvise64), SCMP_SYS(poll), SCMP_SYS(ppoll),
    // A second filter can only take away.
    SCMP_SYS(seccomp),
};

static bool allow_all(scmp_filter_ctx filter, const int *calls, size_t count) {
    for (size_t index = 0; index < count; index++) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[index], 0) != 0) return false;
    }
    return true;
}

static bool load(scmp_filter_ctx filter, bool isComplete) {
    bool fine = isComplete && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return fine;
}

bool confine_program(const char *path) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) return false;
    const int writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    bool fine = allow_all(filter, computing, sizeof computing / sizeof *computing)
        && allow_all(filter, starting, sizeof starting / sizeof *starting);
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 0) == 0;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
    // Limits can be read, not set, and only the process's own.
    fine = fine && seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0_32(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)
    ) == 0;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, SCMP_A0_32(SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS)) == 0;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, SCMP_A0_32(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0;
    // A guess at the pointer ends the process, so nobody gets a second one.
    const scmp_datum_t pointer = (scmp_datum_t)(uintptr_t)path;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(execveat), 1, SCMP_A1(SCMP_CMP_EQ, pointer)) == 0;
    fine = fine && seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(execveat), 1, SCMP_A1(SCMP_CMP_NE, pointer)) == 0;
    fine = fine && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    return load(filter, fine);
}

bool confine_computation(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) return false;
    bool fine = allow_all(filter, computing, sizeof computing / sizeof *computing);
    // Only the process's own memory, never executable.
    fine = fine && seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
        SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)
    ) == 0;
    fine = fine && seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)
    ) == 0;
    fine = fine && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    return load(filter, fine);
}
