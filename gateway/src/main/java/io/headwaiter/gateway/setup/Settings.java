package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import io.headwaiter.rules.AssignmentCriterion;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a restaurant that are one value each. Null: nothing is said of it, so that it stays as it is, or as the database
 * has it for a new restaurant. The database holds the same rules as constraints on {@code restaurants}.
 */
record Settings(
        @Pattern(regexp = Texts.UP_TO_100, message = "restaurant_name_length") @Nullable String name,
        @Nullable String timeZone,
        @Min(value = 5, message = "slot_step_range") @Max(value = 240, message = "slot_step_range") @Nullable
                Long slotStepMinutes,
        @Min(value = 0, message = "buffer_range") @Max(value = 240, message = "buffer_range") @Nullable
                Long bufferMinutes,
        @Min(value = 0, message = "notice_range") @Max(value = 525_600, message = "notice_range") @Nullable
                Long noticeMinutes,
        @Min(value = 0, message = "horizon_range") @Max(value = 1_000, message = "horizon_range") @Nullable
                Long horizonDays,
        @Min(value = 0, message = "cancellation_deadline_range")
                @Max(value = 525_600, message = "cancellation_deadline_range")
                @Nullable
                Long cancellationDeadlineMinutes,
        @Min(value = 5, message = "turn_range") @Max(value = 720, message = "turn_range") @Nullable Long turnMinutes,
        @Nullable List<String> assignmentPolicy) {

    static final Set<String> MEMBERS = Set.of(
            "name",
            "time_zone",
            "slot_step_minutes",
            "buffer_minutes",
            "notice_minutes",
            "horizon_days",
            "cancellation_deadline_minutes",
            "turn_minutes",
            "assignment_policy");

    private static final Set<String> CRITERIA = Arrays.stream(AssignmentCriterion.values())
            .map(criterion -> criterion.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    /** Of a new restaurant: a name and a time zone are needed, and without one it has none that it could have. */
    static Settings ofNew(Members body) {
        return from(body, body.text("name").orElse(""), body.text("time_zone").orElse(""));
    }

    static Settings changed(Members body) {
        return from(
                body,
                body.has("name") ? body.requiredText("name") : null,
                body.has("time_zone") ? body.requiredText("time_zone") : null);
    }

    private static Settings from(Members body, @Nullable String name, @Nullable String timeZone) {
        return new Settings(
                name,
                timeZone,
                body.wholeNumber("slot_step_minutes"),
                body.wholeNumber("buffer_minutes"),
                body.wholeNumber("notice_minutes"),
                body.wholeNumber("horizon_days"),
                body.wholeNumber("cancellation_deadline_minutes"),
                body.wholeNumber("turn_minutes"),
                body.texts("assignment_policy").orElse(null));
    }

    @AssertTrue(message = "assignment_policy_known")
    boolean isAssignmentPolicyKnown() {
        return assignmentPolicy == null
                || (CRITERIA.containsAll(assignmentPolicy)
                        && new HashSet<>(assignmentPolicy).size() == assignmentPolicy.size());
    }
}
