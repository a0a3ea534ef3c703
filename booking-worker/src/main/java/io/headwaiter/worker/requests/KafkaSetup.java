package io.headwaiter.worker.requests;

import io.headwaiter.consumers.EndProcess;
import io.headwaiter.consumers.MeasureLag;
import io.headwaiter.consumers.SharePartitions;
import io.headwaiter.schemas.FrozenPartitions;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** How the worker reads and writes Kafka. Connection and security settings are Spring's {@code spring.kafka.*}. */
@Configuration
@Import({MeasureLag.class, EndProcess.class})
class KafkaSetup {

    static final String GROUP = "booking-worker";

    private static final long COMMIT_MILLIS = 100;

    @Bean
    KafkaTemplate<byte[], byte[]> events(KafkaProperties kafka, WorkerProperties properties, MeterRegistry meters) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Publish says when a batch is whole. It goes then, in few produce requests, and not record by record.
        settings.put(
                ProducerConfig.LINGER_MS_CONFIG,
                (int) properties.publishTimeout().toMillis() / 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, properties.publishTimeout().toMillis());
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) properties.publishTimeout().toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                properties.publishTimeout().toMillis());
        // A dead letter is as large as the record that died, and its headers.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_DEAD_LETTER);
        DefaultKafkaProducerFactory<byte[], byte[]> producers =
                new DefaultKafkaProducerFactory<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producers.addListener(new MicrometerProducerListener<>(meters));
        return new KafkaTemplate<>(producers);
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> requests(
            KafkaProperties kafka, WorkerProperties properties, RequestListener listener, MeasureLag measureLag) {
        Map<String, Object> settings = SharePartitions.settings(kafka.buildConsumerProperties());
        int all = properties.batchSize() * properties.transactions();
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, all);

        ContainerProperties container = SharePartitions.container(Topics.REQUESTS, GROUP);
        container.setMessageListener(listener);
        // Not after each batch: where that is one record, its offset would cost the broker as much as its event does.
        // What a worker that dies had decided and not committed comes again, and is published again, to the byte.
        container.setAckMode(ContainerProperties.AckMode.TIME);
        container.setAckTime(COMMIT_MILLIS);
        container.setPollTimeout(COMMIT_MILLIS);
        container.setShutdownTimeout(10_000);
        // Rights and credentials are mended by an operator, as a database is: until then this is an outage, too.
        container.setAuthExceptionRetryInterval(properties.retryUpTo());
        GatheringConsumers consumers = new GatheringConsumers(settings, all / 2);
        consumers.addListener(measureLag);
        ConcurrentMessageListenerContainer<byte[], byte[]> requests =
                new ConcurrentMessageListenerContainer<>(consumers, container);
        requests.setBeanName("requests");
        requests.setConcurrency(properties.consumers());
        // Nothing is a record's fault: DecideOrIsolate has seen to that.
        requests.setCommonErrorHandler(SharePartitions.tryForEver(properties.retryFrom(), properties.retryUpTo()));
        return requests;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    FrozenPartitions frozenPartitions(KafkaAdmin kafka, WorkerProperties properties, EndProcess end) {
        return end.whenPartitionsChange(kafka, properties.partitionsCheck());
    }
}
