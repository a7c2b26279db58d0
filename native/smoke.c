/*
 * Does the built library work? For each codec one message goes to the mock cluster that librdkafka carries inside; its delivery report is
 * awaited, the bytes on the wire are compared with the payload (was it compressed at all?), and the message is read back.
 * Prints version and features for verify.sh. Every wait has a deadline. With any argument it only says that it can be started.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rdkafka.h"
#include "rdkafka_mock.h"

#define DEADLINE_S 30
#define PAYLOAD_SIZE 100000

#define FAIL(...)                                                                                                                          \
        do {                                                                                                                               \
                fprintf(stderr, "smoke: " __VA_ARGS__);                                                                                    \
                fputc('\n', stderr);                                                                                                       \
                exit(1);                                                                                                                   \
        } while (0)

static char payload[PAYLOAD_SIZE];
static int delivered;     /* of the current producer */
static long long written; /* bytes the current producer has sent, from its statistics */

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque) {
        (void)rk, (void)opaque;
        if (message->err)
                FAIL("delivery report: %s", rd_kafka_err2str(message->err));
        delivered = 1;
}

static int on_statistics(rd_kafka_t *rk, char *json, size_t length, void *opaque) {
        const char *found = strstr(json, "\"tx_bytes\":");
        (void)rk, (void)length, (void)opaque;
        if (found)
                written = atoll(found + strlen("\"tx_bytes\":"));
        return 0;
}

static void set(rd_kafka_conf_t *conf, const char *key, const char *value) {
        char error[512];
        if (rd_kafka_conf_set(conf, key, value, error, sizeof(error)) != RD_KAFKA_CONF_OK)
                FAIL("%s=%s: %s", key, value, error);
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
        char error[512];
        rd_kafka_t *rk = rd_kafka_new(type, conf, error, sizeof(error));
        if (!rk)
                FAIL("rd_kafka_new: %s", error);
        return rk;
}

static void produce(const char *brokers, const char *codec) {
        time_t end            = time(NULL) + DEADLINE_S;
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        rd_kafka_t *rk;
        rd_kafka_resp_err_t error;

        set(conf, "bootstrap.servers", brokers);
        set(conf, "compression.codec", codec);
        set(conf, "statistics.interval.ms", "50");
        rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
        rd_kafka_conf_set_stats_cb(conf, on_statistics);
        rk        = client(RD_KAFKA_PRODUCER, conf);
        delivered = 0;
        written   = 0;
        error     = rd_kafka_producev(rk, RD_KAFKA_V_TOPIC(codec), RD_KAFKA_V_PARTITION(0), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                      RD_KAFKA_V_VALUE(payload, sizeof(payload)), RD_KAFKA_V_KEY(codec, strlen(codec)), RD_KAFKA_V_END);
        if (error)
                FAIL("produce with %s: %s", codec, rd_kafka_err2str(error));
        while ((!delivered || !written) && time(NULL) < end)
                rd_kafka_poll(rk, 100);
        if (!delivered)
                FAIL("no delivery report for %s within %d s", codec, DEADLINE_S);
        /* one more round of statistics, counted after the delivery */
        written = 0;
        while (!written && time(NULL) < end)
                rd_kafka_poll(rk, 100);
        if (!written)
                FAIL("no statistics for %s within %d s", codec, DEADLINE_S);
        if (!strcmp(codec, "none") ? written < PAYLOAD_SIZE : written > PAYLOAD_SIZE / 2)
                FAIL("codec %s sent %lld bytes for a payload of %d", codec, written, PAYLOAD_SIZE);
        rd_kafka_destroy(rk);
}

static void consume(const char *brokers, const char *codec) {
        time_t end            = time(NULL) + DEADLINE_S;
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        rd_kafka_topic_partition_list_t *partitions;
        rd_kafka_message_t *message = NULL;
        rd_kafka_t *rk;

        set(conf, "bootstrap.servers", brokers);
        set(conf, "group.id", "smoke");
        set(conf, "check.crcs", "true");
        rk = client(RD_KAFKA_CONSUMER, conf);
        rd_kafka_poll_set_consumer(rk);
        partitions                                                       = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(partitions, codec, 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
        if (rd_kafka_assign(rk, partitions))
                FAIL("assign %s", codec);
        rd_kafka_topic_partition_list_destroy(partitions);
        while (!message && time(NULL) < end) {
                message = rd_kafka_consumer_poll(rk, 100);
                if (message && message->err) { /* a broker that is not connected yet, for example */
                        rd_kafka_message_destroy(message);
                        message = NULL;
                }
        }
        if (!message)
                FAIL("nothing read back from %s within %d s", codec, DEADLINE_S);
        if (message->len != sizeof(payload) || memcmp(message->payload, payload, sizeof(payload)) || message->key_len != strlen(codec) ||
            memcmp(message->key, codec, message->key_len))
                FAIL("%s was read back changed", codec);
        rd_kafka_message_destroy(message);
        rd_kafka_consumer_close(rk);
        rd_kafka_destroy(rk);
}

/* Setting up TLS runs OpenSSL's initialization, its random numbers and the search for CA certificates. */
static void tls(void) {
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        set(conf, "security.protocol", "ssl");
        rd_kafka_destroy(client(RD_KAFKA_PRODUCER, conf));
}

int main(int argc, char **argv) {
        static const char *const codecs[] = {"none", "gzip", "snappy", "lz4", "zstd"};
        char features[512];
        size_t i, size = sizeof(features);
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        rd_kafka_t *host;
        const char *brokers;

        (void)argv;
        if (argc > 1)
                return 0;
        if (rd_kafka_conf_get(conf, "builtin.features", features, &size) != RD_KAFKA_CONF_OK)
                FAIL("builtin.features cannot be read");
        printf("version=%s\nbuiltin.features=%s\n", rd_kafka_version_str(), features);
        if (rd_kafka_version() != RD_KAFKA_VERSION)
                FAIL("the library is %#x, the header %#x", rd_kafka_version(), RD_KAFKA_VERSION);

        for (i = 0; i < sizeof(payload); i++)
                payload[i] = "librdkafka says hello "[(i + i / 1000) % 22];
        set(conf, "test.mock.num.brokers", "1");
        host    = client(RD_KAFKA_PRODUCER, conf);
        brokers = rd_kafka_mock_cluster_bootstraps(rd_kafka_handle_mock_cluster(host));
        for (i = 0; i < sizeof(codecs) / sizeof(*codecs); i++) {
                produce(brokers, codecs[i]);
                consume(brokers, codecs[i]);
                printf("codec=%s delivered and read back\n", codecs[i]);
        }
        rd_kafka_destroy(host);
        tls();
        printf("smoke=ok\n");
        return 0;
}
