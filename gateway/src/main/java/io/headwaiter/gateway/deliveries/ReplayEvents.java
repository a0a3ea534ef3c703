package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.deliveries.StoredReplays.Page;
import io.headwaiter.gateway.deliveries.StoredReplays.Replay;
import io.headwaiter.gateway.deliveries.StoredReplays.Stored;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Has endpoints told again what happened since a moment, as their partners asked: page by page, a page of each endpoint in turn,
 * restaurant by restaurant, from the decisions as they are stored. It is run by db-scheduler, which sees to it that one gateway
 * at a time does so. How far each is stands beside what was made of it, in one transaction: after a crash it goes on there.
 */
@Component
class ReplayEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayEvents.class);

    /** Others may have asked by then, and a gateway that is to stop is not held up. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(5);

    private final StoredReplays replays;

    ReplayEvents(StoredReplays replays) {
        this.replays = replays;
    }

    void replay(BooleanSupplier stopping) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Replay replay : replays.all()) {
                if (stopping.getAsBoolean() || System.nanoTime() - end >= 0) {
                    return;
                }
                progress |= goOnOrLog(replay);
            }
        }
    }

    /** One that fails is tried again at the next run, and holds up no other. */
    private boolean goOnOrLog(Replay replay) {
        try {
            return goOn(replay);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "A replay for endpoint {} cannot go on now, and is tried again: {}",
                    replay.endpointId(),
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            return false;
        }
    }

    /** Whether there is any sense in going on at once. */
    private boolean goOn(Replay replay) {
        if (replays.isBusy(replay)) {
            return false;
        }
        OptionalLong restaurant = replays.restaurantFrom(replay);
        if (restaurant.isEmpty()) {
            replays.end(replay);
            return false;
        }
        Page page = replays.page(replay, restaurant.getAsLong());
        replays.add(replay, deliveries(page), page);
        return true;
    }

    private static List<Delivery> deliveries(Page page) {
        List<Delivery> deliveries = new ArrayList<>(page.events().size());
        for (Stored stored : page.events()) {
            try {
                FrozenEvent event = FrozenEvent.thaw(stored.headers(), stored.data());
                deliveries.add(Delivery.of(published(event, page.restaurantId())));
            } catch (UnreadableMessage | JacksonException unreadable) {
                LOG.warn("An event of restaurant {} is not replayed: {}", page.restaurantId(), unreadable.toString());
            }
        }
        return deliveries;
    }

    /** As it came from the topic, or comes again. */
    private static ConsumerRecord<byte[], byte[]> published(FrozenEvent event, long restaurantId) {
        ProducerRecord<byte[], byte[]> sent = event.toRecord(restaurantId);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
