/* A library that has nothing of librdkafka. */
int answer(void) {
        return 42;
}
