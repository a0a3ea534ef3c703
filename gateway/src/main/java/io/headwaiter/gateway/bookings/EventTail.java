package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.Topics;
import io.headwaiter.schemas.UnreadableMessage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Follows the end of {@link Topics#EVENTS}, all of its partitions and every event, and tells the outcomes to those who wait here. It
 * is of no consumer group and commits nothing: each gateway sees each event that comes while it is up, and needs no other.
 *
 * <p>When it breaks it starts again from the new end. What came in between is not told to anybody, and nobody is told anything
 * else instead: their wait runs out.
 */
@Component
class EventTail implements SmartLifecycle, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Waiters waiters;
    private final GatewayProperties properties;
    private final MeterRegistry meters;
    private final Map<String, Object> settings;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean atTheEnd;
    private volatile long answeredAt;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private @Nullable Thread thread;

    EventTail(
            Waiters waiters,
            GatewayProperties properties,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MeterRegistry meters) {
        this.waiters = waiters;
        this.meters = meters;
        Gauge.builder("headwaiter.event.tail.current", this, tail -> tail.isCurrent() ? 1 : 0)
                .description(
                        "1 while the events are followed, to tell the callers who wait; 0 while Kafka does not answer")
                .register(meters);
        this.properties = properties;
        this.settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", connection.getConsumer().getBootstrapServers()));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /** Whether it stands at the end of every partition and the broker answered lately. */
    boolean isCurrent() {
        return atTheEnd
                && System.nanoTime() - answeredAt < properties.brokerSilence().toNanos();
    }

    @Override
    public void run() {
        Duration pause = properties.tailPause();
        while (running) {
            try (Consumer<String, byte[]> fresh =
                            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                    // The tag is Spring Kafka's: Prometheus wants the same ones on all that have a name in common.
                    KafkaClientMetrics metrics =
                            new KafkaClientMetrics(fresh, List.of(Tag.of("spring.id", "event-tail")))) {
                metrics.bindTo(meters);
                consumer = fresh;
                List<TopicPartition> partitions = goToTheEnd(fresh);
                pause = properties.tailPause();
                follow(fresh, partitions);
            } catch (WakeupException | InterruptException stopping) {
                LOG.debug("The tail of events was woken");
            } catch (RuntimeException broken) {
                LOG.warn("The tail of events broke and starts again in {}: {}", pause, broken.toString());
                rest(pause);
                Duration longest = properties.tailPause().multipliedBy(16);
                pause = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
            } finally {
                atTheEnd = false;
                consumer = null;
            }
        }
    }

    private List<TopicPartition> goToTheEnd(Consumer<String, byte[]> fresh) {
        List<TopicPartition> partitions = fresh.partitionsFor(Topics.EVENTS, properties.brokerSilence()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + Topics.EVENTS + " yet");
        }
        fresh.assign(partitions);
        fresh.seekToEnd(partitions);
        // Seeking is lazy; asking where it stands is not.
        partitions.forEach(partition -> fresh.position(partition, properties.brokerSilence()));
        answeredAt = System.nanoTime();
        atTheEnd = true;
        LOG.info("Following {} from the end of its {} partitions", Topics.EVENTS, partitions.size());
        return partitions;
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

    private void tell(ConsumerRecord<String, byte[]> event) {
        if (waiters.none()) {
            return;
        }
        String requestId = FrozenEvent.header(event.headers(), FrozenEvent.REQUEST_ID_HEADER);
        String fingerprint = FrozenEvent.header(event.headers(), FrozenEvent.FINGERPRINT_HEADER);
        if (requestId == null || fingerprint == null) {
            return;
        }
        Awaited awaited = new Awaited(requestId, fingerprint);
        if (!waiters.anyFor(awaited)) {
            return;
        }
        try {
            waiters.tell(awaited, Outcome.of(FrozenEvent.read(event.headers(), event.value())));
        } catch (UnreadableMessage | JacksonException unreadable) {
            LOG.warn(
                    "An event that somebody waits for cannot be read, so their wait runs out: {}-{} at {}: {}",
                    event.topic(),
                    event.partition(),
                    event.offset(),
                    unreadable.getMessage());
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
        waiters.open();
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("event-tail").daemon().start(this);
    }

    /** Before the web server, whose callers would otherwise be waited for. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        waiters.sendAway();
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
