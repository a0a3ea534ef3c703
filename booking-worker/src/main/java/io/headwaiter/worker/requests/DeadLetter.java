package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record that cannot be decided.
 *
 * @param code why, for machines; stable
 * @param detail why, for people
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, String code, String detail) implements Reading {

    /** A reason is a sentence; what is longer was made to be. */
    private static final int LONGEST_DETAIL = 500;

    /** The record as it was, key, value and headers to the byte, and besides them why it is here and whence it came. */
    ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, record.key(), record.value(), record.headers());
        add(letter.headers(), "dead_letter_code", code);
        add(letter.headers(), "dead_letter_detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
        add(letter.headers(), "dead_letter_topic", record.topic());
        add(letter.headers(), "dead_letter_partition", Integer.toString(record.partition()));
        add(letter.headers(), "dead_letter_offset", Long.toString(record.offset()));
        return letter;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
