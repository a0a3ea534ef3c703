package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.placing;
import static io.headwaiter.worker.testing.Asking.table;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.Asked;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every reason for a refusal, alone and together with each other one, in the order that is published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final ARestaurant.Added elsewhere = worker.add(aRestaurant().withTables(4));
    private final long clientElsewhere = byHand.client(elsewhere.id(), "Ann Lee", "ann@example.com", null);

    /** A request and its restaurant, into which flaws are worked. As it stands it is confirmed. */
    private final class Wanted {
        boolean restaurantKnown = true;
        int notice = 0;
        int horizon = 400;
        boolean closed = false;
        boolean taken = false;
        Instant date = EVENING;
        int guests = 2;

        @Nullable
        Integer table;

        boolean tableOfAnother = false;

        @Nullable
        Long client;

        RequestMessage place() {
            ARestaurant described = aRestaurant()
                    .withTables(2, 4)
                    .withTable(4, 6, 0)
                    .notice(notice)
                    .horizon(horizon);
            if (closed) {
                described.open(1, "03:00", "03:05");
            }
            ARestaurant.Added restaurant = worker.add(described);
            if (taken) {
                restaurant
                        .tables()
                        .forEach(each -> byHand.take(restaurant.id(), each, EVENING, minutesAfter(EVENING, 60)));
            }
            Long tableId = tableOfAnother
                    ? (Long) elsewhere.table(0)
                    : table == null ? null : restaurant.tables().get(table);
            return worker.place(new PlaceBooking(
                    restaurantKnown ? restaurant.id() : 9_000_000_000L + restaurant.id(),
                    PARTNER,
                    date,
                    guests,
                    tableId,
                    client,
                    null,
                    "ref-9",
                    null,
                    null));
        }
    }

    private void workIn(RejectionReason flaw, Wanted wanted) {
        switch (flaw) {
            case RESTAURANT_UNKNOWN -> wanted.restaurantKnown = false;
            case PARTY_SIZE -> wanted.guests = 7;
            case IN_THE_PAST -> wanted.date = Instant.now().truncatedTo(HOURS).minus(1, HOURS);
            case TOO_SOON -> wanted.notice = 10 * 24 * 60;
            case BEYOND_HORIZON -> {
                wanted.horizon = 0;
                wanted.date = EVENING.plus(1, DAYS);
            }
            case CLOSED -> wanted.closed = true;
            case OFF_SLOT_GRID -> wanted.date = minutesAfter(wanted.date, 1);
            case TABLE_UNKNOWN -> wanted.tableOfAnother = true;
            case TABLE_TOO_SMALL -> {
                wanted.table = 0;
                wanted.guests = Math.max(wanted.guests, 3);
            }
            case TABLE_TOO_LARGE -> wanted.table = 2;
            case CLIENT_UNKNOWN -> wanted.client = clientElsewhere;
            case TABLE_TAKEN -> {
                wanted.table = wanted.table == null ? (Integer) 1 : wanted.table;
                wanted.taken = true;
            }
            case NO_TABLE_AVAILABLE -> wanted.taken = true;
            default -> throw new IllegalArgumentException("not about what is wanted");
        }
    }

    /** Those of a booking that is asked for; the others are of one that stands. */
    private static Stream<RejectionReason> flaws() {
        return Stream.of(RejectionReason.values())
                .filter(reason -> reason == RejectionReason.RESTAURANT_UNKNOWN
                        || reason.compareTo(RejectionReason.PARTY_SIZE) >= 0)
                .filter(reason -> reason.compareTo(RejectionReason.IDEMPOTENCY_KEY_REUSED) < 0);
    }

    private static boolean canHoldTogether(RejectionReason one, RejectionReason other) {
        return switch (one) {
            case IN_THE_PAST -> other != RejectionReason.BEYOND_HORIZON;
            case PARTY_SIZE -> other != RejectionReason.TABLE_TOO_LARGE;
            case TABLE_TOO_SMALL -> other != RejectionReason.TABLE_TOO_LARGE;
            default -> true;
        };
    }

    @Test
    void without_a_flaw_it_is_confirmed() {
        assertThat(worker.events.of(new Wanted().place())).isInstanceOf(BookingConfirmed.class);
    }

    @Test
    void of_two_reasons_that_hold_the_one_published_first_is_given() {
        Map<String, RequestMessage> asked = new HashMap<>();
        Map<String, RejectionReason> expected = new HashMap<>();
        flaws().forEach(one -> flaws().filter(other -> other.compareTo(one) >= 0)
                .filter(other -> canHoldTogether(one, other))
                .forEach(other -> {
                    Wanted wanted = new Wanted();
                    workIn(one, wanted);
                    if (other != one) {
                        workIn(other, wanted);
                    }
                    asked.put(one + " and " + other, wanted.place());
                    expected.put(one + " and " + other, one);
                }));

        asked.forEach((both, request) -> {
            BookingRejected refused = worker.events.rejected(request);
            RejectionReason reason = expected.get(both);
            assertThat(refused.reason()).as(both).isEqualTo(reason == null ? null : reason.code());
            PlaceBooking wanted = placing(request);
            assertThat(refused.asked())
                    .isEqualTo(new Asked(wanted.start(), wanted.guests(), wanted.tableId(), "ref-9"));
            assertThat(byHand.count("reservations", wanted.restaurantId())).isZero();
        });
        assertThat(asked).hasSizeGreaterThan(80);
    }

    @Test
    void a_table_and_a_client_that_nobody_has_are_unknown() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        PlaceBooking nobody =
                new PlaceBooking(restaurant.id(), PARTNER, EVENING, 2, null, Long.MAX_VALUE, null, null, null, null);

        RequestMessage noTable = worker.place(table(restaurant.id(), Long.MAX_VALUE, EVENING, 2));
        RequestMessage noClient = worker.place(nobody);

        assertThat(worker.events.rejected(noTable).reason()).isEqualTo("table_unknown");
        assertThat(worker.events.rejected(noClient).reason()).isEqualTo("client_unknown");
    }

    @Test
    void a_table_out_of_use_is_unknown_and_seats_nobody() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(2, 6));
        worker.jdbc()
                .sql("update dining_tables set active = false where restaurant_id = ? and id = ?")
                .params(restaurant.id(), restaurant.table(1))
                .update();

        RequestMessage named = worker.place(table(restaurant.id(), restaurant.table(1), EVENING, 2));
        RequestMessage large = worker.place(aTable(restaurant.id(), EVENING, 6));

        assertThat(worker.events.rejected(named).reason()).isEqualTo("table_unknown");
        assertThat(worker.events.rejected(large).reason()).isEqualTo("party_size");
    }

    @Test
    void what_stood_in_the_way_is_named_in_the_event_and_with_its_transaction_in_the_decision() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4));
        Instant from = minutesAfter(EVENING, -30);
        Instant to = minutesAfter(EVENING, 10);
        byHand.take(restaurant.id(), restaurant.table(1), from, to);
        long latest = byHand.take(restaurant.id(), restaurant.table(0), from, to);

        RequestMessage any = worker.place(aTable(restaurant.id(), EVENING, 2));
        RequestMessage named = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 2));

        for (RequestMessage request : new RequestMessage[] {any, named}) {
            assertThat(worker.events.rejected(request).inTheWay())
                    .isEqualTo(new InTheWay(restaurant.table(0), from, to));
            assertThat(detailOf(request))
                    .containsEntry("table_id", restaurant.table(0))
                    .containsEntry("taken_by", latest)
                    .containsEntry("as_asked", true);
        }
    }

    @Test
    void a_refusal_names_what_an_offer_could_not_see_even_if_it_began_before_what_it_could() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4, 4));
        Instant to = minutesAfter(EVENING, 60);
        String offered;
        try (HeldTransaction late = new HeldTransaction(worker.database())) {
            late.with(
                    "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)",
                    restaurant.id(),
                    restaurant.table(0),
                    EVENING.atOffset(ZoneOffset.UTC),
                    to.atOffset(ZoneOffset.UTC));
            byHand.take(restaurant.id(), restaurant.table(1), EVENING, to);
            byHand.take(restaurant.id(), restaurant.table(2), EVENING, to);
            offered = worker.jdbc()
                    .sql("select pg_current_snapshot()::text")
                    .query(String.class)
                    .single();
            late.commit();
        }

        RequestMessage refused = worker.place(aTable(restaurant.id(), EVENING, 2));

        assertThat(worker.events.rejected(refused).reason()).isEqualTo("no_table_available");
        assertThat(worker.jdbc()
                        .sql(
                                """
                                select (o.value #>> '{}')::bigint
                                from booking_requests d cross join jsonb_each(d.detail -> 'others') o
                                where d.restaurant_id = ? and d.id = ? and not pg_visible_in_snapshot(o.key::xid8, ?::pg_snapshot)
                                """)
                        .params(restaurant.id(), refused.id().value(), offered)
                        .query(Long.class)
                        .list())
                .containsExactly(restaurant.table(0));
    }

    @Test
    void a_refusal_that_nothing_stands_behind_has_no_detail() {
        RequestMessage request = worker.place(aTable(elsewhere.id(), EVENING, 9));

        assertThat(worker.events.rejected(request).inTheWay()).isNull();
        assertThat(worker.jdbc()
                        .sql("select detail is null from booking_requests where id = ?")
                        .param(request.id().value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private Map<String, @Nullable Object> detailOf(RequestMessage request) {
        InTheWay inTheWay =
                Objects.requireNonNull(worker.events.rejected(request).inTheWay());
        return worker.jdbc()
                .sql(
                        """
                        select (detail ->> 'table_id')::bigint as table_id, (detail ->> 'taken_by')::bigint as taken_by,
                               (detail ->> 'starts_at')::timestamptz = ?::timestamptz
                               and (detail ->> 'ends_at')::timestamptz = ?::timestamptz as as_asked
                        from booking_requests where restaurant_id = ? and id = ?
                        """)
                .params(
                        inTheWay.startsAt().toString(),
                        inTheWay.endsAt().toString(),
                        request.asked().restaurantId(),
                        request.id().value())
                .query()
                .singleRow();
    }
}
