package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Size;
import java.util.List;

/** All special days of a restaurant. */
record SpecialDays(@Size(max = MOST, message = "special_days_too_many") List<@Valid SpecialDay> specialDays) {

    static final int MOST = 1000;
    static final String MEMBER = "special_days";

    static SpecialDays from(Members body) {
        return new SpecialDays(body.objects(MEMBER).orElse(List.of()).stream()
                .map(SpecialDay::from)
                .toList());
    }

    @AssertTrue(message = "special_days_repeated")
    boolean isEachDayOnce() {
        return Distinct.by(specialDays, SpecialDay::day);
    }
}
