package io.headwaiter.worker.requests;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Makes consumers whose polls {@link GatherRecords}. */
final class GatheringConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    private final int enough;

    /** @param enough a batch of so many is large enough as it is */
    GatheringConsumers(Map<String, Object> settings, int enough) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.enough = enough;
    }

    @Override
    protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
        return new Gathering(settings);
    }

    /** Of Spring's own kind: listeners, and with them the metrics, hear of no other. */
    private final class Gathering extends ExtendedKafkaConsumer {

        private final GatherRecords gather = new GatherRecords(enough);

        Gathering(Map<String, Object> settings) {
            super(settings);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return gather.poll(this, super::poll, timeout);
        }
    }
}
