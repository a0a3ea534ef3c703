package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be decided.
 *
 * @param code why, for machines; stable
 * @param detail why, for people
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, String code, String detail) implements Reading {

    private static final int LARGEST_WHOLE = Topics.LARGEST_DEAD_LETTER - 16 * 1024;

    /** A reason is a sentence; what is longer was made to be. */
    private static final int LONGEST_DETAIL = 500;

    /** Of a record that does not fit; the rest of the letter's {@link Topics#LARGEST_DEAD_LETTER} is for what is said about it. */
    private static final int LARGEST_CUT = Topics.LARGEST_DEAD_LETTER / 2;

    /**
     * The record as it was, key, value and headers to the byte, and besides them why it is here and whence it came. Of a
     * record that was sent compressed, and is larger than a letter may be, only how its value begins: the whole stays where
     * it came from for as long as requests are kept.
     */
    ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> letter = fits()
                ? new ProducerRecord<>(Topics.DEAD_LETTERS, null, record.key(), record.value(), record.headers())
                : cut();
        add(letter.headers(), "dead_letter_code", code);
        add(letter.headers(), "dead_letter_detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
        add(letter.headers(), "dead_letter_topic", record.topic());
        add(letter.headers(), "dead_letter_partition", Integer.toString(record.partition()));
        add(letter.headers(), "dead_letter_offset", Long.toString(record.offset()));
        return letter;
    }

    private boolean fits() {
        long size = size(record.key()) + size(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() * 3L + size(header.value()) + 10;
        }
        return size <= LARGEST_WHOLE;
    }

    private ProducerRecord<byte[], byte[]> cut() {
        byte[] value = record.value();
        byte[] beginning = value == null ? null : Arrays.copyOf(value, Math.min(value.length, LARGEST_CUT));
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, beginning);
        add(letter.headers(), "dead_letter_value_size", Long.toString(size(value)));
        return letter;
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
