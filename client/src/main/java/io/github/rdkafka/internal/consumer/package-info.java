/**
 * The consumer's half: what happens between the caller's {@code poll} and librdkafka's consumer
 * queue. All of it belongs to the thread that is inside the consumer; only {@code Wakeup} and the
 * event handler are touched by others.
 */
package io.github.rdkafka.internal.consumer;
