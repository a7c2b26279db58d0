/* What both halves of the program share: arguments, clocks, the line that tells the results. */
#ifndef COMMON_H
#define COMMON_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "rdkafka.h"

#define FAIL(...)                                                                                                                          \
        do {                                                                                                                               \
                fprintf(stderr, "ceiling: " __VA_ARGS__);                                                                                  \
                fputc('\n', stderr);                                                                                                       \
                exit(1);                                                                                                                   \
        } while (0)

/* The arguments are "key=value"; the keys are those of the Java half, Spec. */
void args_init(int argc, char **argv);
const char *arg(const char *key);          /* must be there */
long arg_long(const char *key);            /* must be there */
rd_kafka_conf_t *arg_conf(void);           /* what came as "conf.<librdkafka's key>" */
rd_kafka_t *new_client(rd_kafka_type_t type, rd_kafka_conf_t *conf);

int64_t now_ns(void); /* monotonic */
double since_fork_ms(void);
void nap_ns(int64_t ns);

/* Clock and CPU of what is measured, which can begin and end several times; all 0 at first. */
typedef struct phase {
        int64_t ns, cpu_ns;
} phase_t;
void phase_begin(phase_t *phase);
void phase_end(phase_t *phase);

/* Prints the line that the harness reads. */
void report(const phase_t *phase, long records, long all_records, double first_ms, const int64_t *latencies, long latency_count);

void produce(void);
void consume(void);

#endif
