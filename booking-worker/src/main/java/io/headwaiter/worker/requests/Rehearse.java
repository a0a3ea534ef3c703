package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.deciding.DecideBatch;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes a request through this worker, and undoes it, before it joins its group. What runs for the first time loads classes and
 * opens connections, which takes seconds on a busy machine; partitions that were given to it by then, those of a worker
 * that died perhaps, would wait all that time.
 */
@Component
class Rehearse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Rehearse.class);

    /** There is none with this number: the request is refused. */
    private static final long NO_RESTAURANT = Long.MAX_VALUE;

    private static final Instant SOME_TIME = Instant.parse("2030-01-01T18:00:00Z");

    private final ReadRequest readRequest;
    private final DecideBatch decideBatch;
    private final ProducerFactory<byte[], byte[]> producers;
    private volatile boolean done;

    Rehearse(ReadRequest readRequest, DecideBatch decideBatch, KafkaTemplate<byte[], byte[]> events) {
        this.readRequest = readRequest;
        this.decideBatch = decideBatch;
        this.producers = events.getProducerFactory();
    }

    @Override
    public void start() {
        try {
            // There is one for all, which stays. It does not wait for the broker.
            producers.createProducer().close();
            switch (readRequest.read(request())) {
                case Incoming incoming -> decideBatch.rehearse(List.of(incoming.submitted()));
                case DeadLetter letter -> throw new IllegalStateException(letter.code());
            }
        } catch (RuntimeException notNow) {
            log.info(
                    "Nothing could be rehearsed, so the first batch will take longer: {}",
                    NestedExceptionUtils.getMostSpecificCause(notNow).getMessage());
        }
        done = true;
    }

    private static ConsumerRecord<byte[], byte[]> request() {
        PlaceBooking asked = new PlaceBooking(NO_RESTAURANT, 1, SOME_TIME, 2, null, null, null, null, null, null);
        ProducerRecord<String, byte[]> sent = new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked)
                .toRecord(new RequestKey(NO_RESTAURANT, 0), SOME_TIME);
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, new byte[0], sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    /** Long before the consumers. */
    @Override
    public int getPhase() {
        return 0;
    }
}
