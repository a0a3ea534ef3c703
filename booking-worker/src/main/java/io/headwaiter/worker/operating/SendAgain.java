package io.headwaiter.worker.operating;

import io.headwaiter.schemas.FrozenPartitions;
import io.headwaiter.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Puts what died back on the requests' topic. More than once does no harm: it is the same request, which is answered once. */
final class SendAgain implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final KafkaProducer<byte[], byte[]> producer;

    SendAgain(KafkaProperties kafka) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_DEAD_LETTER);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        int partitions = producer.partitionsFor(Topics.REQUESTS).size();
        if (partitions != Topics.REQUEST_PARTITIONS) {
            producer.close();
            throw new Refused(FrozenPartitions.complaint(Topics.REQUESTS, Topics.REQUEST_PARTITIONS, partitions));
        }
    }

    /**
     * Returns when the broker has it.
     *
     * @return where it is now
     */
    String send(Letter letter) {
        if (letter.isCut()) {
            throw new Refused("The dead letter " + letter.place()
                    + " holds only the beginning of what died, which was too large for a letter. The whole is at "
                    + letter.origin() + " for as long as requests are kept");
        }
        try {
            var sent = producer.send(letter.original()).get();
            return sent.topic() + " " + sent.partition() + "@" + sent.offset();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RecordTooLargeException) {
                throw new Refused("The dead letter " + letter.place() + " is larger than the broker lets a request be");
            }
            throw new KafkaException("the broker did not acknowledge the dead letter " + letter.place(), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while sending", stopped);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
