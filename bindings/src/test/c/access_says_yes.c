/* A system that refuses to map code from where access() has said that it may be executed, as security modules do. */
#include <sys/syscall.h>
#include <unistd.h>

int access(const char *path, int mode) {
        if (mode & X_OK)
                return 0;
        return (int)syscall(SYS_faccessat, -100 /* AT_FDCWD */, path, mode);
}
