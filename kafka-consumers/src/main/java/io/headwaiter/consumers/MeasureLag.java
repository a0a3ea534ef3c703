package io.headwaiter.consumers;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Shows what the consumers measure themselves, the lag of each of their partitions above all. Spring Kafka's own listener
 * takes a minute to notice a partition that came or went; in that minute nobody would watch its lag.
 */
public final class MeasureLag implements ConsumerFactory.Listener<byte[], byte[]>, DisposableBean {

    private static final Duration NOTICE_WITHIN = Duration.ofSeconds(5);

    private final MeterRegistry meters;
    private final Map<String, KafkaClientMetrics> shown = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("measure-lag").daemon().factory());

    public MeasureLag(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void consumerAdded(String id, Consumer<byte[], byte[]> consumer) {
        // The tag is Spring Kafka's: Prometheus wants the same ones on all that have a name in common.
        KafkaClientMetrics metrics =
                new KafkaClientMetrics(consumer, List.of(Tag.of("spring.id", id)), looking, NOTICE_WITHIN);
        shown.put(id, metrics);
        metrics.bindTo(meters);
    }

    @Override
    public void consumerRemoved(@Nullable String id, Consumer<byte[], byte[]> consumer) {
        KafkaClientMetrics metrics = id == null ? null : shown.remove(id);
        if (metrics != null) {
            metrics.close();
        }
    }

    @Override
    public void destroy() {
        looking.shutdownNow();
    }
}
