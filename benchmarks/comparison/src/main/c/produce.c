/*
 * Produces as fast as the C API allows: values are copied by librdkafka as they are for the Java client (MSG_F_COPY); records without headers
 * go through rd_kafka_produce_batch, hundreds at a call, those with headers through rd_kafka_produceva; one thread sends, one takes the
 * delivery reports a batch at a time.
 */
#include "common.h"

#include <pthread.h>
#include <string.h>

#define BATCH 500
#define KEYS 10000
#define KEY_SIZE 16
#define MOST_VALUES 64
#define VALUE_BYTES 4000000
#define TICK_NS 1000000

static rd_kafka_t *rk;
static rd_kafka_topic_t *rkt;
static volatile int stopping;
static volatile long acknowledged; /* written by the report thread alone */
static long sent;
static long size, partitions, headers, keyed, window;
static char *values[MOST_VALUES];
static long value_count;
static char keys[KEYS][KEY_SIZE + 1];

/* of a cell at a fixed rate: when record i was due, and how long it took */
static int64_t *due;
static int64_t *latencies;
static long latency_count;
static volatile int latency_on;

static void on_report(const rd_kafka_message_t *message) {
        if (message->err)
                FAIL("delivery report: %s", rd_kafka_err2str(message->err));
        if (due && latency_on)
                latencies[latency_count++] = now_ns() - due[(long)(intptr_t)message->_private];
}

static void *serve_reports(void *arg) {
        rd_kafka_queue_t *queue = rd_kafka_queue_get_main(rk);
        const rd_kafka_message_t *messages[1024];
        (void)arg;
        while (!stopping) {
                rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 100);
                size_t n, i;
                if (!event)
                        continue;
                if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_ERROR)
                        fprintf(stderr, "ceiling: %s\n", rd_kafka_event_error_string(event));
                if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR)
                        while ((n = rd_kafka_event_message_array(event, messages, 1024))) {
                                for (i = 0; i < n; i++)
                                        on_report(messages[i]);
                                acknowledged += n;
                        }
                rd_kafka_event_destroy(event);
        }
        rd_kafka_queue_destroy(queue);
        return NULL;
}

