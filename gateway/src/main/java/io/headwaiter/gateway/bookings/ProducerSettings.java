package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an acknowledged request's safety rests on: these settings are not an operator's to change. */
@Configuration(proxyBeanMethods = false)
class ProducerSettings {

    private static final int CLOSE_SECONDS = 2;
    private static final long LARGEST_BATCH = 64 * 1024;

    /** For those to come who may share a request to the broker; see {@link PublishRequest}, which waits for them only in a crowd. */
    private static final int LINGER_MILLIS = 5;

    @Bean
    DefaultKafkaProducerFactoryCustomizer safeProducers(GatewayProperties properties) {
        int timeout = Math.toIntExact(properties.publishTimeout().toMillis());
        return factory -> {
            // Of a gateway that ends: its callers were answered before, and what is on its way still is nobody's to
            // wait for.
            factory.setPhysicalCloseTimeout(CLOSE_SECONDS);
            factory.updateConfigs(Map.of(
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    StringSerializer.class,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class));
            factory.updateConfigs(Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    // Each batch that is compressed takes 130 KB of buffers, and most have one request or two, which is
                    // nothing to compress.
                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                    "none",
                    // A rush is one partition's, and one batch of a partition is on its way at a time: a hundred
                    // requests. A batch takes its room before it has any, so several must fit.
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    (int) Math.min(LARGEST_BATCH, properties.publishBuffer().toBytes() / 4),
                    ProducerConfig.LINGER_MS_CONFIG,
                    // With what a request may take, below, it must stay within what a delivery may.
                    Math.min(LINGER_MILLIS, timeout / 4),
                    // While one is on its way the others gather, and go together: the more there are, the fewer the
                    // broker's requests for each.
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    1,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    timeout,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    Math.max(1, timeout / 2),
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    properties.publishBlock().toMillis(),
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    properties.publishBuffer().toBytes()));
        };
    }
}
