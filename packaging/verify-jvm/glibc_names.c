/*
 * Functions of glibc that musl does not have and a JVM built for glibc asks for. With them, and with musl as the loader, such a JVM
 * runs on musl: the only libc in the process. What they check at run time (the names that end in _chk) is left out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#undef fcntl64

char *__strdup(const char *s) { return strdup(s); }
char *__strtok_r(char *s, const char *delimiters, char **rest) { return strtok_r(s, delimiters, rest); }
void *__rawmemchr(const void *s, int c) { return memchr(s, c, SIZE_MAX); }
void *dlvsym(void *handle, const char *name, const char *version) {
  (void)version;
  return dlsym(handle, name);
}
int malloc_trim(size_t pad) {
  (void)pad;
  return 0;
}
cpu_set_t *__sched_cpualloc(size_t count) { return calloc((count + 63) / 64, 8); }
void __sched_cpufree(cpu_set_t *set) { free(set); }
long __sysconf(int name) { return sysconf(name); }
unsigned long __getauxval(unsigned long type) { return getauxval(type); }
/* no: unwinding, which a JVM does not do with it, finds nothing then */
int _dl_find_object(void *address, void *result) {
  (void)address;
  (void)result;
  return -1;
}
/* destructors of thread-local objects: not run */
int __cxa_thread_atexit_impl(void (*destructor)(void *), void *object, void *library) {
  (void)destructor;
  (void)object;
  (void)library;
  return 0;
}
char __libc_single_threaded = 0;
uint32_t arc4random(void) {
  uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) abort();
  return number;
}

/* with one argument at most, which may be a pointer */
int fcntl64(int fd, int command, ...) {
  va_list list;
  va_start(list, command);
  void *argument = va_arg(list, void *);
  va_end(list);
  return fcntl(fd, command, argument);
}
size_t __strftime_l(char *s, size_t size, const char *format, const struct tm *time, locale_t locale) {
  return strftime_l(s, size, format, time, locale);
}
int __open64_2(const char *file, int flags) { return open(file, flags); }

long __isoc23_strtol(const char *s, char **end, int base) { return strtol(s, end, base); }
long long __isoc23_strtoll(const char *s, char **end, int base) { return strtoll(s, end, base); }
unsigned long __isoc23_strtoul(const char *s, char **end, int base) { return strtoul(s, end, base); }
unsigned long long __isoc23_strtoull(const char *s, char **end, int base) { return strtoull(s, end, base); }

#define FORWARD(call)                 \
  {                                   \
    va_list list;                     \
    va_start(list, format);           \
    int result = call;                \
    va_end(list);                     \
    return result;                    \
  }
int __isoc23_vsscanf(const char *s, const char *format, va_list list) { return vsscanf(s, format, list); }
int __isoc23_sscanf(const char *s, const char *format, ...) FORWARD(vsscanf(s, format, list))
int __isoc23_fscanf(FILE *f, const char *format, ...) FORWARD(vfscanf(f, format, list))

int __vfprintf_chk(FILE *f, int flag, const char *format, va_list list) {
  (void)flag;
  return vfprintf(f, format, list);
}
int __vsnprintf_chk(char *s, size_t n, int flag, size_t size, const char *format, va_list list) {
  (void)flag;
  (void)size;
  return vsnprintf(s, n, format, list);
}
#define UNUSED(name) name __attribute__((unused))
int __printf_chk(int UNUSED(flag), const char *format, ...) FORWARD(vprintf(format, list))
int __fprintf_chk(FILE *f, int UNUSED(flag), const char *format, ...) FORWARD(vfprintf(f, format, list))
int __sprintf_chk(char *s, int UNUSED(flag), size_t UNUSED(size), const char *format, ...) FORWARD(vsprintf(s, format, list))
int __snprintf_chk(char *s, size_t n, int UNUSED(flag), size_t UNUSED(size), const char *format, ...)
    FORWARD(vsnprintf(s, n, format, list))

void *__memcpy_chk(void *to, const void *from, size_t n, size_t UNUSED(size)) { return memcpy(to, from, n); }
void *__memmove_chk(void *to, const void *from, size_t n, size_t UNUSED(size)) { return memmove(to, from, n); }
void *__memset_chk(void *to, int c, size_t n, size_t UNUSED(size)) { return memset(to, c, n); }
char *__strcpy_chk(char *to, const char *from, size_t UNUSED(size)) { return strcpy(to, from); }
char *__strcat_chk(char *to, const char *from, size_t UNUSED(size)) { return strcat(to, from); }
char *__strncpy_chk(char *to, const char *from, size_t n, size_t UNUSED(size)) { return strncpy(to, from, n); }
char *__strncat_chk(char *to, const char *from, size_t n, size_t UNUSED(size)) { return strncat(to, from, n); }
size_t __fread_chk(void *to, size_t UNUSED(size), size_t n, size_t count, FILE *f) { return fread(to, n, count, f); }
char *__realpath_chk(const char *file, char *result, size_t UNUSED(size)) { return realpath(file, result); }
_Noreturn void __longjmp_chk(jmp_buf environment, int value) { longjmp(environment, value); }
