package io.headwaiter.worker.retiring;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What {@code retire} is told: {@code HEADWAITER_RETIRE_AFTER} and so on.
 *
 * @param after how long a visit has been over, and a decision made, when it is moved. Webhook deliveries are kept for 60 days,
 *     each event's only once, and a request that is decided anew has the event of its name again
 * @param dropAfter how old the youngest in a month's partition is when it is dropped; none: nothing is
 * @param pause after each batch that was moved
 */
@Validated
@ConfigurationProperties("headwaiter.retire")
record RetireProperties(
        @DefaultValue("90d") @DurationMin(days = 60) Duration after,
        @Nullable Duration dropAfter,
        @DefaultValue("20ms") @DurationMin(millis = 0) Duration pause) {

    @AssertTrue(message = "what is dropped must be older than what is moved")
    boolean isDroppedLater() {
        return dropAfter == null || dropAfter.compareTo(after) > 0;
    }
}
