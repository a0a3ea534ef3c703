package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long parties of a size sit, all rows of a restaurant. */
record TurnTimes(@Size(max = 20, message = "turn_times_too_many") List<@Valid Row> turnTimes) {

    static final String MEMBER = "turn_times";

    record Row(
            @NotNull(message = "turn_party_range")
                    @Min(value = 1, message = "turn_party_range")
                    @Max(value = 20, message = "turn_party_range")
                    @Nullable
                    Long partyUpTo,
            @NotNull(message = "turn_range")
                    @Min(value = 5, message = "turn_range")
                    @Max(value = 720, message = "turn_range")
                    @Nullable
                    Long minutes) {

        private static Row from(Members row) {
            row.allowing(Set.of("party_up_to", "minutes"));
            return new Row(row.wholeNumber("party_up_to"), row.wholeNumber("minutes"));
        }
    }

    static TurnTimes from(Members body) {
        return new TurnTimes(
                body.objects(MEMBER).orElse(List.of()).stream().map(Row::from).toList());
    }

    @AssertTrue(message = "turn_times_repeated")
    boolean isEachSizeOnce() {
        return Distinct.by(turnTimes, Row::partyUpTo);
    }
}
