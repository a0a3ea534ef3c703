package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.input.Members;
import java.util.HashSet;
import java.util.Set;

/** A restaurant whole, as it is created and exported: everything that the house sets, and no id. */
record RestaurantDocument(
        @JsonUnwrapped Settings settings,
        @JsonUnwrapped TurnTimes turnTimes,
        @JsonUnwrapped Week week,
        @JsonUnwrapped SpecialDays specialDays,
        @JsonUnwrapped Tables tables) {

    private static final Set<String> MEMBERS = new HashSet<>(Settings.MEMBERS);

    static {
        MEMBERS.addAll(Set.of(TurnTimes.MEMBER, Week.MEMBER, SpecialDays.MEMBER, Tables.MEMBER));
    }

    static RestaurantDocument from(Members body) {
        body.allowing(MEMBERS);
        return new RestaurantDocument(
                Settings.ofNew(body), TurnTimes.from(body), Week.from(body), SpecialDays.from(body), Tables.from(body));
    }
}
