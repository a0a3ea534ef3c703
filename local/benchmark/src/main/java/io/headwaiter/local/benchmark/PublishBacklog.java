package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.RequestId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts requests into the topic, uncompressed, as the gateway does, and returns when the broker has them all. */
final class PublishBacklog {

    private PublishBacklog() {}

    /** @return the ids, as text */
    static Set<String> publish(String bootstrapServers, Supplier<Wish> wishes, int count) {
        Set<String> ids = new HashSet<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                RequestId id = RequestId.create();
                ids.add(id.toString());
                producer.send(wishes.get().overKafka(id), (metadata, exception) -> {
                    if (exception != null) {
                        failure.set(exception);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the backlog could not be published", failure.get());
        }
        return ids;
    }
}
