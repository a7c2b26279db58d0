#include "common.h"

#include <string.h>
#include <sys/time.h>
#include <time.h>

static int count;
static char **values;

void args_init(int argc, char **argv) {
        count  = argc;
        values = argv;
}

static const char *find(const char *key) {
        size_t length = strlen(key);
        int i;
        for (i = 1; i < count; i++)
                if (!strncmp(values[i], key, length) && values[i][length] == '=')
                        return values[i] + length + 1;
        return NULL;
}

const char *arg(const char *key) {
        const char *value = find(key);
        if (!value)
                FAIL("argument %s= is missing", key);
        return value;
}

long arg_long(const char *key) {
        char *end;
        long value = strtol(arg(key), &end, 10);
        if (*end)
                FAIL("%s is '%s' and no number", key, arg(key));
        return value;
}

rd_kafka_conf_t *arg_conf(void) {
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        char error[512], key[256];
        int i;
        for (i = 1; i < count; i++) {
                const char *equals = strchr(values[i], '=');
                if (strncmp(values[i], "conf.", 5) || !equals)
                        continue;
                snprintf(key, sizeof(key), "%.*s", (int)(equals - values[i] - 5), values[i] + 5);
                if (rd_kafka_conf_set(conf, key, equals + 1, error, sizeof(error)) != RD_KAFKA_CONF_OK)
                        FAIL("%s: %s", values[i], error);
        }
        return conf;
}

rd_kafka_t *new_client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
        char error[512];
        rd_kafka_t *client = rd_kafka_new(type, conf, error, sizeof(error));
        if (!client)
                FAIL("rd_kafka_new: %s", error);
        return client;
}

static int64_t clock_ns(clockid_t id) {
        struct timespec t;
        clock_gettime(id, &t);
        return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

double since_fork_ms(void) { return clock_ns(CLOCK_REALTIME) / 1e6 - arg_long("forked.micros") / 1e3; }

void nap_ns(int64_t ns) {
        struct timespec t;
        t.tv_sec  = ns / 1000000000;
        t.tv_nsec = ns % 1000000000;
        nanosleep(&t, NULL);
}

void phase_begin(phase_t *phase) {
        phase->cpu_ns -= clock_ns(CLOCK_PROCESS_CPUTIME_ID);
        phase->ns -= now_ns();
}

void phase_end(phase_t *phase) {
        phase->ns += now_ns();
        phase->cpu_ns += clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

static int by_value(const void *a, const void *b) {
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
        return x < y ? -1 : x > y;
}

static double quantile_us(const int64_t *sorted, long n, double quantile) {
        long at = (long)(quantile * n);
        return sorted[at < n ? at : n - 1] / 1e3;
}

static void print_latencies(const int64_t *latencies, long n) {
        int64_t *sorted = malloc(sizeof(*sorted) * n);
        memcpy(sorted, latencies, sizeof(*sorted) * n);
        qsort(sorted, n, sizeof(*sorted), by_value);
        printf(",\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f,\"maxMicros\":%.1f", quantile_us(sorted, n, 0.5),
               quantile_us(sorted, n, 0.99), quantile_us(sorted, n, 0.999), sorted[n - 1] / 1e3);
        free(sorted);
}

/* As the Java half reads it. getrusage's ru_maxrss can be that of the process that has forked this one. */
static long long peak_rss_bytes(void) {
        char line[256];
        long long kilobytes = -1;
        FILE *status        = fopen("/proc/self/status", "r");
        if (!status)
                FAIL("cannot read /proc/self/status");
        while (kilobytes < 0 && fgets(line, sizeof(line), status))
                if (sscanf(line, "VmHWM: %lld", &kilobytes) != 1)
                        kilobytes = -1;
        fclose(status);
        if (kilobytes < 0)
                FAIL("/proc/self/status has no VmHWM");
        return kilobytes * 1024;
}

void report(const phase_t *phase, long records, long all_records, double first_ms, const int64_t *latencies, long latency_count) {
        printf("[result] {\"records\":%ld,\"nanos\":%lld,\"cpuNanos\":%lld,\"allRecords\":%ld,\"allCpuNanos\":%lld,\"peakRssBytes\":%lld,"
               "\"firstMillis\":%.3f",
               records, (long long)phase->ns, (long long)phase->cpu_ns, all_records,
               (long long)clock_ns(CLOCK_PROCESS_CPUTIME_ID), peak_rss_bytes(), first_ms);
        if (latency_count)
                print_latencies(latencies, latency_count);
        printf("}\n");
        fflush(stdout);
}

int main(int argc, char **argv) {
        args_init(argc, argv);
        if (!strcmp(arg("work"), "CONSUME"))
                consume();
        else
                produce();
        return 0;
}
