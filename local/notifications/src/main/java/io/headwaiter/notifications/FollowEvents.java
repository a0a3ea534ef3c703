package io.headwaiter.notifications;

import io.headwaiter.notifications.Gateway.Client;
import io.headwaiter.notifications.Gateway.Restaurant;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.ReservationEvent;
import io.headwaiter.schemas.Topics;
import io.headwaiter.schemas.UnreadableMessage;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes the events one by one. What it throws is for {@link TryAgain} to judge. */
@Component
class FollowEvents {

    private final Gateway gateway;
    private final WriteMails write;
    private final Mailed mailed;
    private final Post post;

    FollowEvents(Gateway gateway, WriteMails write, Mailed mailed, Post post) {
        this.gateway = gateway;
        this.write = write;
        this.mailed = mailed;
        this.post = post;
    }

    @KafkaListener(topics = Topics.EVENTS)
    void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableMessage {
        // Of refusals the caller has heard, tables kept by the house are no guest's matter, and who has been seated
        // knows it.
        if (!(FrozenEvent.read(record.headers(), record.value()) instanceof ReservationEvent event)
                || event instanceof BookingStatusChanged) {
            return;
        }
        Envelope envelope = Envelope.of(record.headers());
        if (envelope.time().isBefore(mailed.since())) {
            return;
        }
        Optional<Restaurant> restaurant = gateway.restaurant(event.restaurantId());
        if (restaurant.isPresent()) {
            send(write.about(new News(envelope, event, restaurant.get(), guest(event))), event);
        }
    }

    private @Nullable Client guest(ReservationEvent event) {
        Long client = event.reservation().clientId();
        return client == null
                ? null
                : gateway.client(event.restaurantId(), client).orElse(null);
    }

    /** One that is refused does not keep the other back. */
    private void send(List<Mail> mails, ReservationEvent event) {
        Refused refused = null;
        for (Mail mail : mails) {
            try {
                mailed.once(event, mail.recipient(), () -> post.send(mail));
            } catch (Refused one) {
                refused = refused == null || refused.forGood() ? one : refused;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }
}
