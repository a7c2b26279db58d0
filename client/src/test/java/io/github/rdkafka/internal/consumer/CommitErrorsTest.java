package io.github.rdkafka.internal.consumer;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommitErrorsTest {
  @ParameterizedTest
  @EnumSource(
      value = Errors.class,
      names = {"UNKNOWN_MEMBER_ID", "STALE_MEMBER_EPOCH", "FENCED_MEMBER_EPOCH"})
  void aMemberNoLonger(Errors error) {
    assertInstanceOf(CommitFailedException.class, CommitErrors.exception(error.code()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Errors.class,
      names = {"REBALANCE_IN_PROGRESS", "ILLEGAL_GENERATION"})
  void aMemberInARebalance(Errors error) {
    assertInstanceOf(RebalanceInProgressException.class, CommitErrors.exception(error.code()));
  }
}
