package io.headwaiter.local.faults.history;

import static io.headwaiter.local.faults.history.Story.BUFFER;
import static io.headwaiter.local.faults.history.Story.EIGHT;
import static io.headwaiter.local.faults.history.Story.HOUSE;
import static io.headwaiter.local.faults.history.Story.NOON;
import static io.headwaiter.local.faults.history.Story.booking;
import static io.headwaiter.local.faults.history.Story.place;
import static io.headwaiter.local.faults.history.Story.taken;
import static io.headwaiter.local.faults.history.Story.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.DeadLetter;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Poisoned;
import io.headwaiter.local.faults.history.Entry.Published;
import io.headwaiter.local.faults.history.Entry.Silence;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.StoredBooking;
import io.headwaiter.local.faults.history.Entry.StoredTime;
import io.headwaiter.local.faults.history.Entry.Subscribed;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Entry.Unreadable;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Kept;
import io.headwaiter.local.faults.history.Outcome.Refused;
import io.headwaiter.local.faults.history.Story.Decided;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each checker on histories made by hand: on what may happen, and on what must not. */
class CheckersTest {

    private static final String LOST = "acknowledged requests that were lost";
    private static final String TWICE = "requests decided twice";
    private static final String OVERLAP_STORED = "overlaps in the database";
    private static final String OVERLAP_PUBLISHED = "overlaps by the events alone";
    private static final String WITHOUT_EVENT = "decisions without an event";
    private static final String BYTES = "events with differing bytes";
    private static final String WITHOUT_DECISION = "events without a decision";
    private static final String TOLD_OTHERWISE = "answers that are not what was decided";
    private static final String WEBHOOKS = "webhooks missing, or not what was decided";
    private static final String RETRY = "retries answered otherwise than the first call";
    private static final String NOT_ASKED = "decisions on what nobody asked";
    private static final String GAP = "reservations with a gap in their versions";
    private static final String GHOST = "refusals for what nobody had taken";
    private static final String LETTERS = "dead letters missing, wrong or uncalled-for";
    private static final String SILENT = "503 and 429 without Retry-After";

    private static final long TABLE = 70;
    private static final long OTHER_TABLE = 71;

    private final Story story = new Story();

    private final Booking first = booking(1, TABLE, EIGHT, 1, "confirmed");
    private final Booking cancelled = booking(1, TABLE, EIGHT, 2, "cancelled");
    private final Booking second = booking(2, TABLE, EIGHT, 1, "confirmed");
    private final Booking moved = booking(2, OTHER_TABLE, EIGHT, 2, "confirmed");

    /** Placed, refused to another, cancelled, taken again, moved to another table. */
    private final Decided placed = story.placed(first, 0);

    private final Asked.Place wanted = new Asked.Place(EIGHT.plusSeconds(900), 2, TABLE, "r-refused");
    private final Decided refused = story.decided(wanted, taken(first), 1);
    private final Decided cancel = story.decided(new Asked.Cancel(1, 1), new Done(cancelled), 2);
    private final Decided again = story.placed(second, 3);
    private final Decided move =
            story.decided(new Asked.Move(2, null, null, OTHER_TABLE, false, null), new Done(moved), 4);

    CheckersTest() {
        story.stands(cancelled, placed);
        story.stands(moved, again);
    }

    private Story without(Entry entry) {
        return story.remove(entry);
    }

    private static Told told(Call call, int status, @Nullable Ticket ticket, @Nullable Outcome outcome) {
        return new Told(call.id(), NOON, false, status, ticket, outcome, null, true);
    }

    private static Published copy(Published event, long offset) {
        return new Published(
                event.partition(),
                offset,
                event.type(),
                event.ticket(),
                event.decidedAt(),
                event.digest(),
                event.outcome(),
                event.reservationId(),
                event.asked());
    }

    private static Published with(Published event, Outcome outcome) {
        return new Published(
                event.partition(),
                event.offset(),
                event.type(),
                event.ticket(),
                event.decidedAt(),
                event.digest(),
                outcome,
                event.reservationId(),
                event.asked());
    }

    private static Stored with(Stored stored, Outcome outcome) {
        return new Stored(
                stored.ticket(),
                stored.kind(),
                stored.decidedAt(),
                stored.reason(),
                stored.reservationId(),
                stored.digest(),
                outcome);
    }

    // ── What may happen ──────────────────────────────────────────────────────────────────────────────

