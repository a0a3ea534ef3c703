package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.ReadDateTime;
import io.headwaiter.gateway.input.ReadGuest;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.PlaceBooking;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what is asked from a body. */
@Component
class ReadBooking {

    private static final Set<String> MEMBERS =
            Set.of("date", "guests", "client", "client_id", "table_id", "notes", "reference", "override");

    private final CheckValues check;

    ReadBooking(CheckValues check) {
        this.check = check;
    }

    PlaceBooking from(Members body, Admission admission) {
        body.allowing(MEMBERS);
        Set<Breach> breaches = EnumSet.noneOf(Breach.class);
        if (!body.has("guests")) {
            breaches.add(Breach.GUESTS_MISSING);
        }
        PlaceBooking asked = new PlaceBooking(
                admission.restaurantId(),
                admission.caller().partnerId(),
                body.has("date") ? ReadDateTime.from("date", body.requiredText("date")) : null,
                body.has("guests") ? (int) Math.clamp(body.requiredWholeNumber("guests"), -1, 1000) : 1,
                body.wholeNumber("table_id"),
                body.wholeNumber("client_id"),
                guest(body),
                body.text("reference").orElse(null),
                body.text("notes").orElse(null),
                PastTheRules.in(body, admission));
        check.of(asked, breaches);
        return asked;
    }

    private static @Nullable GuestDetails guest(Members body) {
        return body.object("client").map(ReadGuest::from).orElse(null);
    }
}
