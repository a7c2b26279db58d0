/* A library that claims to be the librdkafka that is needed. */
#include "rdkafka.h"

int rd_kafka_version(void) {
        return RD_KAFKA_VERSION;
}
