package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.headwaiter.schemas.Topics;
import io.headwaiter.schemas.UnreadableMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.stereotype.Component;

/**
 * Makes a row for each event and each endpoint that is to get it. What one poll of {@link Topics#EVENTS} returned is one
 * statement; the container commits the offsets when this returns, and when it throws the batch is delivered again, for ever. A
 * row that is there already stays as it is.
 */
@Component
class MakeDeliveries implements BatchMessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(MakeDeliveries.class);

    private final DueDeliveries deliveries;
    private final WakeEndpoints wake;
    private final Scheduler scheduler;
    private final Counter unreadable;

    MakeDeliveries(DueDeliveries deliveries, WakeEndpoints wake, Scheduler scheduler, MeterRegistry meters) {
        this.deliveries = deliveries;
        this.wake = wake;
        this.scheduler = scheduler;
        this.unreadable = Counter.builder("headwaiter.webhook.events.unreadable")
                .description("Records of the events' topic that are no events of ours, and are delivered to nobody")
                .register(meters);
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        // Where nobody wants to hear of events, they are not even read.
        if (!isAnybodyListening(records.size())) {
            return;
        }
        List<Delivery> readable = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                readable.add(Delivery.of(record));
            } catch (UnreadableMessage | RuntimeException notOurs) {
                // Reading asks nobody: what fails now fails each time, and must not hold up what comes after it.
                unreadable.increment();
                LOG.warn(
                        "{}-{} at {} is no event, and is passed over: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        notOurs.toString());
            }
        }
        try {
            if (wake.wake(deliveries.add(readable))) {
                scheduler.triggerCheckForDueExecutions();
            }
        } catch (RuntimeException failure) {
            throw triedAgain(readable.size(), failure);
        }
    }

    private boolean isAnybodyListening(int events) {
        try {
            return deliveries.isAnybodyListening();
        } catch (RuntimeException failure) {
            throw triedAgain(events, failure);
        }
    }

    private static RuntimeException triedAgain(int events, RuntimeException failure) {
        LOG.warn(
                "{} events cannot be stored for webhooks now; they are tried again until they can: {}",
                events,
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        return failure;
    }
}
