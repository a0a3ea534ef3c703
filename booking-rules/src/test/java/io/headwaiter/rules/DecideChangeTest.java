package io.headwaiter.rules;

import static io.headwaiter.rules.BookingStatus.CANCELLED;
import static io.headwaiter.rules.BookingStatus.COMPLETED;
import static io.headwaiter.rules.BookingStatus.CONFIRMED;
import static io.headwaiter.rules.BookingStatus.NO_SHOW;
import static io.headwaiter.rules.BookingStatus.SEATED;
import static io.headwaiter.rules.RejectionReason.CLOSED;
import static io.headwaiter.rules.RejectionReason.DEADLINE_PASSED;
import static io.headwaiter.rules.RejectionReason.IN_THE_PAST;
import static io.headwaiter.rules.RejectionReason.NO_TABLE_AVAILABLE;
import static io.headwaiter.rules.RejectionReason.OFF_SLOT_GRID;
import static io.headwaiter.rules.RejectionReason.PARTY_SIZE;
import static io.headwaiter.rules.RejectionReason.STATUS_CONFLICT;
import static io.headwaiter.rules.RejectionReason.TABLE_TAKEN;
import static io.headwaiter.rules.RejectionReason.TABLE_TOO_SMALL;
import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecideChangeTest {

    private static final Instant SEVEN = Instant.parse("2027-01-20T19:00:00Z");
    private static final Instant THE_DAY_BEFORE = Instant.parse("2027-01-19T12:00:00Z");

    /** Tables 1 and 2 for two, 3 for four, 4 for eight; two sit for 90 minutes, more for 120. */
    private final FloorPlan plan = aRestaurant()
            .open("18:00", "23:00")
            .turn(2, 90)
            .turn(20, 120)
            .deadline(60)
            .withTables(2, 2, 4, 8)
            .plan();

    private final Ledger others = new Ledger();

    // ── Moves ────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_move_keeps_the_table_while_it_will_do() {
        assertThat(move(at(minutes(30)), THE_DAY_BEFORE)).isEqualTo(given(2, minutes(30), 90));
        others.add(new Occupancy(2, minutes(60), minutes(120), 1));
        assertThat(move(at(minutes(30)), THE_DAY_BEFORE)).isEqualTo(given(1, minutes(30), 90));
        assertThat(move(party(3), THE_DAY_BEFORE)).isEqualTo(given(3, SEVEN, 120));
        assertThat(move(party(5), THE_DAY_BEFORE)).isEqualTo(given(4, SEVEN, 120));
    }

    @Test
    void a_move_to_a_table_insists_and_a_move_to_any_does_not() {
        assertThat(move(table(3), THE_DAY_BEFORE)).isEqualTo(given(3, SEVEN, 90));
        Occupancy taken = new Occupancy(3, minutes(60), minutes(120), 1);
        others.add(taken);
        assertThat(move(table(3), THE_DAY_BEFORE)).isEqualTo(new Rejected(TABLE_TAKEN, taken));
        assertThat(move(new Move(null, null, null, true, false, false), THE_DAY_BEFORE))
                .isEqualTo(given(1, SEVEN, 90));
        assertThat(reason(move(new Move(null, 3, 1L, false, false, false), THE_DAY_BEFORE)))
                .isEqualTo(TABLE_TOO_SMALL);
    }

    @Test
    void a_move_obeys_the_rules_for_what_is_new_about_it_only() {
        assertThat(reason(move(at(minutes(7)), THE_DAY_BEFORE))).isEqualTo(OFF_SLOT_GRID);
        assertThat(reason(move(at(minutes(180)), THE_DAY_BEFORE))).isEqualTo(CLOSED);
        assertThat(reason(move(at(THE_DAY_BEFORE.minusSeconds(1)), THE_DAY_BEFORE)))
                .isEqualTo(IN_THE_PAST);
        assertThat(reason(move(party(9), THE_DAY_BEFORE))).isEqualTo(PARTY_SIZE);
        // Off the grid, out of hours and of a length of former rules: its own, and nobody asks again.
        Interval odd = new Interval(SEVEN.minusSeconds(7 * 3600 + 7), SEVEN.minusSeconds(6 * 3600));
        Booking granted = new Booking(2, 2, odd, CONFIRMED, odd);
        assertThat(DecideChange.move(plan, granted, table(1), THE_DAY_BEFORE, others))
                .isEqualTo(new Confirmed(
                        plan.tables().get(0),
                        odd,
                        new Interval(odd.start(), odd.end().plusSeconds(900))));
        // More people stay longer, and that is new.
        assertThat(reason(DecideChange.move(plan, granted, party(4), THE_DAY_BEFORE, others)))
                .isEqualTo(CLOSED);
    }

    @Test
    void a_seated_party_moves_after_its_time_has_begun_when_the_house_says_so() {
        Booking seated = booking(SEATED);
        Instant later = minutes(20);
        assertThat(reason(DecideChange.move(plan, seated, table(3), later, others)))
                .isEqualTo(DEADLINE_PASSED);
        assertThat(DecideChange.move(plan, seated, new Move(null, null, 3L, false, true, false), later, others))
                .isEqualTo(given(3, SEVEN, 90));
        assertThat(DecideChange.move(plan, seated, new Move(null, 4, null, false, true, false), later, others))
                .isEqualTo(given(3, SEVEN, 120));
    }

    @Test
    void the_house_may_move_past_its_own_rules_and_not_past_what_is_taken() {
        Move past = new Move(minutes(187), 2, 2L, false, true, true);
        assertThat(DecideChange.move(plan, booking(CONFIRMED), past, THE_DAY_BEFORE, others))
                .isEqualTo(given(2, minutes(187), 90));
        // Nobody named a table, so nobody said that the present one is large enough.
        assertThat(DecideChange.move(
                        plan, booking(CONFIRMED), new Move(null, 3, null, false, true, true), THE_DAY_BEFORE, others))
                .isEqualTo(given(3, SEVEN, 120));
        for (long table = 1; table <= 4; table++) {
            others.add(new Occupancy(table, minutes(187), minutes(200), table));
        }
        assertThat(reason(DecideChange.move(plan, booking(CONFIRMED), past, THE_DAY_BEFORE, others)))
                .isEqualTo(TABLE_TAKEN);
        assertThat(DecideChange.move(
                        plan,
                        booking(CONFIRMED),
                        new Move(minutes(187), null, null, false, true, true),
                        THE_DAY_BEFORE,
                        others))
                .isEqualTo(new Rejected(
                        NO_TABLE_AVAILABLE,
                        new Occupancy(4, minutes(187), minutes(200), 4),
                        List.of(
                                new Occupancy(1, minutes(187), minutes(200), 1),
                                new Occupancy(2, minutes(187), minutes(200), 2),
                                new Occupancy(3, minutes(187), minutes(200), 3))));
    }

    @Test
    void an_inactive_table_is_not_kept() {
        FloorPlan without = aRestaurant()
                .open("18:00", "23:00")
                .withTable(1, 2, 0, true)
                .withTable(1, 2, 0, false)
                .plan();
        assertThat(DecideChange.move(without, booking(CONFIRMED), at(minutes(30)), THE_DAY_BEFORE, others))
                .extracting(decision -> ((Confirmed) decision).table().id())
                .isEqualTo(1L);
    }

    @Test
    void only_who_has_a_table_can_move_and_only_before_the_deadline() {
        for (BookingStatus status : BookingStatus.values()) {
            Decision decision = DecideChange.move(plan, booking(status), table(3), THE_DAY_BEFORE, others);
            assertThat(decision instanceof Confirmed)
                    .as("%s", status)
                    .isEqualTo(status == CONFIRMED || status == SEATED);
        }
        assertThat(reason(DecideChange.move(plan, booking(CANCELLED), table(3), minutes(9), others)))
                .isEqualTo(STATUS_CONFLICT);
        assertThat(move(table(3), minutes(-60))).isInstanceOf(Confirmed.class);
        assertThat(reason(move(table(3), minutes(-60).plusNanos(1)))).isEqualTo(DEADLINE_PASSED);
    }

    // ── Cancelling ───────────────────────────────────────────────────────────────────────────────────

    @Test
    void only_an_expected_party_can_cancel_and_only_before_the_deadline() {
        for (BookingStatus status : BookingStatus.values()) {
            Decision decision = DecideChange.cancel(plan, booking(status), false, THE_DAY_BEFORE);
            assertThat(decision).isEqualTo(status == CONFIRMED ? new Cancelled() : new Rejected(STATUS_CONFLICT, null));
        }
        assertThat(DecideChange.cancel(plan, booking(CONFIRMED), false, minutes(-60)))
                .isEqualTo(new Cancelled());
        Instant late = minutes(-60).plusNanos(1);
        assertThat(reason(DecideChange.cancel(plan, booking(CONFIRMED), false, late)))
                .isEqualTo(DEADLINE_PASSED);
        assertThat(reason(DecideChange.cancel(plan, booking(SEATED), false, late)))
                .isEqualTo(STATUS_CONFLICT);
        assertThat(DecideChange.cancel(plan, booking(CONFIRMED), true, late)).isEqualTo(new Cancelled());
    }

    // ── Statuses ─────────────────────────────────────────────────────────────────────────────────────

    @Test
    void who_sits_down_keeps_the_time_that_was_taken() {
        Interval ofOldRules = new Interval(SEVEN, minutes(200));
        Booking booking = new Booking(2, 2, stay(), CONFIRMED, ofOldRules);
        assertThat(DecideChange.status(plan, booking, SEATED, minutes(0), others))
                .isEqualTo(new StatusChanged(SEATED, ofOldRules));
    }

    @Test
    void who_leaves_gives_the_rest_back_but_for_the_buffer() {
        assertThat(status(SEATED, COMPLETED, minutes(40)))
                .isEqualTo(new StatusChanged(COMPLETED, new Interval(SEVEN, minutes(55))));
        assertThat(status(SEATED, COMPLETED, minutes(91))).isEqualTo(new StatusChanged(COMPLETED, held()));
        assertThat(status(SEATED, COMPLETED, minutes(-14)))
                .isEqualTo(new StatusChanged(COMPLETED, new Interval(SEVEN, minutes(1))));
        assertThat(status(SEATED, COMPLETED, minutes(-15))).isEqualTo(new StatusChanged(COMPLETED, null));
        assertThat(DecideChange.status(plan, new Booking(2, 2, stay(), SEATED, null), COMPLETED, minutes(9), others))
                .isEqualTo(new StatusChanged(COMPLETED, null));
    }

    @Test
    void who_never_came_gives_all_of_it_back_once_they_were_due() {
        assertThat(status(CONFIRMED, NO_SHOW, SEVEN)).isEqualTo(new StatusChanged(NO_SHOW, null));
        assertThat(reason(status(CONFIRMED, NO_SHOW, SEVEN.minusNanos(1)))).isEqualTo(STATUS_CONFLICT);
    }

    @Test
    void to_take_a_status_back_needs_the_time_to_be_free_still() {
        Booking left = new Booking(2, 2, stay(), COMPLETED, new Interval(SEVEN, minutes(55)));
        Booking missing = new Booking(2, 2, stay(), NO_SHOW, null);
        assertThat(DecideChange.status(plan, left, SEATED, minutes(50), others))
                .isEqualTo(new StatusChanged(SEATED, held()));
        assertThat(DecideChange.status(plan, missing, CONFIRMED, minutes(50), others))
                .isEqualTo(new StatusChanged(CONFIRMED, held()));
        assertThat(DecideChange.status(plan, missing, SEATED, minutes(50), others))
                .isEqualTo(new StatusChanged(SEATED, held()));
        Occupancy next = new Occupancy(2, minutes(60), minutes(120), 1);
        others.add(next);
        assertThat(DecideChange.status(plan, left, SEATED, minutes(50), others))
                .isEqualTo(new Rejected(TABLE_TAKEN, next));
        assertThat(DecideChange.status(plan, missing, SEATED, minutes(50), others))
                .isEqualTo(new Rejected(TABLE_TAKEN, next));
        // One that should hold its time and does not, by whatever hand, must take it again, too.
        assertThat(DecideChange.status(plan, new Booking(2, 2, stay(), CONFIRMED, null), SEATED, minutes(0), others))
                .isEqualTo(new Rejected(TABLE_TAKEN, next));
    }

    @Test
    void an_illegal_status_is_refused() {
        assertThat(reason(status(CONFIRMED, COMPLETED, minutes(9)))).isEqualTo(STATUS_CONFLICT);
        assertThat(reason(status(CANCELLED, SEATED, minutes(9)))).isEqualTo(STATUS_CONFLICT);
        assertThat(reason(status(CONFIRMED, CONFIRMED, minutes(9)))).isEqualTo(STATUS_CONFLICT);
    }

    private Decision status(BookingStatus is, BookingStatus next, Instant now) {
        return DecideChange.status(plan, booking(is), next, now, others);
    }

    private Decision move(Move move, Instant now) {
        return DecideChange.move(plan, booking(CONFIRMED), move, now, others);
    }

    private static Move at(Instant start) {
        return new Move(start, null, null, false, false, false);
    }

    private static Move party(int guests) {
        return new Move(null, guests, null, false, false, false);
    }

    private static Move table(long id) {
        return new Move(null, null, id, false, false, false);
    }

    /** Of two, at table 2, from seven. */
    private static Booking booking(BookingStatus status) {
        return new Booking(2, 2, stay(), status, held());
    }

    private static Interval stay() {
        return new Interval(SEVEN, minutes(90));
    }

    private static Interval held() {
        return new Interval(SEVEN, minutes(105));
    }

    private Confirmed given(long table, Instant start, int minutes) {
        DiningTable given = plan.table(table).orElseThrow();
        Instant end = start.plusSeconds(60L * minutes);
        return new Confirmed(given, new Interval(start, end), new Interval(start, end.plusSeconds(900)));
    }

    private static @Nullable RejectionReason reason(Decision decision) {
        return decision instanceof Rejected rejected ? rejected.reason() : null;
    }

    private static Instant minutes(int afterSeven) {
        return SEVEN.plusSeconds(60L * afterSeven);
    }
}
