package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecideBlockTest {

    private static final Instant NOW = Instant.parse("2027-01-10T12:00:00Z");
    private static final Instant SIX = Instant.parse("2027-01-10T18:00:00Z");

    /** Never open; the longest occupancy is 105 minutes. */
    private final FloorPlan plan = aRestaurant()
            .turn(90)
            .buffer(15)
            .withTables(4)
            .withTable(1, 2, 0, false)
            .plan();

    private final Ledger taken = new Ledger();

    @Test
    void a_block_takes_the_time_in_pieces_none_longer_than_a_stay_may_be() {
        assertThat(decide(1, minutes(0), minutes(240)))
                .isEqualTo(new Blocked(
                        plan.tables().get(0),
                        List.of(
                                new Interval(minutes(0), minutes(105)),
                                new Interval(minutes(105), minutes(210)),
                                new Interval(minutes(210), minutes(240)))));
        assertThat(((Blocked) decide(1, minutes(0), minutes(105))).pieces())
                .containsExactly(new Interval(minutes(0), minutes(105)));
        assertThat(((Blocked) decide(1, minutes(0), minutes(1))).pieces())
                .containsExactly(new Interval(minutes(0), minutes(1)));
    }

    @Test
    void what_is_taken_cannot_be_blocked_and_what_touches_can() {
        Occupancy party = new Occupancy(1, minutes(60), minutes(120), 7);
        taken.add(party);
        assertThat(decide(1, minutes(0), minutes(61))).isEqualTo(new Rejected(RejectionReason.TABLE_TAKEN, party));
        assertThat(decide(1, minutes(119), minutes(600))).isEqualTo(new Rejected(RejectionReason.TABLE_TAKEN, party));
        assertThat(decide(1, minutes(0), minutes(60))).isInstanceOf(Blocked.class);
        assertThat(decide(1, minutes(120), minutes(600))).isInstanceOf(Blocked.class);
    }

    @Test
    void what_is_over_or_not_there_cannot_be_blocked() {
        assertThat(decide(99, NOW.minusSeconds(60), NOW)).isEqualTo(new Rejected(RejectionReason.IN_THE_PAST, null));
        assertThat(decide(1, NOW.minusSeconds(60), NOW.plusSeconds(1))).isInstanceOf(Blocked.class);
        assertThat(decide(99, minutes(0), minutes(1))).isEqualTo(new Rejected(RejectionReason.TABLE_UNKNOWN, null));
        assertThat(decide(2, minutes(0), minutes(1))).isEqualTo(new Rejected(RejectionReason.TABLE_UNKNOWN, null));
    }

    private Decision decide(long table, Instant from, Instant to) {
        return DecideBlock.decide(plan, table, new Interval(from, to), NOW, taken);
    }

    private static Instant minutes(int afterSix) {
        return SIX.plusSeconds(60L * afterSix);
    }
}