static void send_with_headers(void) {
        rd_kafka_vu_t vus[7];
        rd_kafka_error_t *error;
        size_t n    = 0;
        long record = sent;
        memset(vus, 0, sizeof(vus));
        vus[n].vtype   = RD_KAFKA_VTYPE_RKT;
        vus[n++].u.rkt = rkt;
        vus[n].vtype   = RD_KAFKA_VTYPE_PARTITION;
        vus[n++].u.i32 = keyed ? RD_KAFKA_PARTITION_UA : (record / BATCH) % partitions;
        vus[n].vtype   = RD_KAFKA_VTYPE_MSGFLAGS;
        vus[n++].u.i   = RD_KAFKA_MSG_F_COPY;
        vus[n].vtype        = RD_KAFKA_VTYPE_VALUE;
        vus[n].u.mem.ptr    = values[record % value_count];
        vus[n++].u.mem.size = size;
        if (keyed) {
                vus[n].vtype        = RD_KAFKA_VTYPE_KEY;
                vus[n].u.mem.ptr    = keys[record % KEYS];
                vus[n++].u.mem.size = KEY_SIZE;
        }
        vus[n].vtype           = RD_KAFKA_VTYPE_HEADER;
        vus[n].u.header.name   = "trace";
        vus[n].u.header.val    = values[0];
        vus[n++].u.header.size = 4;
        while ((error = rd_kafka_produceva(rk, vus, n))) {
                if (rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                        FAIL("produce: %s", rd_kafka_error_string(error));
                rd_kafka_error_destroy(error);
                nap_ns(200000);
        }
        sent++;
}

static void send_batch(int count) {
        static rd_kafka_message_t batch[BATCH];
        int at = 0, i;
        for (i = 0; i < count; i++) {
                long record        = sent + i;
                batch[i].payload   = values[record % value_count];
                batch[i].len       = size;
                batch[i].key       = keyed ? keys[record % KEYS] : NULL;
                batch[i].key_len   = keyed ? KEY_SIZE : 0;
                batch[i]._private  = (void *)(intptr_t)record;
                batch[i].err       = 0;
        }
        while (at < count) {
                int32_t partition = keyed ? RD_KAFKA_PARTITION_UA : (sent / BATCH) % partitions;
                at += rd_kafka_produce_batch(rkt, partition, RD_KAFKA_MSG_F_COPY, batch + at, count - at);
                if (at < count) {
                        if (batch[at].err != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                                FAIL("produce: %s", rd_kafka_err2str(batch[at].err));
                        nap_ns(200000);
                }
        }
        sent += count;
}

static void await_reports(void) {
        int64_t deadline = now_ns() + 60LL * 1000000000;
        while (acknowledged < sent) {
                if (now_ns() > deadline)
                        FAIL("%ld records not acknowledged after a minute", sent - acknowledged);
                rd_kafka_flush(rk, 10);
        }
}

/* As fast as it goes: for a while or, if most is not 0, so many records. */
static void flood(long millis, long most) {
        int64_t end = now_ns() + millis * 1000000LL;
        long begin  = sent;
        while (most ? sent - begin < most : now_ns() < end) {
                long count = size > 10000 ? 10 : BATCH;
                while (window && sent - acknowledged + count > window)
                        nap_ns(50000);
                if (most && most - (sent - begin) < count)
                        count = most - (sent - begin);
                if (!headers)
                        send_batch(count);
                else
                        while (count-- > 0)
                                send_with_headers();
        }
        await_reports();
}

/* So many records a second, those of each millisecond together. */
static void pace(long millis, long rate) {
        int64_t begin = now_ns();
        long done = 0, tick;
        for (tick = 0; tick < millis; tick++) {
                int64_t at  = begin + tick * TICK_NS;
                long target = (tick + 1) * rate / 1000;
                int64_t now = now_ns();
                if (now < at)
                        nap_ns(at - now);
                for (; done < target; done++) {
                        due[sent] = at;
                        send_batch(1);
                }
        }
        await_reports();
}

static void make_payloads(void) {
        uint64_t state = 42;
        long i, j;
        value_count = VALUE_BYTES / size < 4 ? 4 : VALUE_BYTES / size > MOST_VALUES ? MOST_VALUES : VALUE_BYTES / size;
        for (i = 0; i < value_count; i++) {
                values[i] = malloc(size);
                for (j = 0; j < size; j++) {
                        state        = state * 6364136223846793005ULL + 1442695040888963407ULL;
                        /* as in Payloads.java: half of the bytes are letters of a few, which compresses by about two */
                        values[i][j] = (j & 8) ? (char)(state >> 56) : (char)('a' + ((state >> 56) & 3));
                }
        }
        for (i = 0; i < KEYS; i++)
                snprintf(keys[i], sizeof(keys[i]), "customer-%07ld", i);
}

void produce(void) {
        long rate = arg_long("rate"), warmup = arg_long("warmup.millis"), measured = arg_long("measured.millis");
        rd_kafka_conf_t *conf = arg_conf();
        pthread_t reports;
        phase_t phase = {0};
        double first_ms;
        long before;

        size       = arg_long("size");
        partitions = arg_long("partitions");
        headers    = !strcmp(arg("headers"), "true");
        keyed      = !strcmp(arg("keys"), "true");
        window     = arg_long("window");
        make_payloads();
        if (rate) {
                long most = rate * (warmup + measured) / 1000 + 2 * rate;
                due       = calloc(most, sizeof(*due));
                latencies = calloc(most, sizeof(*latencies));
        }
        rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
        rk  = new_client(RD_KAFKA_PRODUCER, conf);
        rkt = rd_kafka_topic_new(rk, arg("topic"), NULL);
        if (pthread_create(&reports, NULL, serve_reports, NULL))
                FAIL("no thread");

        if (headers)
                send_with_headers();
        else
                send_batch(1);
        await_reports();
        first_ms = since_fork_ms();

        if (rate)
                pace(warmup, rate);
        else if (warmup)
                flood(warmup, 0);
        before     = sent;
        latency_on = 1;
        phase_begin(&phase);
        if (rate)
                pace(measured, rate);
        else
                flood(measured, arg_long("records"));
        phase_end(&phase);

        stopping = 1;
        pthread_join(reports, NULL);
        report(&phase, sent - before, sent, first_ms, latencies, latency_count);
        rd_kafka_topic_destroy(rkt);
        rd_kafka_destroy(rk);
}
