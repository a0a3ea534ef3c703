package io.headwaiter.local.faults.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was decided about a request, from whomever it is heard. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface Outcome {

    /** A reservation is as it says. */
    record Done(Booking booking) implements Outcome {}

    /** The house has a table for itself, or gives it back. */
    record Kept(long blockId, long tableId, Instant from, Instant to, boolean given) implements Outcome {}

    record Refused(String reason, @Nullable InTheWay inTheWay) implements Outcome {}

    /** A reservation after a decision. @param end when the party leaves; the buffer is not counted */
    record Booking(
            long id,
            long tableId,
            Instant date,
            Instant end,
            int guests,
            String status,
            int version,
            @Nullable String reference) {

        /** Whether it takes its table's time. */
        boolean takesTime() {
            return status.equals("confirmed") || status.equals("seated");
        }
    }

    /** Taken time of a table, the buffer counted. */
    record InTheWay(long tableId, Instant from, Instant to) {}
}
