/* A library that says it is librdkafka 1.9.2. */
int rd_kafka_version(void) {
        return 0x010902ff;
}
