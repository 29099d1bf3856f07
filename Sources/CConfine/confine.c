#define _GNU_SOURCE

#include "CConfine.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Debian Policy 9.2.2: 60000 to 64999 are allocated to packages on demand and never used by hand; nobody has this one.
enum { OWN_USER = 64317 };

bool confine_limit(int resource, uint64_t value) {
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    return setrlimit((__rlimit_resource_t)resource, &both) == 0;
}

bool confine_user(void) {
    if (geteuid() != 0) return true;
    return setgroups(0, NULL) == 0 && setresgid(OWN_USER, OWN_USER, OWN_USER) == 0 && setresuid(OWN_USER, OWN_USER, OWN_USER) == 0;
}

static bool allow(int rules, const char *path) {
    int target = open(path, O_PATH | O_CLOEXEC);
    // A missing file can't be read.
    if (target < 0) return errno == ENOENT;
    uint64_t access = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
    // Only folders can have the right to list.
    int folder = open(path, O_PATH | O_CLOEXEC | O_DIRECTORY);
    if (folder >= 0) {
        access |= LANDLOCK_ACCESS_FS_READ_DIR;
        close(folder);
    }
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = target};
    bool fine = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(target);
    return fine;
}

bool confine_files(const char *const *paths, size_t count) {
    // The rights of Landlock's first version are its lowest thirteen bits.
    struct landlock_ruleset_attr handled = {.handled_access_fs = (1 << 13) - 1};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0) return errno == ENOSYS || errno == EOPNOTSUPP;
    bool fine = true;
    for (size_t index = 0; index < count && fine; index++) fine = allow(rules, paths[index]);
    fine = fine && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return fine;
}
