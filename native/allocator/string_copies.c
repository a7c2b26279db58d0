/* strdup and strndup on librdkafka's allocator: libc's take the memory from libc's malloc. */
#include <stddef.h>
#include <string.h>

void *rdkafka_jemalloc(size_t size);

char *rdkafka_jestrdup(const char *string) {
        size_t size = strlen(string) + 1;
        char *copy  = rdkafka_jemalloc(size);
        return copy ? memcpy(copy, string, size) : NULL;
}

char *rdkafka_jestrndup(const char *string, size_t max) {
        size_t length = strnlen(string, max);
        char *copy    = rdkafka_jemalloc(length + 1);
        if (!copy)
                return NULL;
        copy[length] = '\0';
        return memcpy(copy, string, length);
}
