package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideBookingTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final Instant NOW = madrid("2027-01-10T12:00");

    /** Tables 1 and 2 seat up to 2 and 4, 3 seats 6 to 8, 4 is out of use. */
    private final FloorPlan plan = aRestaurant()
            .in(MADRID)
            .open("18:00", "23:00")
            .notice(60)
            .horizon(30)
            .withTables(2, 4)
            .withTable(6, 8, 0, true)
            .withTable(1, 8, 0, false)
            .plan();

    private final Ledger nothingTaken = new Ledger();

    /** Every row has all the faults of the rows below it that it can have, and is refused for its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        9 | 2027-01-10T11:07:30 | 99 | no  | PARTY_SIZE
        5 | 2027-01-10T11:07:30 | 99 | no  | PARTY_SIZE
        0 | 2027-01-10T11:07:30 | 99 | no  | PARTY_SIZE
       -1 | 2027-01-10T11:07:30 | 99 | no  | PARTY_SIZE
        4 | 2027-01-10T11:07:30 | 99 | no  | IN_THE_PAST
        4 | 2027-01-10T12:07:30 | 99 | no  | TOO_SOON
        4 | 2027-02-10T12:07:30 | 99 | no  | BEYOND_HORIZON
        4 | 2027-01-20T12:07:30 | 99 | no  | CLOSED
        4 | 2027-01-20T19:07:30 | 99 | no  | OFF_SLOT_GRID
        4 | 2027-01-20T19:00    | 99 | no  | TABLE_UNKNOWN
        4 | 2027-01-20T19:00    | 4  | no  | TABLE_UNKNOWN
        4 | 2027-01-20T19:00    | 1  | no  | TABLE_TOO_SMALL
        4 | 2027-01-20T19:00    | 3  | no  | TABLE_TOO_LARGE
        4 | 2027-01-20T19:00    | 2  | no  | CLIENT_UNKNOWN
        4 | 2027-01-20T19:00    | -  | no  | CLIENT_UNKNOWN
        4 | 2027-01-20T19:00    | 2  | yes | TABLE_TAKEN
        4 | 2027-01-20T19:00    | -  | yes | NO_TABLE_AVAILABLE
        """)
    void of_several_reasons_the_first_declared_is_given(
            int guests, LocalDateTime start, @Nullable Long table, String clientKnown, RejectionReason reason) {
        Ledger allTaken = new Ledger();
        plan.tables().forEach(t -> allTaken.add(new Occupancy(t.id(), Instant.MIN, Instant.MAX, 1)));
        Ask ask = new Ask(start.atZone(MADRID).toInstant(), guests, table);
        assertThat(DecideBooking.decide(plan, ask, NOW, clientKnown.equals("yes"), allTaken))
                .extracting(d -> ((Rejected) d).reason())
                .isEqualTo(reason);
    }

    @Test
    void a_free_table_is_given_for_the_stay_and_kept_for_the_buffer() {
        Instant start = madrid("2027-01-20T19:00");
        Interval stay = new Interval(start, madrid("2027-01-20T20:30"));
        Interval occupancy = new Interval(start, madrid("2027-01-20T20:45"));
        DiningTable second = plan.table(2).orElseThrow();
        assertThat(decide("2027-01-20T19:00", 3, null)).isEqualTo(new Confirmed(second, stay, occupancy));
        assertThat(decide("2027-01-20T19:00", 2, 2L)).isEqualTo(new Confirmed(second, stay, occupancy));
    }

    @Test
    void deciding_takes_nothing() {
        assertThat(decide("2027-01-20T19:00", 4, null)).isEqualTo(decide("2027-01-20T19:00", 4, null));
    }

    @Test
    void a_party_may_come_at_the_last_moment_of_notice_and_no_later() {
        assertThat(decideAt("2027-01-20T18:00", "2027-01-20T19:00")).isInstanceOf(Confirmed.class);
        assertThat(reasonAt("2027-01-20T18:00:00.000001", "2027-01-20T19:00")).isEqualTo(RejectionReason.TOO_SOON);
        assertThat(reasonAt("2027-01-20T19:00", "2027-01-20T19:00")).isEqualTo(RejectionReason.TOO_SOON);
        assertThat(reasonAt("2027-01-20T19:00:00.000001", "2027-01-20T19:00")).isEqualTo(RejectionReason.IN_THE_PAST);
    }

    @Test
    void without_notice_a_party_may_come_this_very_moment() {
        FloorPlan noNotice = aRestaurant().openAlways().withTables(2).plan();
        Ask ask = new Ask(Instant.parse("2027-01-20T19:00:00Z"), 2, null);
        assertThat(DecideBooking.decide(noNotice, ask, ask.start(), true, nothingTaken))
                .isInstanceOf(Confirmed.class);
    }

    @Test
    void the_horizon_counts_local_calendar_days() {
        assertThat(decideAt("2027-01-10T00:00", "2027-02-09T21:30")).isInstanceOf(Confirmed.class);
        assertThat(decideAt("2027-01-10T23:59", "2027-02-09T18:00")).isInstanceOf(Confirmed.class);
        assertThat(reasonAt("2027-01-10T23:59", "2027-02-10T18:00")).isEqualTo(RejectionReason.BEYOND_HORIZON);
    }

    @Test
    void the_ends_of_time_are_refused_like_any_other() {
        assertThat(DecideBooking.decide(plan, new Ask(Instant.MAX, 2, null), NOW, true, nothingTaken))
                .isEqualTo(new Rejected(RejectionReason.BEYOND_HORIZON, null));
        assertThat(DecideBooking.decide(plan, new Ask(Instant.MIN, 2, null), NOW, true, nothingTaken))
                .isEqualTo(new Rejected(RejectionReason.IN_THE_PAST, null));
    }

    @Test
    void a_stay_may_end_at_closing_time_with_its_buffer_after_it() {
        assertThat(decide("2027-01-20T21:30", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(reason("2027-01-20T21:45", 2, null)).isEqualTo(RejectionReason.CLOSED);
        assertThat(decide("2027-01-20T18:00", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(reason("2027-01-20T17:45", 2, null)).isEqualTo(RejectionReason.CLOSED);
    }

    @Test
    void a_start_must_be_on_the_grid_to_the_nanosecond() {
        assertThat(reason("2027-01-20T19:01", 2, null)).isEqualTo(RejectionReason.OFF_SLOT_GRID);
        assertThat(reason("2027-01-20T19:00:01", 2, null)).isEqualTo(RejectionReason.OFF_SLOT_GRID);
        assertThat(reason("2027-01-20T19:00:00.000000001", 2, null)).isEqualTo(RejectionReason.OFF_SLOT_GRID);
    }

    @Test
    void parties_may_follow_each_other_when_the_buffer_is_over() {
        Ledger taken = new Ledger();
        taken.add(new Occupancy(2, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:45"), 1));
        assertThat(decide(taken, "2027-01-20T20:45", 4, 2L)).isInstanceOf(Confirmed.class);
        assertThat(decide(taken, "2027-01-20T20:30", 4, 2L)).isInstanceOf(Rejected.class);

        taken.add(new Occupancy(2, madrid("2027-01-20T22:30"), madrid("2027-01-20T23:30"), 2));
        assertThat(decide(taken, "2027-01-20T20:45", 4, 2L)).isInstanceOf(Confirmed.class);
        assertThat(decide(taken, "2027-01-20T21:00", 4, 2L)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_refusal_names_what_was_taken_last() {
        Occupancy before = new Occupancy(1, madrid("2027-01-20T18:00"), madrid("2027-01-20T19:15"), 3);
        Occupancy after = new Occupancy(1, madrid("2027-01-20T20:00"), madrid("2027-01-20T21:15"), 2);
        Occupancy other = new Occupancy(2, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:15"), 1);
        Occupancy elsewhere = new Occupancy(3, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:15"), 9);
        Occupancy muchLater = new Occupancy(1, madrid("2027-01-20T22:00"), madrid("2027-01-20T23:15"), 9);
        Ledger taken = new Ledger();
        for (Occupancy o : new Occupancy[] {before, after, other, elsewhere, muchLater}) {
            taken.add(o);
        }
        assertThat(decide(taken, "2027-01-20T19:00", 2, 1L))
                .isEqualTo(new Rejected(RejectionReason.TABLE_TAKEN, before));
        assertThat(decide(taken, "2027-01-20T19:00", 2, 2L))
                .isEqualTo(new Rejected(RejectionReason.TABLE_TAKEN, other));
        assertThat(decide(taken, "2027-01-20T19:00", 2, null))
                .isEqualTo(new Rejected(RejectionReason.NO_TABLE_AVAILABLE, before, List.of(other)));

        Occupancy thisBatch = new Occupancy(2, madrid("2027-01-20T20:15"), madrid("2027-01-20T21:00"), Occupancy.NOW);
        taken.add(thisBatch);
        assertThat(decide(taken, "2027-01-20T19:00", 2, null))
                .isEqualTo(new Rejected(RejectionReason.NO_TABLE_AVAILABLE, thisBatch, List.of(before)));
    }

    @Test
    void of_what_was_taken_together_the_one_at_the_table_of_first_choice_is_named() {
        Occupancy first = new Occupancy(1, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:15"), 1);
        Occupancy second = new Occupancy(2, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:15"), 1);
        Ledger taken = new Ledger();
        taken.add(second);
        taken.add(first);
        assertThat(decide(taken, "2027-01-20T19:00", 2, null))
                .isEqualTo(new Rejected(RejectionReason.NO_TABLE_AVAILABLE, first));
    }

    @Test
    void the_houses_own_people_may_book_past_the_houses_own_rules() {
        // Too soon, off the grid, closed, beyond the horizon; a table too small, and one kept for larger parties.
        assertThat(override("2027-01-10T12:07:30", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-01-20T03:00", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-06-20T19:00", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-01-20T19:00", 4, 1L)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-01-20T19:00", 4, 3L)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-01-20T19:00", 12, 3L)).isInstanceOf(Confirmed.class);
    }

    @Test
    void nobody_books_past_what_there_is_and_what_is_taken() {
        Ledger taken = new Ledger();
        taken.add(new Occupancy(1, madrid("2027-01-20T19:00"), madrid("2027-01-20T20:45"), 1));
        assertThat(DecideBooking.decide(plan, new Ask(madrid("2027-01-20T20:30"), 2, 1L, true), NOW, true, taken))
                .extracting(d -> ((Rejected) d).reason())
                .isEqualTo(RejectionReason.TABLE_TAKEN);
        assertThat(overrideReason("2027-01-20T19:00", 2, 99L)).isEqualTo(RejectionReason.TABLE_UNKNOWN);
        assertThat(overrideReason("2027-01-20T19:00", 2, 4L)).isEqualTo(RejectionReason.TABLE_UNKNOWN);
        assertThat(overrideReason("2027-01-20T19:00", 5, null)).isEqualTo(RejectionReason.PARTY_SIZE);
    }

    @Test
    void who_walks_in_may_sit_already_but_not_have_left() {
        assertThat(override("2027-01-10T11:59", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(override("2027-01-10T10:30:01", 2, null)).isInstanceOf(Confirmed.class);
        assertThat(overrideReason("2027-01-10T10:30", 2, null)).isEqualTo(RejectionReason.IN_THE_PAST);
    }

    private Decision override(String start, int guests, @Nullable Long table) {
        return DecideBooking.decide(plan, new Ask(madrid(start), guests, table, true), NOW, true, nothingTaken);
    }

    private RejectionReason overrideReason(String start, int guests, @Nullable Long table) {
        return ((Rejected) override(start, guests, table)).reason();
    }

    private Decision decide(String start, int guests, @Nullable Long table) {
        return decide(nothingTaken, start, guests, table);
    }

    private Decision decide(Ledger taken, String start, int guests, @Nullable Long table) {
        return DecideBooking.decide(plan, new Ask(madrid(start), guests, table), NOW, true, taken);
    }

    private RejectionReason reason(String start, int guests, @Nullable Long table) {
        return ((Rejected) decide(start, guests, table)).reason();
    }

    private Decision decideAt(String now, String start) {
        return DecideBooking.decide(plan, new Ask(madrid(start), 2, null), madrid(now), true, nothingTaken);
    }

    private RejectionReason reasonAt(String now, String start) {
        return ((Rejected) decideAt(now, start)).reason();
    }

    private static Instant madrid(String local) {
        return LocalDateTime.parse(local).atZone(MADRID).toInstant();
    }
}
