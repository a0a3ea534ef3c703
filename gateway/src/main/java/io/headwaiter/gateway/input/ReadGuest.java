package io.headwaiter.gateway.input;

import io.headwaiter.schemas.GuestDetails;
import java.util.Set;

/** Reads a guest's details, wherever they stand. */
public final class ReadGuest {

    private static final Set<String> MEMBERS = Set.of("name", "email", "phone");

    private ReadGuest() {}

    public static GuestDetails from(Members guest) {
        guest.allowing(MEMBERS);
        return new GuestDetails(
                guest.has("name") ? guest.requiredText("name") : null,
                guest.has("email") ? guest.requiredText("email") : null,
                guest.text("phone").orElse(null));
    }
}
