package io.headwaiter.gateway.bookings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** When requests go to the broker at once, and when they wait for others to go with. */
class PublishRequestTest {

    private final AtomicInteger flushes = new AtomicInteger();

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {

                @Override
                public synchronized void flush() {
                    flushes.incrementAndGet();
                }

                @Override
                public void close() {
                    // Given back, as the factory has it.
                }
            };

    private final PublishRequest publish = new PublishRequest(
            () -> producer,
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("headwaiter.gateway", GatewayProperties.class),
            new TraceRequest(Tracer.NOOP, Propagator.NOOP),
            new SimpleMeterRegistry());

    @Test
    void whoever_comes_while_few_are_on_their_way_goes_at_once() {
        for (int i = 1; i <= PublishRequest.FEW; i++) {
            begin();

            awaitFlushes(i);
        }
    }

    @Test
    void in_a_crowd_they_wait_for_one_another_until_it_has_gone() {
        for (int i = 1; i <= PublishRequest.FEW; i++) {
            begin();
            awaitFlushes(i);
        }
        for (int i = 0; i < 10; i++) {
            begin();
        }
        while (producer.completeNext()) {
            // The broker acknowledges them all.
        }
        assertThat(flushes).hasValue(PublishRequest.FEW);

        begin();

        awaitFlushes(PublishRequest.FEW + 1);
    }

    /** Exactly so many. */
    private void awaitFlushes(int count) {
        await().until(() -> flushes.get() == count);
    }

    private void begin() {
        PlaceBooking asked = new PlaceBooking(1, 1, Instant.EPOCH, 2, null, null, null, null, null, null);
        publish.begin(new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked), new RequestKey(1, 0));
    }
}
