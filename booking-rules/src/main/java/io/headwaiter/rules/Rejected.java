package io.headwaiter.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The party does not get a table.
 *
 * @param inTheWay for {@code TABLE_TAKEN} and {@code NO_TABLE_AVAILABLE}, the latest taken of what stood in the way;
 *     else null
 * @param others for {@code NO_TABLE_AVAILABLE}, of what stood in the way at the other tables, one for each other
 *     transaction: whether an offer could see it is a matter of the transaction, so these prove as much as all would
 */
public record Rejected(RejectionReason reason, @Nullable Occupancy inTheWay, List<Occupancy> others)
        implements Decision {

    public Rejected {
        others = List.copyOf(others);
    }

    public Rejected(RejectionReason reason, @Nullable Occupancy inTheWay) {
        this(reason, inTheWay, List.of());
    }
}
