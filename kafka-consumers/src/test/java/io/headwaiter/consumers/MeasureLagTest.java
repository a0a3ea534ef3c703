package io.headwaiter.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Of consumers that reach no broker: what they measure is there all the same. */
class MeasureLagTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                SharePartitions.settings(Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", group)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private long shown(String id) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(meter -> meter.getName().startsWith("kafka.consumer.") && id.equals(meter.getTag("spring.id")))
                .count();
    }

    @Test
    void what_a_consumer_measures_is_shown_as_long_as_there_is_one() {
        MeasureLag lag = new MeasureLag(meters);
        try (KafkaConsumer<byte[], byte[]> one = consumer("one");
                KafkaConsumer<byte[], byte[]> other = consumer("other")) {
            lag.consumerAdded("one", one);
            lag.consumerAdded("other", other);
            assertThat(shown("one")).isPositive().isEqualTo(shown("other"));

            lag.consumerRemoved("one", one);
            lag.consumerRemoved("nobody", one);
            lag.consumerRemoved(null, one);

            assertThat(shown("one")).isZero();
            assertThat(shown("other")).isPositive();
        } finally {
            lag.destroy();
        }
    }
}
