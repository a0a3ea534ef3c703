package io.headwaiter.worker.requests;

import io.headwaiter.worker.deciding.Submitted;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A request to decide. */
record Incoming(ConsumerRecord<byte[], byte[]> record, Submitted submitted) implements Reading {}
