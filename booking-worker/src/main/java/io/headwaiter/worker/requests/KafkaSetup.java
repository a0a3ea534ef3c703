package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How the worker reads and writes Kafka. Connection and security settings are Spring's {@code spring.kafka.*}. */
@Configuration
class KafkaSetup {

    static final String GROUP = "booking-worker";

    @Bean
    KafkaTemplate<byte[], byte[]> events(KafkaProperties kafka, WorkerProperties properties, MeterRegistry meters) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Publish says when a batch is whole. It goes then, in one or two produce requests, and not piece by piece.
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
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batchSize());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // Longer than the server lets any of our transactions live (transaction_timeout, 5 s): when another worker
        // gets the partitions of one that hangs, the one that hangs holds no lock any more.
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
        // A member's end is known after its session, and the others hear of it at their next heartbeat, twice in a
        // cooperative rebalance. So these are short: the partitions of a dead worker wait for them.
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);

        ContainerProperties container = new ContainerProperties(Topics.REQUESTS);
        container.setGroupId(GROUP);
        container.setMessageListener(listener);
        container.setAckMode(ContainerProperties.AckMode.BATCH);
        container.setShutdownTimeout(10_000);
        // Rights and credentials are mended by an operator, as a database is: until then this is an outage, too.
        container.setAuthExceptionRetryInterval(properties.retryUpTo());
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers =
                new DefaultKafkaConsumerFactory<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(measureLag);
        ConcurrentMessageListenerContainer<byte[], byte[]> requests =
                new ConcurrentMessageListenerContainer<>(consumers, container);
        requests.setBeanName("requests");
        requests.setConcurrency(properties.consumers());
        requests.setCommonErrorHandler(tryForEver(properties));
        return requests;
    }

    /** While the database or the broker is away the partitions are paused, the group is kept, and the batch is tried again. */
    private static DefaultErrorHandler tryForEver(WorkerProperties properties) {
        ExponentialBackOff pauses =
                new ExponentialBackOff(properties.retryFrom().toMillis(), 2);
        pauses.setMaxInterval(properties.retryUpTo().toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
        // Nothing here is a record's fault, DecideOrIsolate has seen to that: no exception may make it skip one.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
