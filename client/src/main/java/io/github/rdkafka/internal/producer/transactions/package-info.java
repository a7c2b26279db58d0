/**
 * Transactions: Kafka's rules on what may be called when, kept in Java, and librdkafka's calls
 * behind them. The calls run one after the other on helper threads, because they block and cannot
 * be interrupted; who called waits in Java, where deadlines, interrupts and a close work. A call
 * that its caller has stopped waiting for goes on, and the same method called again waits for it.
 */
package io.github.rdkafka.internal.producer.transactions;
