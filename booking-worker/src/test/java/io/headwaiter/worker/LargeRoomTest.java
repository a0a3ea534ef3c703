package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.table;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In a large room only the tables that a party would get first are looked at, until they are taken. */
class LargeRoomTest {

    private static final Instant EVENING =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS).plus(18, ChronoUnit.HOURS);

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void parties_beyond_the_first_choices_get_what_is_really_free_of_the_others() {
        int[] seats = new int[34];
        for (int i = 0; i < seats.length; i++) {
            seats[i] = i < 25 ? 2 : i < 31 ? 4 : 6;
        }
        ARestaurant.Added room = worker.add(aRestaurant().withTables(seats));
        // Taken before, and by requests that named them: three of the fours, one of the sixes.
        List<RequestMessage> before = new ArrayList<>();
        for (int table : List.of(25, 26, 30, 31)) {
            before.add(worker.place(table(room.id(), room.table(table), EVENING, 1)));
        }
        before.forEach(worker.events::confirmed);

        List<RequestMessage> twos = new ArrayList<>();
        List<RequestMessage> fours = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            twos.add(worker.place(aTable(room.id(), EVENING, 2)));
            if (i % 10 == 0) {
                fours.add(worker.place(aTable(room.id(), EVENING, 4)));
            }
        }

        List<RequestMessage> all = new ArrayList<>(twos);
        all.addAll(fours);
        Map<Class<?>, Long> outcomes =
                all.stream().map(worker.events::of).collect(groupingBy(Object::getClass, counting()));
        assertThat(outcomes).containsEntry(BookingConfirmed.class, 30L).containsEntry(BookingRejected.class, 14L);
        // The three tables for four that are left go to the first that ask for them, and so does a six.
        assertThat(fours.subList(0, 3)).allSatisfy(asked -> assertThat(
                        worker.events.confirmed(asked).table().capacity())
                .isGreaterThanOrEqualTo(4));
        assertThat(worker.events.rejected(twos.getLast()).reason()).isEqualTo("no_table_available");
    }
}
