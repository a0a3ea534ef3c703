package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Set;

/**
 * How a key gives way to a new one.
 *
 * @param overlapSeconds for so long both open the same
 */
record Rotation(
        @Min(value = 0, message = "overlap_range") @Max(value = 2_592_000, message = "overlap_range")
                long overlapSeconds) {

    private static final long A_DAY = 86_400;

    static Rotation from(Members body) {
        body.allowing(Set.of("overlap_seconds"));
        return new Rotation(body.has("overlap_seconds") ? body.requiredWholeNumber("overlap_seconds") : A_DAY);
    }
}
