package io.headwaiter.worker.operating;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.Sha256;
import io.headwaiter.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of {@link Topics#DEAD_LETTERS}: one that died, and after its own headers the worker's, which say why. */
record Letter(ConsumerRecord<byte[], byte[]> record) {

    /** The worker's: code, detail, topic, partition, offset. */
    private static final int ADDED = 5;

    private static final String SIZE_WHEN_CUT = "dead_letter_value_size";

    /** Its name for an operator: where it lies. */
    String place() {
        return record.partition() + "@" + record.offset();
    }

    Instant laidAside() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    String code() {
        return Printable.of(header("dead_letter_code"));
    }

    String detail() {
        return Printable.of(header("dead_letter_detail"));
    }

    /** Where the record died. */
    String origin() {
        return Printable.of(header("dead_letter_topic")) + " " + Printable.of(header("dead_letter_partition")) + "@"
                + Printable.of(header("dead_letter_offset"));
    }

    /** Only how its value began is here, without key and headers: it was larger than a letter may be. */
    boolean isCut() {
        Header[] all = record.headers().toArray();
        return record.key() == null && all.length == ADDED + 1 && all[0].key().equals(SIZE_WHEN_CUT);
    }

    /** Whether what died was decided so: whatever comes of it, that stays. */
    boolean isDecided() {
        return "internal_error".equals(header("dead_letter_code"));
    }

    List<Header> originalHeaders() {
        List<Header> all = List.of(record.headers().toArray());
        return all.subList(0, Math.max(0, all.size() - ADDED));
    }

    /** What died, to the byte, for the partition of its key. */
    ProducerRecord<byte[], byte[]> original() {
        return new ProducerRecord<>(Topics.REQUESTS, partition(), record.key(), record.value(), originalHeaders());
    }

    /** The same for all letters about the same key, value and headers. */
    String fingerprint() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        add(all, record.key());
        add(all, record.value());
        for (Header header : originalHeaders()) {
            add(all, header.key().getBytes(StandardCharsets.UTF_8));
            add(all, header.value());
        }
        return HexFormat.of().formatHex(Sha256.of(all.toByteArray()));
    }

    private int partition() {
        if (record.key() != null) {
            return RequestKey.partitionOf(record.key());
        }
        String origin = header("dead_letter_partition");
        try {
            return Integer.parseInt(String.valueOf(origin));
        } catch (NumberFormatException forged) {
            throw new Refused("The dead letter " + place() + " has no key and does not say which partition it is of");
        }
    }

    private @Nullable String header(String name) {
        return FrozenEvent.header(record.headers(), name);
    }

    private static void add(ByteArrayOutputStream all, byte @Nullable [] bytes) {
        int size = bytes == null ? -1 : bytes.length;
        all.writeBytes(ByteBuffer.allocate(4).putInt(size).array());
        if (bytes != null) {
            all.writeBytes(bytes);
        }
    }
}
