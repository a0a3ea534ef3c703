package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.UnblockTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a batch that can be decided on one look at the database: none of them is about what another of them makes or
 * changes, but for the tables' time, which is kept in memory.
 */
final class Turn {

    private Turn() {}

    /** The first so many; a withdrawal of a request among them begins the next turn, and so does the second about one thing. */
    static List<Undecided> first(List<Undecided> requests) {
        Set<Withdrawn> placed = new HashSet<>();
        Set<Subject> named = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            Undecided request = requests.get(i);
            if (request instanceof Placement placement) {
                placed.add(Withdrawn.of(placement));
            } else if (request instanceof Change change && placed.contains(change.withdraws())) {
                return requests.subList(0, i);
            }
            Subject subject = named(request);
            if (subject != null && !named.add(subject)) {
                return requests.subList(0, i);
            }
        }
        return requests;
    }

    /** Once it is known what each is about: the second change of a booking begins the next turn, and so does that of a block. */
    static List<Undecided> cut(List<Undecided> requests) {
        Set<Subject> changed = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            Subject subject = subject(requests.get(i));
            if (subject != null && !changed.add(subject)) {
                return requests.subList(0, i);
            }
        }
        return requests;
    }

    private record Subject(long restaurantId, long id) {}

    /** As far as the request itself says. */
    private static @Nullable Subject named(Undecided request) {
        Long id =
                switch (request.submitted.message().asked()) {
                    case MoveBooking move -> Long.valueOf(move.reservationId());
                    case CancelBooking cancel -> cancel.reservationId();
                    case ChangeStatus change -> Long.valueOf(change.reservationId());
                    case UnblockTable unblock -> Long.valueOf(unblock.blockId());
                    case PlaceBooking place -> null;
                    case BlockTable block -> null;
                };
        return id == null ? null : new Subject(request.restaurantId(), id);
    }

    private static @Nullable Subject subject(Undecided request) {
        return switch (request) {
            case Placement placement -> null;
            case Change change ->
                change.standing() == null
                        ? null
                        : new Subject(change.restaurantId(), change.standing().id());
            case Blocking blocking ->
                blocking.block == null ? null : new Subject(blocking.restaurantId(), blocking.block.id());
        };
    }
}
