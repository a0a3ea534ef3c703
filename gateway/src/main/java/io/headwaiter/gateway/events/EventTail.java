package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the end of {@link Topics#EVENTS}, all of its partitions and every event, and tells everybody here who waits for some of
 * them. It is of no consumer group and commits nothing: each gateway sees each event that comes while it is up, and needs no other.
 *
 * <p>When it breaks it goes on from where it was. Only if the topic has lost that place it starts from the new end, and its
 * audience sees that from where it stands.
 */
@Component
class EventTail implements SmartLifecycle, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final List<EventAudience> audiences;
    private final GatewayProperties properties;
    private final MeterRegistry meters;
    private final EventConsumers consumers;
    /** By partition, where the next event is; for the tail's own thread. Empty until it stood at the end. */
    private Map<TopicPartition, Long> next = new HashMap<>();

    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean inPlace;
    private volatile long answeredAt;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private @Nullable Thread thread;

    EventTail(
            List<EventAudience> audiences,
            GatewayProperties properties,
            EventConsumers consumers,
            MeterRegistry meters) {
        this.audiences = List.copyOf(audiences);
        this.consumers = consumers;
        this.meters = meters;
        Gauge.builder("headwaiter.event.tail.current", this, tail -> tail.isCurrent() ? 1 : 0)
                .description(
                        "1 while the events are followed, to tell the callers who wait; 0 while Kafka does not answer")
                .register(meters);
        this.properties = properties;
    }

    /** Whether it has its place in every partition and the broker answered lately. */
    boolean isCurrent() {
        return inPlace
                && System.nanoTime() - answeredAt < properties.brokerSilence().toNanos();
    }

    @Override
    public void run() {
        Duration pause = properties.tailPause();
        while (running) {
            try (Consumer<String, byte[]> fresh = consumers.open(Map.of());
                    // The tag is Spring Kafka's: Prometheus wants the same ones on all that have a name in common.
                    KafkaClientMetrics metrics =
                            new KafkaClientMetrics(fresh, List.of(Tag.of("spring.id", "event-tail")))) {
                metrics.bindTo(meters);
                consumer = fresh;
                List<TopicPartition> partitions = takePlace(fresh);
                pause = properties.tailPause();
                follow(fresh, partitions);
            } catch (WakeupException | InterruptException stopping) {
                // An interrupt is taken note of; left as it is it would break the next consumer, too.
                LOG.debug("The tail of events was woken, by an interrupt: {}", Thread.interrupted());
            } catch (RuntimeException broken) {
                LOG.warn("The tail of events broke and starts again in {}: {}", pause, broken.toString());
                rest(pause);
                Duration longest = properties.tailPause().multipliedBy(16);
                pause = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
            } finally {
                inPlace = false;
                consumer = null;
            }
        }
    }

    private List<TopicPartition> takePlace(Consumer<String, byte[]> fresh) {
        List<TopicPartition> partitions = fresh.partitionsFor(Topics.EVENTS, properties.brokerSilence()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + Topics.EVENTS + " yet");
        }
        Map<TopicPartition, Long> first = fresh.beginningOffsets(partitions, properties.brokerSilence());
        Map<TopicPartition, Long> end = fresh.endOffsets(partitions, properties.brokerSilence());
        boolean goesOn = next.keySet().equals(Set.copyOf(partitions))
                && partitions.stream().allMatch(partition -> isKept(partition, first, end));
        if (!goesOn) {
            next = new HashMap<>(end);
        }
        fresh.assign(partitions);
        next.forEach(fresh::seek);
        long[] offsets = partitions.stream()
                .mapToLong(partition -> next.getOrDefault(partition, 0L))
                .toArray();
        audiences.forEach(audience -> audience.standAt(offsets));
        answeredAt = System.nanoTime();
        inPlace = true;
        LOG.info(
                "Following {} from {} of its {} partitions",
                Topics.EVENTS,
                goesOn ? "where it was in each" : "the end",
                partitions.size());
        return partitions;
    }

    private boolean isKept(TopicPartition partition, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {
        Long offset = next.get(partition);
        return offset != null
                && offset >= first.getOrDefault(partition, Long.MAX_VALUE)
                && offset <= end.getOrDefault(partition, -1L);
    }

    private void follow(Consumer<String, byte[]> at, List<TopicPartition> partitions) {
        long askEvery = properties.brokerSilence().dividedBy(3).toNanos();
        long askedAt = System.nanoTime();
        while (running) {
            at.poll(POLL).forEach(this::tell);
            if (System.nanoTime() - askedAt > askEvery) {
                askIfAnybodyAnswers(at, partitions);
                askedAt = System.nanoTime();
            }
        }
    }

    /** An idle topic and a broker that is away look alike to one who polls. */
    private void askIfAnybodyAnswers(Consumer<String, byte[]> at, List<TopicPartition> partitions) {
        try {
            at.endOffsets(partitions, properties.brokerSilence().dividedBy(3));
            answeredAt = System.nanoTime();
        } catch (TimeoutException silent) {
            // The consumer keeps its place and goes on from there when the broker is back.
            LOG.warn("The broker does not answer; the tail of events stays where it is and asks again");
            return;
        }
        if (at.partitionsFor(Topics.EVENTS).size() != partitions.size()) {
            throw new IllegalStateException(Topics.EVENTS + " has more partitions now");
        }
    }

    private void tell(ConsumerRecord<String, byte[]> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        PublishedEvent event = new PublishedEvent(record);
        for (EventAudience audience : audiences) {
            try {
                audience.hear(event);
            } catch (RuntimeException defect) {
                // It would fail again, and the others are still to hear what comes after it.
                LOG.error(
                        "{} cannot take in {}, and goes on with the next",
                        audience.getClass().getSimpleName(),
                        event,
                        defect);
            }
        }
    }

    private void rest(Duration pause) {
        try {
            boolean stopping = stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("The tail of events {}", stopping ? "is stopped while it rests" : "starts again");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        audiences.forEach(EventAudience::open);
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("event-tail").daemon().start(this);
    }

    /** Before the web server, whose callers would otherwise be waited for. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        audiences.forEach(EventAudience::sendAway);
        Consumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread ending = thread;
        try {
            if (ending != null && !ending.join(STOP)) {
                LOG.warn("The tail of events is still busy, and left to end by itself");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
