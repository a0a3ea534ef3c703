package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A restaurant's opening hours, the whole week. A weekday without a period is closed. */
record Week(List<@Valid Period> openingHours) {

    static final String MEMBER = "opening_hours";

    /** @param weekday Monday is 1 */
    record Period(
            @NotNull(message = "weekday_range")
                    @Min(value = 1, message = "weekday_range")
                    @Max(value = 7, message = "weekday_range")
                    @Nullable
                    Long weekday,
            @NotNull(message = "hours_incomplete") @Nullable String opens,
            @NotNull(message = "hours_incomplete") @Nullable String closes) {

        private static Period from(Members period) {
            period.allowing(Set.of("weekday", "opens", "closes"));
            return new Period(period.wholeNumber("weekday"), Hours.time(period, "opens"), Hours.time(period, "closes"));
        }
    }

    static Week from(Members body) {
        return new Week(body.objects(MEMBER).orElse(List.of()).stream()
                .map(Period::from)
                .toList());
    }

    @AssertTrue(message = "opening_hours_too_many")
    boolean isNoDayTooFull() {
        Collection<Long> counts = openingHours.stream()
                .filter(period -> period.weekday() != null)
                .collect(Collectors.groupingBy(Period::weekday, Collectors.counting()))
                .values();
        return counts.stream().allMatch(count -> count <= Hours.MOST_A_DAY);
    }

    @AssertTrue(message = "opening_hours_repeated")
    boolean isEachOpeningOnce() {
        Function<Period, List<@Nullable Object>> key = period -> Arrays.asList(period.weekday(), period.opens());
        return Distinct.by(openingHours, key);
    }
}
