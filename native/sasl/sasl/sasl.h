/*
 * The part of Cyrus SASL's binary interface (libsasl2, version 2) that librdkafka uses, so that a build needs no
 * development package. The functions are defined in sasl_at_runtime.c.
 */
#ifndef RDKAFKA_JAVA_SASL_H
#define RDKAFKA_JAVA_SASL_H

#define SASL_CONTINUE 1
#define SASL_INTERACT 2
#define SASL_OK 0
#define SASL_FAIL (-1)

#define SASL_CB_LIST_END 0
#define SASL_CB_GETOPT 1
#define SASL_CB_LOG 2
#define SASL_CB_USER 0x4001
#define SASL_CB_AUTHNAME 0x4002
#define SASL_CB_PASS 0x4004
#define SASL_CB_ECHOPROMPT 0x4005
#define SASL_CB_GETREALM 0x4008
#define SASL_CB_CANON_USER 0x8007

#define SASL_USERNAME 0
#define SASL_AUTHSOURCE 14
#define SASL_MECHNAME 15

typedef struct sasl_conn sasl_conn_t;

typedef struct sasl_callback {
        unsigned long id;
        int (*proc)(void);
        void *context;
} sasl_callback_t;

typedef struct sasl_secret {
        unsigned long len;
        unsigned char data[1];
} sasl_secret_t;

typedef struct sasl_interact {
        unsigned long id;
        const char *challenge;
        const char *prompt;
        const char *defresult;
        const void *result;
        unsigned len;
} sasl_interact_t;

int sasl_client_init(const sasl_callback_t *callbacks);
int sasl_client_new(const char *service,
                    const char *server_fqdn,
                    const char *ip_local_port,
                    const char *ip_remote_port,
                    const sasl_callback_t *callbacks,
                    unsigned flags,
                    sasl_conn_t **conn);
int sasl_client_start(sasl_conn_t *conn,
                      const char *mechanisms,
                      sasl_interact_t **interact,
                      const char **out,
                      unsigned *out_len,
                      const char **mechanism);
int sasl_client_step(sasl_conn_t *conn,
                     const char *in,
                     unsigned in_len,
                     sasl_interact_t **interact,
                     const char **out,
                     unsigned *out_len);
int sasl_listmech(sasl_conn_t *conn,
                  const char *user,
                  const char *prefix,
                  const char *separator,
                  const char *suffix,
                  const char **result,
                  unsigned *result_len,
                  int *count);
int sasl_getprop(sasl_conn_t *conn, int property, const void **value);
void sasl_dispose(sasl_conn_t **conn);
const char *sasl_errstring(int error, const char *languages, const char **language);
const char *sasl_errdetail(sasl_conn_t *conn);

#endif
