package io.github.rdkafka.internal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsReaderTest {
  /** As librdkafka writes it, shortened: spaces in odd places, values that nobody wants. */
  private static final String TEXT =
      """
      { "name": "a"b\\"c#producer-1", "client_id": "a"b\\"c", "type": "producer", "ts":12, \
      "replyq":0, "brokers":{ "localhost:9092/1": { "name":"localhost:9092/1", "nodeid":1, \
      "nodename":"localhost:9092", "source":"configured", "state":"UP", "stateage":9133166, \
      "outbuf_cnt":2, "outbuf_msg_cnt":0, "waitresp_cnt":3, "tx":320, "txbytes":84283332, \
      "txidle":90, "rx":317, "rxbytes":15708, "connects":1, "disconnects":0, \
      "int_latency": { "min":86, "max":59375, "avg":23726, "sum":5694616664, \
      "stddev": 13982, "hdrsize": 11376, "cnt":240012 }, \
      "rtt": { "min":1580, "max":3389, "avg":2349, "sum":79868, "cnt":34 }, \
      "throttle": { "min":0, "max":7, "avg":0, "sum":9, "cnt":34 }, \
      "req": { "Produce": 300, "Metadata": 2, "Fetch": 11, "JoinGroup": 1, "SyncGroup": 2, \
      "Heartbeat": 3 }, "toppars":{ "t-0": { "topic":"t", "partition":0} } } , \
      "GroupCoordinator": { "name":"GroupCoordinator", "nodeid":-1, "nodename":"", \
      "source":"logical", "state":"INIT", "req": {  }, "toppars":{ } } }, \
      "topics":{ "t": { "topic":"t", "age":9060, "metadata_age":9060, \
      "batchsize": { "min":99, "max":391805, "sum":20000, "cnt":4 }, \
      "batchcnt": { "min":1, "max":7, "sum":13, "cnt":4 }, \
      "partitions":{ "0": { "partition":0, "broker":3, "leader":1, "desired":false, \
      "msgq_cnt":1, "fetch_state":"none", "ls_offset":-1001, "txmsgs":2150, "txbytes":215, \
      "msgs": 2160 } , "-1": { "partition":-1, "txmsgs":0 } } } } , "tx":320, "txmsgs":1}""";

  private final List<String> seen = new ArrayList<>();

  private final StatisticsListener listener =
      new StatisticsListener() {
        @Override
        public void broker(BrokerStatistics broker) {
          BrokerCounters counters = broker.counters;
          seen.add(
              String.join(
                  " ",
                  broker.name,
                  broker.nodeName,
                  broker.source,
                  "id=" + broker.nodeId,
                  "connected=" + broker.isConnected(),
                  "coordinator=" + broker.isGroupCoordinator(),
                  "inFlight=" + broker.inFlight,
                  "idle=" + broker.sendIdleMicros,
                  "tx=" + counters.sent + "/" + counters.sentBytes,
                  "rx=" + counters.received + "/" + counters.receivedBytes,
                  "connects=" + counters.connects,
                  "fetch=" + counters.fetches,
                  "join=" + counters.joins,
                  "sync=" + counters.syncs,
                  "beat=" + counters.heartbeats,
                  "unnamed=" + counters.unnamed,
                  window(broker.queueTime),
                  window(broker.roundTrip),
                  window(broker.throttle)));
        }

        @Override
        public void partition(PartitionStatistics partition) {
          seen.add(
              String.join(
                  " ",
                  partition.topic + "-" + partition.number,
                  "from=" + partition.broker + "/" + partition.leader,
                  "stable=" + partition.lastStableOffset,
                  "queued=" + partition.queued,
                  "accepted=" + partition.accepted,
                  "sent=" + partition.sent + "/" + partition.sentBytes));
        }

        @Override
        public void topic(TopicStatistics topic) {
          seen.add(topic.topic + " " + window(topic.batchBytes) + " " + window(topic.batchRecords));
        }

        @Override
        public void end() {
          seen.add("end");
        }
      };

  private static String window(Window window) {
    return window.sum + "/" + window.count + "/" + window.max;
  }

  @Test
  void readsWhatLibrdkafkaWrites() {
    byte[] text = TEXT.getBytes(UTF_8);
    new StatisticsReader().read(text, text.length, listener);

    assertEquals(
        List.of(
            "localhost:9092/1 localhost:9092 configured id=1 connected=true coordinator=false"
                + " inFlight=5 idle=90 tx=320/84283332 rx=317/15708 connects=1 fetch=11 join=1"
                + " sync=2 beat=3 unnamed=1 5694616664/240012/59375 79868/34/3389 9/34/7",
            "GroupCoordinator  logical id=-1 connected=false coordinator=true inFlight=0 idle=-1"
                + " tx=0/0 rx=0/0 connects=0 fetch=0 join=0 sync=0 beat=0 unnamed=0 0/0/0 0/0/0"
                + " 0/0/0",
            "t-0 from=3/1 stable=-1001 queued=1 accepted=2160 sent=2150/215",
            "t--1 from=-1/-1 stable=-1 queued=0 accepted=0 sent=0/0",
            "t 20000/4/391805 13/4/7",
            "end"),
        seen);
  }

  @Test
  void readsNothingBehindTheLength() {
    byte[] text = (TEXT + "leftover of a longer one").getBytes(UTF_8);
    new StatisticsReader().read(text, TEXT.getBytes(UTF_8).length, listener);

    assertEquals("end", seen.getLast());
  }

  @Test
  void textThatIsCutIsReadAsFarAsItGoesAndHarmsNothing() {
    StatisticsReader reader = new StatisticsReader();
    byte[] text = TEXT.getBytes(UTF_8);
    for (int length = 0; length < text.length - 30; length++) {
      seen.clear();
      reader.read(text, length, listener);
      assertFalse(seen.contains("end") && length < TEXT.indexOf("\"tx\":320, \"txmsgs\""));
    }
    seen.clear();
    reader.read(text, text.length, listener);
    assertEquals("end", seen.getLast());
  }

  @Test
  void stringsThatComeAgainAreMadeOnce() {
    NameTable names = new NameTable();
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      byte[] name = ("topic-" + i).getBytes(UTF_8);
      first.add(names.get(name, 0, name.length));
      assertEquals("topic-" + i, first.get(i));
    }
    for (int i = 0; i < 5000; i++) {
      byte[] name = ("..topic-" + i).getBytes(UTF_8);
      assertSame(first.get(i), names.get(name, 2, name.length - 2));
    }
    assertTrue(names.get(new byte[0], 0, 0).isEmpty());
  }
}
