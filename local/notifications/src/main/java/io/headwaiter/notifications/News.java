package io.headwaiter.notifications;

import io.headwaiter.notifications.Gateway.Client;
import io.headwaiter.notifications.Gateway.Restaurant;
import io.headwaiter.schemas.ReservationEvent;
import org.jspecify.annotations.Nullable;

/** What happened, with all that mails about it need. @param guest as the gateway knows them now; null when it does not */
record News(Envelope envelope, ReservationEvent event, Restaurant restaurant, @Nullable Client guest) {}
