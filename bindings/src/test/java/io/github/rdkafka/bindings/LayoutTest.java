package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_s;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_broker;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_partition;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_topic;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_packed_record_s;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_topic_partition_list_s;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_topic_partition_s;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_vu_s;
import java.io.IOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.PaddingLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

  private static final List<GroupLayout> STRUCTS =
      List.of(
          rd_kafka_message_s.layout(),
          rd_kafka_packed_record_s.layout(),
          rd_kafka_vu_s.layout(),
          rd_kafka_topic_partition_s.layout(),
          rd_kafka_topic_partition_list_s.layout(),
          rd_kafka_metadata_broker.layout(),
          rd_kafka_metadata_partition.layout(),
          rd_kafka_metadata_topic.layout(),
          rd_kafka_metadata.layout());

  @Test
  void sizesAndOffsetsAreThoseOfTheCCompiler(@TempDir Path folder) throws IOException {
    List<String> ours = new ArrayList<>();
    for (GroupLayout struct : STRUCTS) {
      String name = struct.name().orElseThrow();
      ours.add(name + " " + struct.byteSize());
      describe(struct, name, 0, ours);
    }

    assertEquals(String.join("\n", CCompiler.run("layouts.c", folder)), String.join("\n", ours));
  }

  private static void describe(GroupLayout group, String path, long start, List<String> lines) {
    for (MemoryLayout member : group.memberLayouts()) {
      if (member instanceof PaddingLayout) {
        continue;
      }
      String name = member.name().orElseThrow();
      long offset = start + group.byteOffset(PathElement.groupElement(name));
      lines.add(path + "." + name + " " + offset + " " + member.byteSize());
      if (member instanceof GroupLayout nested) {
        describe(nested, path + "." + name, offset, lines);
      }
    }
  }
}
