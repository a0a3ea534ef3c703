package io.headwaiter.gateway.bookings;

import io.headwaiter.schemas.PlaceBooking;
import org.jspecify.annotations.Nullable;

/** The guest who booked: what the caller said of them, or else may see, and the id. */
record NamedClient(long id, @Nullable String name, @Nullable String email, @Nullable String phone) {

    /** Echoes what was sent: what is stored neither changes nor shows. Null when nobody was named. */
    static @Nullable NamedClient echo(PlaceBooking asked, @Nullable Long id) {
        if (id == null) {
            return null;
        }
        return asked.client() == null
                ? new NamedClient(id, null, null, null)
                : new NamedClient(
                        id,
                        asked.client().name(),
                        asked.client().email(),
                        asked.client().phone());
    }
}
