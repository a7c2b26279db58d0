/** A command line tool that measures a producer and a consumer on rdkafka-client. */
package io.github.rdkafka.perf;
