package io.headwaiter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

    @Test
    void it_answers_as_a_plain_list_does_even_when_times_overlap() {
        Seeded.cases(300, random -> {
            Ledger ledger = new Ledger();
            List<Occupancy> list = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                if (random.nextInt(4) == 0 && !list.isEmpty()) {
                    Occupancy gone = list.remove(random.nextInt(list.size()));
                    ledger.remove(gone);
                } else {
                    Interval time = time(random);
                    Occupancy o = new Occupancy(random.nextInt(40), time.start(), time.end(), i);
                    ledger.add(o);
                    list.add(o);
                }
                long table = random.nextInt(42);
                Interval wanted = time(random);
                Occupancy latest = null;
                for (Occupancy o : list) {
                    boolean overlaps = new Interval(o.start(), o.end()).overlaps(wanted);
                    if (o.tableId() == table && overlaps && (latest == null || o.takenBy() > latest.takenBy())) {
                        latest = o;
                    }
                }
                assertThat(ledger.isFree(table, wanted)).isEqualTo(latest == null);
                if (latest == null) {
                    assertThat(ledger.inTheWay(table, wanted)).isEmpty();
                } else {
                    assertThat(ledger.inTheWay(table, wanted)).contains(latest);
                }
            }
        });
    }

    private static Interval time(Random random) {
        Instant start = NOON.plusSeconds(600L * random.nextInt(60));
        return new Interval(start, start.plusSeconds(600L * (1 + random.nextInt(8))));
    }

    @Test
    void what_is_taken_stands_in_the_way_at_its_own_table_only() {
        Ledger ledger = new Ledger();
        Occupancy o = taken(7, 0, 60, 1);
        ledger.add(o);
        assertThat(ledger.isFree(7, minutes(0, 60))).isFalse();
        assertThat(ledger.inTheWay(7, minutes(59, 90))).contains(o);
        assertThat(ledger.isFree(7, minutes(60, 90))).isTrue();
        assertThat(ledger.isFree(7, minutes(-30, 0))).isTrue();
        assertThat(ledger.isFree(6, minutes(0, 60))).isTrue();
        assertThat(ledger.isFree(8, minutes(0, 60))).isTrue();
        assertThat(ledger.inTheWay(8, minutes(0, 60))).isEmpty();
    }

    @Test
    void a_party_that_stays_beyond_later_ones_is_not_forgotten() {
        Ledger ledger = new Ledger();
        Occupancy whole = taken(1, 0, 600, 1);
        ledger.add(taken(1, 100, 200, 2));
        ledger.add(whole);
        ledger.add(taken(1, 300, 400, 3));
        assertThat(ledger.inTheWay(1, minutes(500, 550))).contains(whole);
        ledger.remove(whole);
        assertThat(ledger.isFree(1, minutes(500, 550))).isTrue();
    }

    @Test
    void of_what_was_taken_together_the_earliest_is_named() {
        Ledger ledger = new Ledger();
        Occupancy first = taken(1, 0, 60, 5);
        ledger.add(taken(1, 60, 120, 5));
        ledger.add(first);
        ledger.add(taken(1, 120, 180, 4));
        assertThat(ledger.inTheWay(1, minutes(30, 150))).contains(first);
    }

    @Test
    void removing_what_is_not_there_changes_nothing() {
        Ledger ledger = new Ledger();
        ledger.add(taken(1, 0, 60, 1));
        ledger.remove(taken(1, 0, 60, 2));
        ledger.remove(taken(2, 0, 60, 1));
        assertThat(ledger.isFree(1, minutes(0, 60))).isFalse();
    }

    @Test
    void what_was_added_twice_must_be_removed_twice() {
        Ledger ledger = new Ledger();
        ledger.add(taken(1, 0, 60, 1));
        ledger.add(taken(1, 0, 60, 1));
        ledger.remove(taken(1, 0, 60, 1));
        assertThat(ledger.isFree(1, minutes(0, 60))).isFalse();
        ledger.remove(taken(1, 0, 60, 1));
        assertThat(ledger.isFree(1, minutes(0, 60))).isTrue();
    }

    @Test
    void a_gap_is_what_is_left_free_before_and_after_up_to_the_cap() {
        Duration cap = Duration.ofMinutes(120);
        Ledger ledger = new Ledger();
        assertThat(ledger.gapAround(1, minutes(0, 60), cap)).isEqualTo(Duration.ofMinutes(240));
        ledger.add(taken(1, -90, -30, 1));
        assertThat(ledger.gapAround(1, minutes(0, 60), cap)).isEqualTo(Duration.ofMinutes(150));
        ledger.add(taken(1, 75, 90, 1));
        assertThat(ledger.gapAround(1, minutes(0, 60), cap)).isEqualTo(Duration.ofMinutes(45));
        assertThat(ledger.gapAround(1, minutes(-30, 75), cap)).isZero();
        assertThat(ledger.gapAround(1, minutes(210, 240), cap)).isEqualTo(Duration.ofMinutes(240));
        assertThat(ledger.gapAround(1, minutes(211, 240), cap)).isEqualTo(Duration.ofMinutes(240));
        assertThat(ledger.gapAround(1, minutes(209, 240), cap)).isEqualTo(Duration.ofMinutes(239));
    }

    @Test
    void a_gap_is_measured_to_the_nanosecond() {
        Ledger ledger = new Ledger();
        ledger.add(new Occupancy(1, NOON.minusSeconds(60), NOON.minusNanos(1), 1));
        ledger.add(new Occupancy(1, NOON.plusSeconds(60).plusNanos(2), NOON.plusSeconds(90), 1));
        assertThat(ledger.gapAround(1, minutes(0, 1), Duration.ofHours(1))).isEqualTo(Duration.ofNanos(3));
        Duration cap = Duration.ofSeconds(30).plusNanos(500);
        ledger.add(new Occupancy(1, NOON.plusSeconds(150).plusNanos(200), NOON.plusSeconds(200), 1));
        assertThat(ledger.gapAround(1, new Interval(NOON.plusSeconds(90), NOON.plusSeconds(120)), cap))
                .isEqualTo(Duration.ofSeconds(30).plusNanos(200));
    }

    @Test
    void a_side_that_is_not_free_counts_nothing() {
        Ledger ledger = new Ledger();
        ledger.add(taken(1, -60, 10, 1));
        assertThat(ledger.gapAround(1, minutes(0, 60), Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        ledger.add(new Occupancy(2, Instant.MIN, NOON.plusSeconds(86400L * 365 * 1000), 1));
        assertThat(ledger.gapAround(2, minutes(0, 60), Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void time_taken_for_ever_is_time_like_any_other() {
        Ledger ledger = new Ledger();
        ledger.add(new Occupancy(1, Instant.MIN, NOON, 1));
        ledger.add(new Occupancy(1, NOON.plusSeconds(7200), Instant.MAX, 1));
        assertThat(ledger.isFree(1, minutes(0, 120))).isTrue();
        assertThat(ledger.isFree(1, minutes(0, 121))).isFalse();
        assertThat(ledger.gapAround(1, minutes(0, 60), Duration.ofHours(3))).isEqualTo(Duration.ofHours(1));
    }

    private static Occupancy taken(long table, int from, int to, long takenBy) {
        return new Occupancy(table, minutes(from, to).start(), minutes(from, to).end(), takenBy);
    }

    private static Interval minutes(int from, int to) {
        return new Interval(NOON.plusSeconds(60L * from), NOON.plusSeconds(60L * to));
    }
}
