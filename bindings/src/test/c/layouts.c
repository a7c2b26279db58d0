/* Prints the size of each struct that the bindings read or write, and the offset and size of each of its fields. */
#include <stddef.h>
#include <stdio.h>
#include "rdkafka.h"

#define STRUCT(name) printf("%s %zu\n", #name, sizeof(struct name))
#define FIELD(name, field)                                                                 \
        printf("%s.%s %zu %zu\n", #name, #field, offsetof(struct name, field),             \
               sizeof(((struct name *)0)->field))

int main(void) {
        STRUCT(rd_kafka_message_s);
        FIELD(rd_kafka_message_s, err);
        FIELD(rd_kafka_message_s, rkt);
        FIELD(rd_kafka_message_s, partition);
        FIELD(rd_kafka_message_s, payload);
        FIELD(rd_kafka_message_s, len);
        FIELD(rd_kafka_message_s, key);
        FIELD(rd_kafka_message_s, key_len);
        FIELD(rd_kafka_message_s, offset);
        FIELD(rd_kafka_message_s, _private);

        STRUCT(rd_kafka_packed_record_s);
        FIELD(rd_kafka_packed_record_s, rkt);
        FIELD(rd_kafka_packed_record_s, opaque);
        FIELD(rd_kafka_packed_record_s, timestamp);
        FIELD(rd_kafka_packed_record_s, size);
        FIELD(rd_kafka_packed_record_s, partition);
        FIELD(rd_kafka_packed_record_s, key_len);
        FIELD(rd_kafka_packed_record_s, value_len);
        FIELD(rd_kafka_packed_record_s, headers_len);
        FIELD(rd_kafka_packed_record_s, err);

        STRUCT(rd_kafka_vu_s);
        FIELD(rd_kafka_vu_s, vtype);
        FIELD(rd_kafka_vu_s, u);
        FIELD(rd_kafka_vu_s, u.cstr);
        FIELD(rd_kafka_vu_s, u.rkt);
        FIELD(rd_kafka_vu_s, u.i);
        FIELD(rd_kafka_vu_s, u.i32);
        FIELD(rd_kafka_vu_s, u.i64);
        FIELD(rd_kafka_vu_s, u.mem);
        FIELD(rd_kafka_vu_s, u.mem.ptr);
        FIELD(rd_kafka_vu_s, u.mem.size);
        FIELD(rd_kafka_vu_s, u.header);
        FIELD(rd_kafka_vu_s, u.header.name);
        FIELD(rd_kafka_vu_s, u.header.val);
        FIELD(rd_kafka_vu_s, u.header.size);
        FIELD(rd_kafka_vu_s, u.headers);
        FIELD(rd_kafka_vu_s, u.ptr);
        FIELD(rd_kafka_vu_s, u._pad);

        STRUCT(rd_kafka_topic_partition_s);
        FIELD(rd_kafka_topic_partition_s, topic);
        FIELD(rd_kafka_topic_partition_s, partition);
        FIELD(rd_kafka_topic_partition_s, offset);
        FIELD(rd_kafka_topic_partition_s, metadata);
        FIELD(rd_kafka_topic_partition_s, metadata_size);
        FIELD(rd_kafka_topic_partition_s, opaque);
        FIELD(rd_kafka_topic_partition_s, err);
        FIELD(rd_kafka_topic_partition_s, _private);

        STRUCT(rd_kafka_topic_partition_list_s);
        FIELD(rd_kafka_topic_partition_list_s, cnt);
        FIELD(rd_kafka_topic_partition_list_s, size);
        FIELD(rd_kafka_topic_partition_list_s, elems);

        STRUCT(rd_kafka_metadata_broker);
        FIELD(rd_kafka_metadata_broker, id);
        FIELD(rd_kafka_metadata_broker, host);
        FIELD(rd_kafka_metadata_broker, port);

        STRUCT(rd_kafka_metadata_partition);
        FIELD(rd_kafka_metadata_partition, id);
        FIELD(rd_kafka_metadata_partition, err);
        FIELD(rd_kafka_metadata_partition, leader);
        FIELD(rd_kafka_metadata_partition, replica_cnt);
        FIELD(rd_kafka_metadata_partition, replicas);
        FIELD(rd_kafka_metadata_partition, isr_cnt);
        FIELD(rd_kafka_metadata_partition, isrs);

        STRUCT(rd_kafka_metadata_topic);
        FIELD(rd_kafka_metadata_topic, topic);
        FIELD(rd_kafka_metadata_topic, partition_cnt);
        FIELD(rd_kafka_metadata_topic, partitions);
        FIELD(rd_kafka_metadata_topic, err);

        STRUCT(rd_kafka_metadata);
        FIELD(rd_kafka_metadata, broker_cnt);
        FIELD(rd_kafka_metadata, brokers);
        FIELD(rd_kafka_metadata, topic_cnt);
        FIELD(rd_kafka_metadata, topics);
        FIELD(rd_kafka_metadata, orig_broker_id);
        FIELD(rd_kafka_metadata, orig_broker_name);
        return 0;
}
