/*
 * Cyrus SASL, opened when the first GSSAPI connection asks for it. The library so needs no libsasl2 to be loaded: on a machine
 * without one everything else works, and a GSSAPI connection fails with a message that says what is missing.
 */
#include <sasl/sasl.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct {
        int (*client_init)(const sasl_callback_t *);
        int (*client_new)(const char *, const char *, const char *, const char *, const sasl_callback_t *, unsigned, sasl_conn_t **);
        int (*client_start)(sasl_conn_t *, const char *, sasl_interact_t **, const char **, unsigned *, const char **);
        int (*client_step)(sasl_conn_t *, const char *, unsigned, sasl_interact_t **, const char **, unsigned *);
        int (*listmech)(sasl_conn_t *, const char *, const char *, const char *, const char *, const char **, unsigned *, int *);
        int (*getprop)(sasl_conn_t *, int, const void **);
        void (*dispose)(sasl_conn_t **);
        const char *(*errstring)(int, const char *, const char **);
        const char *(*errdetail)(sasl_conn_t *);
} sasl;

static pthread_once_t opened = PTHREAD_ONCE_INIT;
static int loaded;      /* every function above is resolved */
static int init_result; /* what libsasl2's own sasl_client_init() answered */
static char missing[512];

static void *open_any(void) {
#ifdef __APPLE__
        /* macOS brings its own, and for GSSAPI too. */
        static const char *const names[] = {"/usr/lib/libsasl2.2.dylib"};
#else
        /* .so.3: Red Hat, SUSE, Alpine; .so.2: Debian, Ubuntu. The interface is the same. */
        static const char *const names[] = {"libsasl2.so.3", "libsasl2.so.2"};
#endif
        size_t i;
        for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
                void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
                if (library)
                        return library;
        }
#ifdef __APPLE__
        snprintf(missing, sizeof(missing), "SASL mechanism GSSAPI needs %s, which could not be opened", names[0]);
#else
        snprintf(missing, sizeof(missing),
                 "SASL mechanism GSSAPI needs Cyrus SASL (libsasl2.so.3 or libsasl2.so.2), which could not be opened: "
                 "install libsasl2-2 and libsasl2-modules-gssapi-mit (Debian, Ubuntu), cyrus-sasl-lib and cyrus-sasl-gssapi "
                 "(Red Hat), libsasl and cyrus-sasl-gssapiv2 (Alpine)");
#endif
        return NULL;
}

static int resolve(void *library, const char *name, void **function) {
        *function = dlsym(library, name);
        if (!*function)
                snprintf(missing, sizeof(missing), "SASL mechanism GSSAPI: this machine's libsasl2 has no function %s()", name);
        return *function != NULL;
}

static void open_library(void) {
        /* Stays open for good: its threads of use and its plugins outlive any one client. */
        void *library = open_any();
        if (!library)
                return;
        loaded = resolve(library, "sasl_client_init", (void **)&sasl.client_init) &&
                 resolve(library, "sasl_client_new", (void **)&sasl.client_new) &&
                 resolve(library, "sasl_client_start", (void **)&sasl.client_start) &&
                 resolve(library, "sasl_client_step", (void **)&sasl.client_step) &&
                 resolve(library, "sasl_listmech", (void **)&sasl.listmech) &&
                 resolve(library, "sasl_getprop", (void **)&sasl.getprop) &&
                 resolve(library, "sasl_dispose", (void **)&sasl.dispose) &&
                 resolve(library, "sasl_errstring", (void **)&sasl.errstring) &&
                 resolve(library, "sasl_errdetail", (void **)&sasl.errdetail);
        if (loaded)
                init_result = sasl.client_init(NULL);
}

/* librdkafka calls this once for every process, whether it will use GSSAPI or not: the real call waits for the first connection. */
int sasl_client_init(const sasl_callback_t *callbacks) {
        (void)callbacks;
        return SASL_OK;
}

int sasl_client_new(const char *service, const char *server_fqdn, const char *ip_local_port, const char *ip_remote_port,
                    const sasl_callback_t *callbacks, unsigned flags, sasl_conn_t **conn) {
        pthread_once(&opened, open_library);
        if (!loaded)
                return SASL_FAIL;
        if (init_result != SASL_OK)
                return init_result;
        return sasl.client_new(service, server_fqdn, ip_local_port, ip_remote_port, callbacks, flags, conn);
}

const char *sasl_errstring(int error, const char *languages, const char **language) {
        pthread_once(&opened, open_library);
        if (loaded)
                return sasl.errstring(error, languages, language);
        if (language)
                *language = "en-us";
        return missing;
}

/* What follows takes a connection, which only a successful sasl_client_new() hands out. */

int sasl_client_start(sasl_conn_t *conn, const char *mechanisms, sasl_interact_t **interact, const char **out,
                      unsigned *out_len, const char **mechanism) {
        return sasl.client_start(conn, mechanisms, interact, out, out_len, mechanism);
}

int sasl_client_step(sasl_conn_t *conn, const char *in, unsigned in_len, sasl_interact_t **interact, const char **out,
                     unsigned *out_len) {
        return sasl.client_step(conn, in, in_len, interact, out, out_len);
}

int sasl_listmech(sasl_conn_t *conn, const char *user, const char *prefix, const char *separator, const char *suffix,
                  const char **result, unsigned *result_len, int *count) {
        return sasl.listmech(conn, user, prefix, separator, suffix, result, result_len, count);
}

int sasl_getprop(sasl_conn_t *conn, int property, const void **value) {
        return sasl.getprop(conn, property, value);
}

void sasl_dispose(sasl_conn_t **conn) {
        sasl.dispose(conn);
}

const char *sasl_errdetail(sasl_conn_t *conn) {
        return sasl.errdetail(conn);
}
