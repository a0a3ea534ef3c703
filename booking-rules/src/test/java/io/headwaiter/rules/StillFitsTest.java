package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StillFitsTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final Instant LONG_BEFORE = madrid("2027-01-01T12:00");

    /** Every party sits 90 minutes. Table 1 seats up to 4, 2 seats 3 to 8, 3 is out of use. */
    private static RestaurantFixture house() {
        return aRestaurant()
                .in(MADRID)
                .open("18:00", "23:00")
                .withTable(1, 4, 0, true)
                .withTable(3, 8, 0, true)
                .withTable(1, 4, 0, false);
    }

    private final FloorPlan plan = house().plan();

    /** Every row has all the faults of the rows below it that it can have, and is told its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        5 | 2027-01-20T17:50 | 99 | CLOSED
        5 | 2027-01-20T21:50 | 99 | CLOSED
        5 | 2027-01-20T19:50 | 99 | OFF_SLOT_GRID
        5 | 2027-01-20T19:45 | 99 | TABLE_UNKNOWN
        5 | 2027-01-20T19:45 | 3  | TABLE_UNKNOWN
        5 | 2027-01-20T19:45 | 1  | TABLE_TOO_SMALL
        2 | 2027-01-20T19:45 | 2  | TABLE_TOO_LARGE
        4 | 2027-01-20T19:45 | 1  | -
        3 | 2027-01-20T19:45 | 2  | -
        8 | 2027-01-20T21:30 | 2  | -
        1 | 2027-01-20T18:00 | 1  | -
        """)
    void of_several_reasons_the_first_declared_is_given(
            int guests, LocalDateTime start, long table, @Nullable RejectionReason reason) {
        assertThat(StillFits.whyNot(plan, stay(start.toString(), 90), guests, table)
                        .orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void a_stay_that_was_promised_for_longer_is_held_against_the_hours_as_it_was_promised() {
        assertThat(StillFits.whyNot(plan, stay("2027-01-20T21:30", 91), 4, 1)).contains(RejectionReason.CLOSED);
        assertThat(StillFits.whyNot(plan, stay("2027-01-20T21:00", 120), 4, 1)).isEmpty();
    }

    @Test
    void a_stay_that_is_shorter_than_parties_sit_now_needs_the_time_that_they_do() {
        assertThat(StillFits.whyNot(plan, stay("2027-01-20T21:30", 30), 4, 1)).isEmpty();
        assertThat(StillFits.whyNot(plan, stay("2027-01-20T21:45", 30), 4, 1)).contains(RejectionReason.CLOSED);
    }

    @Test
    void neither_notice_nor_horizon_nor_others_play_a_part() {
        FloorPlan strict = house().notice(525_600).horizon(0).buffer(240).plan();

        assertThat(StillFits.whyNot(strict, stay("2027-01-20T19:00", 90), 4, 1)).isEmpty();
    }

    @Test
    void a_day_that_became_special_has_its_own_hours() {
        FloorPlan special = house().closedOn("2027-01-20")
                .openOn("2027-01-21", "12:00", "15:00")
                .plan();

        assertThat(StillFits.whyNot(special, stay("2027-01-20T19:00", 90), 4, 1))
                .contains(RejectionReason.CLOSED);
        assertThat(StillFits.whyNot(special, stay("2027-01-21T19:00", 90), 4, 1))
                .contains(RejectionReason.CLOSED);
        assertThat(StillFits.whyNot(special, stay("2027-01-21T12:00", 90), 4, 1))
                .isEmpty();
    }

    /** Whatever is confirmed fits, and what does not fit any more would be refused for that reason. */
    @Test
    void it_says_what_a_decision_would_say() {
        for (FloorPlan changed : new FloorPlan[] {
            plan,
            house().slotsEvery(60).plan(),
            house().turn(150).plan(),
            house().turn(4, 180).plan(),
            house().closedOn("2027-01-20").plan()
        }) {
            for (int minute = 0; minute < 24 * 60; minute += 5) {
                for (int guests = 1; guests <= 8; guests++) {
                    for (long table = 1; table <= 4; table++) {
                        Instant start = madrid("2027-01-20T00:00").plus(Duration.ofMinutes(minute));
                        Decision decision = DecideBooking.decide(
                                changed, new Ask(start, guests, table), LONG_BEFORE, true, new Ledger());
                        assertThat(StillFits.whyNot(changed, changed.stay(start, guests), guests, table)
                                        .orElse(null))
                                .isEqualTo(decision instanceof Rejected rejected ? rejected.reason() : null);
                    }
                }
            }
        }
    }

    private static Interval stay(String start, int minutes) {
        return new Interval(madrid(start), madrid(start).plus(Duration.ofMinutes(minutes)));
    }

    private static Instant madrid(String time) {
        return LocalDateTime.parse(time).atZone(MADRID).toInstant();
    }
}
