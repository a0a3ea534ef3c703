package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.schemas.GuestDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of some of a guest's details, as RFC 7396 has it: what is not given stays, and {@code null} takes away.
 *
 * @param given by member
 */
record GuestChange(Map<String, @Nullable String> given) {

    private static final List<String> MEMBERS = List.of("name", "email", "phone");

    /** Ends the request with 400 or, where a value is outside the contract, with 422. */
    static GuestChange from(Members body, CheckValues check) {
        body.allowing(Set.copyOf(MEMBERS));
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        for (String member : MEMBERS) {
            if (body.has(member)) {
                given.put(member, body.text(member).orElse(null));
            }
        }
        check.ofGiven("client.", GuestDetails.class, given);
        return new GuestChange(given);
    }

    GuestDetails appliedTo(GuestDetails before) {
        return new GuestDetails(
                after("name", before.name()), after("email", before.email()), after("phone", before.phone()));
    }

    private @Nullable String after(String member, @Nullable String before) {
        return given.containsKey(member) ? given.get(member) : before;
    }
}