    @Test
    void a_run_in_which_all_went_well_holds() {
        assertThat(story.broken()).isEmpty();
    }

    @Test
    void nothing_at_all_holds() {
        assertThat(new Story().broken()).isEmpty();
    }

    @Test
    void copies_of_an_event_are_duplicates_and_no_violation() {
        story.add(copy(placed.published(), 90), copy(placed.published(), 91), copy(refused.published(), 92));

        assertThat(story.broken()).isEmpty();
        assertThat(Verdict.on(History.of(story.entries())).totals()).isEqualTo(new Totals(5, 0, 0, 5, 5, 1, 5, 3, 0));
    }

    @Test
    void a_webhook_may_come_again_as_it_was() {
        subscribed().add(delivered(placed), delivered(placed));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_request_that_nobody_acknowledged_may_be_decided_or_not() {
        story.replace(placed.told(), told(placed.call(), 503, null, null));
        Call never = new Call(80, HOUSE, "never", new UUID(1, 80), place(booking(80, TABLE, EIGHT, 1, "")), NOON, "");
        story.add(never, new Silence(80, NOON, "broken"));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_retry_that_is_told_the_same_holds() {
        Call retry = story.again(placed.call());
        story.replace(placed.told(), told(placed.call(), 202, placed.ticket(), null));
        story.add(told(retry, 201, placed.ticket(), new Done(first)));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_key_used_for_something_else_is_found_out_by_an_event_of_its_own() {
        Ticket other = new Ticket(HOUSE, placed.ticket().request(), new UUID(9, 9));
        Refused reused = new Refused("idempotency_key_reused", null);
        Call call = new Call(
                81,
                HOUSE,
                placed.call().key(),
                placed.call().request(),
                new Asked.Place(EIGHT, 5, TABLE, "r-1"),
                NOON,
                "");
        story.add(
                call,
                told(call, 422, other, reused),
                new Published(0, 95, "booking.rejected", other, NOON, new Digest(9, 9, 9, 9), reused, null, null));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_caller_without_a_key_who_heard_nothing_is_known_by_the_reference() {
        story.remove(placed.told())
                .replace(placed.call(), new Call(1, HOUSE, null, null, place(first), NOON, ""))
                .add(new Silence(1, NOON, "hung up"));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_request_and_its_withdrawal_in_one_transaction_hold() {
        Booking briefly = booking(3, TABLE, EIGHT.plus(Duration.ofHours(4)), 1, "confirmed");
        Booking gone = booking(3, TABLE, EIGHT.plus(Duration.ofHours(4)), 2, "cancelled");
        Decided made = story.placed(briefly, 5);
        story.decided(new Asked.Withdraw(made.ticket()), new Done(gone), 5);
        story.stands(gone, made);
        Booking next = booking(4, TABLE, briefly.date(), 1, "confirmed");
        story.stands(next, story.placed(next, 5));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void neighbours_who_leave_the_buffer_free_hold() {
        Booking next = booking(5, OTHER_TABLE, moved.end().plus(BUFFER), 1, "confirmed");
        story.stands(next, story.placed(next, 6));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_table_given_again_within_a_transactions_length_of_its_cancellation_holds() {
        // By the times at which their transactions began, the second came three seconds before the first went.
        story.change(
                Published.class,
                event -> event.ticket().equals(again.ticket()),
                event -> new Published(
                        0,
                        event.offset(),
                        event.type(),
                        event.ticket(),
                        cancel.published().decidedAt().minusSeconds(3),
                        event.digest(),
                        event.outcome(),
                        event.reservationId(),
                        event.asked()));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_block_keeps_its_time_until_it_is_given_back() {
        Kept kept = new Kept(9, TABLE, EIGHT.minus(Duration.ofHours(9)), EIGHT.minus(Duration.ofHours(6)), false);
        story.add(
                event(30, kept, 10),
                stored(30, kept, "table.block"),
                event(31, new Kept(9, TABLE, kept.from(), kept.to(), true), 11),
                stored(31, new Kept(9, TABLE, kept.from(), kept.to(), true), "table.unblock"));

        assertThat(story.broken()).containsExactly(NOT_ASKED);
    }

    // ── What must not ────────────────────────────────────────────────────────────────────────────────

    @Test
    void an_acknowledged_request_without_a_decision_is_lost() {
        Call call = new Call(80, HOUSE, "k", new UUID(1, 80), place(booking(80, TABLE, EIGHT, 1, "")), NOON, "");
        story.add(call, told(call, 202, new Ticket(HOUSE, new UUID(1, 80), new UUID(2, 80)), null));

        assertThat(story.broken()).containsExactly(LOST);
    }

    @Test
    void a_confirmation_without_a_decision_is_lost() {
        without(refused.stored()).remove(refused.published());

        assertThat(story.broken()).containsExactly(LOST);
    }

    @Test
    void two_decisions_in_the_database_are_two() {
        story.add(with(refused.stored(), new Refused("closed", null)));

        assertThat(story.broken()).contains(TWICE);
    }

    @Test
    void two_decisions_in_the_events_are_two() {
        story.add(with(copy(refused.published(), 90), new Refused("closed", null)));

        assertThat(story.broken()).containsExactly(TWICE);
    }

    @Test
    void two_reservations_for_one_request_are_two() {
        Booking twin = booking(6, TABLE, EIGHT.minus(Duration.ofHours(5)), 1, "cancelled");
        story.add(new StoredBooking(HOUSE, placed.ticket().request(), twin));

        assertThat(story.broken()).containsExactly(TWICE, GAP);
    }

    @Test
    void two_reservations_for_what_was_asked_once_without_a_key_are_two() {
        Booking twin = new Booking(
                6, TABLE, EIGHT.minus(Duration.ofHours(5)), EIGHT.minus(Duration.ofHours(3)), 2, "confirmed", 1, "r-1");
        story.stands(twin, story.placed(twin, 7));

        assertThat(story.broken()).containsExactly(TWICE);
    }

    @Test
    void two_parties_at_one_table_overlap_wherever_one_looks() {
        Booking intruder = booking(6, OTHER_TABLE, EIGHT.plusSeconds(60 * 89), 1, "confirmed");
        story.stands(intruder, story.placed(intruder, 7));

        assertThat(story.broken()).containsExactly(OVERLAP_STORED, OVERLAP_PUBLISHED);
    }

    @Test
    void the_buffer_is_nobody_elses() {
        Booking intruder = booking(6, OTHER_TABLE, moved.end().plusSeconds(60 * 14), 1, "confirmed");
        story.stands(intruder, story.placed(intruder, 7));

        assertThat(story.broken()).containsExactly(OVERLAP_STORED, OVERLAP_PUBLISHED);
    }

    @Test
    void two_parties_at_one_table_for_a_while_overlap_in_the_events_though_one_has_left() {
        // Placed a minute before the first was cancelled.
        story.change(
                Published.class,
                event -> event.ticket().equals(again.ticket()),
                event -> new Published(
                        0,
                        event.offset(),
                        event.type(),
                        event.ticket(),
                        cancel.published().decidedAt().minusSeconds(60),
                        event.digest(),
                        event.outcome(),
                        event.reservationId(),
                        event.asked()));

        assertThat(story.broken()).containsExactly(OVERLAP_PUBLISHED);
    }

    @Test
    void a_party_at_a_blocked_table_overlaps() {
        Kept kept = new Kept(9, OTHER_TABLE, EIGHT.minus(Duration.ofHours(1)), EIGHT.plusSeconds(1), false);
        story.add(event(30, kept, 10), stored(30, kept, "table.block"));

        assertThat(story.broken()).containsExactly(OVERLAP_PUBLISHED, NOT_ASKED);
    }

    @Test
    void a_party_without_its_time_is_not_seated() {
        without(time(moved));

        assertThat(story.broken()).containsExactly(OVERLAP_STORED);
    }

    @Test
    void time_that_a_cancelled_party_still_holds_is_nobodys() {
        story.add(time(cancelled));

        assertThat(story.broken()).containsExactly(OVERLAP_STORED);
    }

    @Test
    void time_that_is_held_twice_or_for_nobody_is_too_much() {
        StoredTime one = time(moved);
        story.add(
                new StoredTime(HOUSE, TABLE, one.from(), one.to(), 2L, null),
                new StoredTime(HOUSE, TABLE, one.from().minusSeconds(99_999), one.from(), 55L, null));

        assertThat(story.broken()).containsExactly(OVERLAP_STORED);
    }

    @Test
    void a_decision_that_was_not_published_is_missing() {
        without(refused.published());

        assertThat(story.broken()).containsExactly(WITHOUT_EVENT);
    }

    @Test
    void a_change_that_was_not_published_is_missing_and_leaves_a_gap() {
        without(cancel.published());

        assertThat(story.broken()).contains(WITHOUT_EVENT, GAP);
    }

    @Test
    void a_copy_with_other_bytes_differs() {
        Published event = placed.published();
        story.add(new Published(
                0,
                90,
                event.type(),
                event.ticket(),
                event.decidedAt(),
                new Digest(1, 0, 0, 1),
                event.outcome(),
                null,
                null));

        assertThat(story.broken()).containsExactly(BYTES);
    }

    @Test
    void an_only_copy_with_other_bytes_than_stored_differs() {
        Published event = placed.published();
        story.replace(
                event,
                new Published(
                        0,
                        1,
                        event.type(),
                        event.ticket(),
                        event.decidedAt(),
                        new Digest(1, 0, 0, 1),
                        event.outcome(),
                        null,
                        null));

        assertThat(story.broken()).containsExactly(BYTES);
    }

    @Test
    void an_event_about_what_is_not_decided_is_without_a_decision() {
        story.add(event(50, new Refused("closed", null), 9));

        assertThat(story.broken()).containsExactly(WITHOUT_DECISION);
    }

    @Test
    void an_event_under_another_requests_id_is_without_a_decision() {
        Ticket other = new Ticket(HOUSE, refused.ticket().request(), new UUID(9, 9));
        story.add(
                new Published(0, 96, "", other, NOON, new Digest(8, 8, 8, 8), new Refused("closed", null), null, null));

        assertThat(story.broken()).contains(WITHOUT_DECISION);
    }

    @Test
    void what_is_published_and_no_event_is_without_a_decision() {
        story.add(new Unreadable(0, 97, "no ce_type"));

        assertThat(story.broken()).containsExactly(WITHOUT_DECISION);
    }

    @Test
    void a_caller_who_is_told_otherwise_is_told_wrong() {
        story.replace(refused.told(), told(refused.call(), 409, refused.ticket(), new Refused("closed", null)));

        assertThat(story.broken()).containsExactly(TOLD_OTHERWISE);
    }

    @Test
    void a_caller_who_is_told_otherwise_when_looking_again_is_told_wrong() {
        story.add(new Told(placed.call().id(), NOON, true, 200, placed.ticket(), new Done(cancelled), null, false));

        assertThat(story.broken()).contains(TOLD_OTHERWISE);
    }

    @Test
    void consumers_who_are_told_otherwise_than_what_is_stored_are_told_wrong() {
        story.replace(refused.stored(), with(refused.stored(), new Refused("closed", null)));

        assertThat(story.broken()).contains(TOLD_OTHERWISE);
    }

    @Test
    void a_token_that_is_not_found_any_more_is_told_wrong() {
        story.add(new Told(
                placed.call().id(), NOON, true, 404, placed.ticket(), null, "booking_request_not_found", false));

        assertThat(story.broken()).containsExactly(TOLD_OTHERWISE);
    }

    @Test
    void a_confirmation_with_the_status_of_a_refusal_is_told_wrong() {
        story.replace(placed.told(), told(placed.call(), 409, placed.ticket(), new Done(first)));

        assertThat(story.broken()).containsExactly(TOLD_OTHERWISE);
    }

    @Test
    void a_confirmation_without_a_token_is_told_wrong() {
        story.replace(placed.told(), told(placed.call(), 201, null, new Done(first)));

        assertThat(story.broken()).containsExactly(TOLD_OTHERWISE);
    }

    @Test
    void a_retry_under_another_id_is_another_answer() {
        Call retry = story.again(refused.call());
        story.add(told(retry, 409, placed.ticket(), refused.told().outcome()));

        assertThat(story.broken()).contains(RETRY);
    }

    @Test
    void a_retry_with_another_outcome_is_another_answer() {
        Call retry = story.again(refused.call());
        story.add(told(retry, 409, refused.ticket(), new Refused("closed", null)));

        assertThat(story.broken()).containsExactly(TOLD_OTHERWISE, RETRY);
    }

    @Test
    void an_id_that_the_key_does_not_make_is_another_answer() {
        story.replace(placed.call(), new Call(1, HOUSE, "key-1", new UUID(5, 5), place(first), NOON, ""));

        assertThat(story.broken()).containsExactly(RETRY, NOT_ASKED);
    }

    @Test
    void a_decision_that_nobody_asked_for_is_found() {
        without(refused.call()).remove(refused.told());

        assertThat(story.broken()).containsExactly(NOT_ASKED);
    }

    @Test
    void a_decision_is_on_what_was_asked() {
        asked(placed, new Asked.Place(EIGHT, 2, OTHER_TABLE, "r-1"));
        asked(placed, new Asked.Place(EIGHT, 3, TABLE, "r-1"));
        asked(placed, new Asked.Place(EIGHT.plusSeconds(900), 2, TABLE, "r-1"));
        asked(placed, new Asked.Place(EIGHT, 2, TABLE, "r-2"));
        asked(placed, new Asked.Cancel(1, null));
        asked(refused, new Asked.Place(EIGHT, 2, TABLE, "r-refused"));
        asked(cancel, new Asked.Cancel(2, null));
        asked(cancel, new Asked.Cancel(1, 7));
        asked(cancel, new Asked.Withdraw(again.ticket()));
        asked(cancel, new Asked.Status(1, "seated"));
        asked(move, new Asked.Move(1, null, null, OTHER_TABLE, false, null));
        asked(move, new Asked.Move(2, EIGHT.plusSeconds(900), null, null, false, null));
        asked(move, new Asked.Move(2, null, 4, null, false, null));
        asked(move, new Asked.Move(2, null, null, TABLE, false, null));
        asked(move, new Asked.Move(2, null, null, null, true, 4));
    }

    /** Had this been asked, the decision would be another's. */
    private void asked(Decided decided, Asked asked) {
        Call call = decided.call();
        Call other = new Call(call.id(), HOUSE, call.key(), call.request(), asked, NOON, "");
        story.replace(call, other);
        assertThat(story.broken()).as(asked.toString()).containsExactly(NOT_ASKED);
        story.replace(other, call);
    }

    @Test
    void a_withdrawal_is_of_what_its_request_made() {
        Call call = cancel.call();
        story.replace(
                call,
                new Call(call.id(), HOUSE, call.key(), call.request(), new Asked.Withdraw(placed.ticket()), NOON, ""));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void a_version_that_is_missing_is_a_gap() {
        story.change(
                StoredBooking.class,
                stored -> stored.booking().id() == 2,
                stored -> new StoredBooking(HOUSE, stored.request(), booking(2, OTHER_TABLE, EIGHT, 3, "confirmed")));

        assertThat(story.broken()).containsExactly(GAP);
    }

    @Test
    void a_version_that_two_requests_made_is_one_too_many() {
        story.decided(new Asked.Move(2, null, null, OTHER_TABLE, false, null), new Done(moved), 8);

        assertThat(story.broken()).containsExactly(GAP);
    }

    @Test
    void a_reservation_that_stands_otherwise_than_its_last_event_says_is_found() {
        story.change(
                StoredBooking.class,
                stored -> stored.booking().id() == 1,
                stored -> new StoredBooking(HOUSE, stored.request(), booking(1, TABLE, EIGHT, 2, "no_show")));

        assertThat(story.broken()).containsExactly(GAP);
    }

    @Test
    void a_reservation_that_is_gone_is_found() {
        story.change(
                StoredBooking.class,
                stored -> stored.booking().id() == 1,
                stored -> new StoredBooking(HOUSE, new UUID(0, 0), booking(99, TABLE, EIGHT, 2, "cancelled")));

        assertThat(story.broken()).contains(GAP);
    }

    @Test
    void nobody_is_refused_for_what_was_given_back_before() {
        Asked.Place late = new Asked.Place(EIGHT, 2, TABLE, "r-late");
        story.decided(late, taken(second), 9);

        assertThat(story.broken()).containsExactly(GHOST);
    }

    @Test
    void nobody_is_refused_for_what_was_taken_only_afterwards() {
        story.decided(new Asked.Place(EIGHT, 2, OTHER_TABLE, "r-early"), taken(moved), 1);

        assertThat(story.broken()).containsExactly(GHOST);
    }

    @Test
    void a_refusal_says_what_is_in_the_way() {
        story.decided(new Asked.Place(EIGHT, 2, null, "r-why"), new Refused("no_table_available", null), 9);

        assertThat(story.broken()).containsExactly(GHOST);
    }

    @Test
    void somebody_elses_time_is_no_reason() {
        InTheWay nothing = new InTheWay(TABLE, EIGHT.minusSeconds(900), EIGHT.plusSeconds(900));
        story.decided(new Asked.Place(EIGHT, 2, null, "r-why"), new Refused("no_table_available", nothing), 1);

        assertThat(story.broken()).containsExactly(GHOST);
    }

    @Test
    void poison_is_laid_aside_with_its_bytes_and_may_be_twice() {
        Digest bytes = new Digest(4, 4, 4, 4);
        Digest beginning = new Digest(5, 5, 5, 5);
        story.add(
                new Poisoned(3, 14, bytes),
                new DeadLetter(0, 1, "no_value", 3, 14, bytes, false),
                new DeadLetter(0, 2, "no_value", 3, 14, bytes, false),
                new Poisoned(3, 15, bytes),
                new DeadLetter(0, 3, "too_large", 3, 15, beginning, true));

        assertThat(story.broken()).isEmpty();
    }

    @Test
    void poison_that_is_not_laid_aside_is_missing() {
        story.add(new Poisoned(3, 14, new Digest(4, 4, 4, 4)));

        assertThat(story.broken()).containsExactly(LETTERS);
    }

    @Test
    void a_dead_letter_with_other_bytes_or_without_a_reason_is_wrong() {
        Digest bytes = new Digest(4, 4, 4, 4);
        Digest others = new Digest(5, 5, 5, 5);
        story.add(new Poisoned(3, 14, bytes), new DeadLetter(0, 1, "no_value", 3, 14, others, false));
        assertThat(story.broken()).containsExactly(LETTERS);

        story.replace(
                new DeadLetter(0, 1, "no_value", 3, 14, others, false),
                new DeadLetter(0, 1, null, 3, 14, bytes, false));
        assertThat(story.broken()).containsExactly(LETTERS);
    }

    @Test
    void a_request_that_is_laid_aside_is_wrong() {
        story.add(new DeadLetter(0, 1, "internal_error", 5, 5, new Digest(4, 4, 4, 4), false));

        assertThat(story.broken()).containsExactly(LETTERS);
    }

    @Test
    void who_is_turned_away_must_hear_when_to_come_back() {
        Call retry = story.again(placed.call());
        story.add(new Told(retry.id(), NOON, false, 503, null, null, "outcome_unknown", false));

        assertThat(story.broken()).containsExactly(SILENT);
    }

    private static Ticket ticket(int number) {
        return new Ticket(HOUSE, new UUID(3, number), new UUID(4, number));
    }

    private static Published event(int number, Outcome outcome, long minutes) {
        return new Published(
                1,
                number,
                "",
                ticket(number),
                NOON.plusSeconds(60 * minutes),
                new Digest(number, 1, 1, 1),
                outcome,
                null,
                null);
    }

    private static Stored stored(int number, Outcome outcome, String kind) {
        return new Stored(ticket(number), kind, NOON, null, null, new Digest(number, 1, 1, 1), outcome);
    }

    @Test
    void a_webhook_that_never_came_is_found() {
        subscribed().remove(delivered(cancel));

        assertThat(story.broken()).containsExactly(WEBHOOKS);
    }

    @Test
    void a_webhook_that_says_something_else_is_found() {
        subscribed().replace(delivered(cancel), delivered("cancel-2", cancel, new Done(first), new Digest(7, 7, 7, 7)));

        assertThat(story.broken()).containsExactly(WEBHOOKS);
    }

    @Test
    void a_webhook_that_comes_again_with_other_bytes_is_found() {
        Delivered sent = delivered(cancel);
        subscribed().add(delivered(sent.eventId(), cancel, sent.outcome(), new Digest(7, 7, 7, 7)));

        assertThat(story.broken()).containsExactly(WEBHOOKS);
    }

    @Test
    void a_webhook_about_what_nobody_decided_is_found() {
        story.add(new Delivered("nobodys", HOUSE, new UUID(6, 6), new Digest(7, 7, 7, 7), new Refused("closed", null)));

        assertThat(story.broken()).containsExactly(WEBHOOKS);
    }

    /** With a webhook about each of the five decisions. */
    private Story subscribed() {
        return story.add(
                new Subscribed(Set.of(HOUSE)),
                delivered(placed),
                delivered(refused),
                delivered(cancel),
                delivered(again),
                delivered(move));
    }

    private static Delivered delivered(Decided decided) {
        return delivered(
                "event-" + decided.ticket().request(),
                decided,
                decided.published().outcome(),
                decided.published().digest());
    }

    private static Delivered delivered(String eventId, Decided decided, Outcome outcome, Digest body) {
        return new Delivered(eventId, HOUSE, decided.ticket().request(), body, outcome);
    }
}
