package io.github.rdkafka.internal.metrics;

/** Methods of the producer whose time is summed up. */
public enum ProducerTime {
  FLUSH("flush", "flush"),
  TXN_INIT("txn-init", "initTransactions"),
  TXN_BEGIN("txn-begin", "beginTransaction"),
  TXN_SEND_OFFSETS("txn-send-offsets", "sendOffsetsToTransaction"),
  TXN_COMMIT("txn-commit", "commitTransaction"),
  TXN_ABORT("txn-abort", "abortTransaction"),
  TXN_PREPARE("txn-prepare", "prepareTransaction"),
  METADATA_WAIT("metadata-wait", "waiting for topics' metadata");

  final String base;
  final String method;

  ProducerTime(String base, String method) {
    this.base = base;
    this.method = method;
  }
}
