/*
 * Consumes a topic from its beginning to its end by batches, several times. Those after the warm-up are measured, each from its first
 * record on: before it comes, the fetch that found nothing at the end still waits.
 */
#include "common.h"

#include <string.h>

#define BATCH 4096
#define PATIENCE_NS (60LL * 1000000000)

static rd_kafka_t *rk;
static rd_kafka_queue_t *queue;
static long headers;
static volatile uint64_t checksum; /* so that no access is optimised away */

/* What a consumer does with each record at the least: looks at its fields. */
static void touch(const rd_kafka_message_t *message) {
        rd_kafka_timestamp_type_t type;
        if (message->err)
                FAIL("message: %s", rd_kafka_message_errstr(message));
        checksum += message->len + message->offset + (message->len ? ((const char *)message->payload)[0] : 0);
        checksum += rd_kafka_message_timestamp(message, &type);
        if (headers) {
                rd_kafka_headers_t *list;
                const void *value;
                size_t size;
                if (!rd_kafka_message_headers(message, &list) && !rd_kafka_header_get_last(list, "trace", &value, &size))
                        checksum += size;
        }
}

static void read_records(long count) {
        static rd_kafka_message_t *batch[BATCH];
        int64_t progress = now_ns();
        while (count > 0) {
                /* the call waits until the array is full: so first for one, then for what is there */
                ssize_t n = rd_kafka_consume_batch_queue(queue, 100, batch, 1), i;
                if (n == 1 && count > 1)
                        n += rd_kafka_consume_batch_queue(queue, 0, batch + 1, count < BATCH ? count - 1 : BATCH - 1);
                for (i = 0; i < n; i++) {
                        touch(batch[i]);
                        rd_kafka_message_destroy(batch[i]);
                }
                if (n > 0) {
                        count -= n;
                        progress = now_ns();
                } else if (now_ns() - progress > PATIENCE_NS)
                        FAIL("%ld records did not come within a minute", count);
        }
}

static void assign_beginning(void) {
        long partitions                       = arg_long("partitions"), i;
        rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
        for (i = 0; i < partitions; i++)
                rd_kafka_topic_partition_list_add(list, arg("topic"), i)->offset = RD_KAFKA_OFFSET_BEGINNING;
        if (rd_kafka_assign(rk, list))
                FAIL("assign");
        rd_kafka_topic_partition_list_destroy(list);
}

void consume(void) {
        long records = arg_long("records"), warmup = arg_long("warmup.passes"), measured = arg_long("measured.passes"), pass;
        rd_kafka_conf_t *conf = arg_conf();
        phase_t phase         = {0};
        double first_ms       = 0;

        headers = !strcmp(arg("headers"), "true");
        rk      = new_client(RD_KAFKA_CONSUMER, conf);
        queue   = rd_kafka_queue_get_consumer(rk);
        for (pass = 0; pass < warmup + measured; pass++) {
                assign_beginning();
                read_records(1);
                if (pass == 0)
                        first_ms = since_fork_ms();
                if (pass >= warmup)
                        phase_begin(&phase);
                read_records(records - 1);
                if (pass >= warmup)
                        phase_end(&phase);
        }
        report(&phase, measured * (records - 1), (warmup + measured) * records, first_ms, NULL, 0);
        rd_kafka_queue_destroy(queue);
        rd_kafka_consumer_close(rk);
        rd_kafka_destroy(rk);
}
