package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookingTest {

    private static final String FOUR = "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}";

    private final Headwaiter headwaiter = Headwaiter.shared();

    @Test
    void a_booking_is_confirmed_with_its_table() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(2, 4));

        Reply reply = headwaiter.of(restaurant).post(restaurant.reservations(), FOUR);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.at("/success").booleanValue()).isTrue();
        assertThat(reply.at("/data/reservation/date").stringValue()).isEqualTo(JANUARY + "-01T18:00:00Z");
        assertThat(reply.at("/data/reservation/end").stringValue()).isEqualTo(JANUARY + "-01T20:00:00Z");
        assertThat(reply.at("/data/reservation/guests").intValue()).isEqualTo(4);
        assertThat(reply.at("/data/reservation/table_id").longValue()).isEqualTo(restaurant.table(1));
        assertThat(reply.at("/data/reservation/restaurant_id").longValue()).isEqualTo(restaurant.id());
        assertThat(reply.at("/data/reservation/client_id").isNull()).isTrue();
        assertThat(reply.at("/data/reservation/confirmed").booleanValue()).isTrue();
        assertThat(reply.at("/data/reservation/version").intValue()).isEqualTo(1);
        assertThat(reply.at("/data/table/id").longValue()).isEqualTo(restaurant.table(1));
        assertThat(reply.at("/data/table/name").stringValue()).isEqualTo("T2");
        assertThat(reply.at("/data/table/capacity").intValue()).isEqualTo(4);
        assertThat(reply.json().path("data").has("client")).isFalse();
        assertThat(reply.header("Location"))
                .isEqualTo(restaurant.reservations() + "/"
                        + reply.at("/data/reservation/id").longValue());
    }

    @Test
    void a_guest_is_found_by_address_and_neither_changed_nor_shown() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Callers callers = headwaiter.of(restaurant);
        String first = "{\"date\":\"" + JANUARY + "-01T12:00:00Z\",\"guests\":2,"
                + "\"client\":{\"name\":\"John Doe\",\"email\":\"john@example.com\",\"phone\":\"+34 600 100 200\"}}";
        String second = "{\"date\":\"" + JANUARY
                + "-02T12:00:00Z\",\"guests\":2,\"client\":{\"name\":\"J\u00f8hn\",\"email\":\"JOHN@example.com\"}}";

        Reply made = callers.post(restaurant.reservations(), first);
        Reply found = callers.post(restaurant.reservations(), second);

        assertThat(made.at("/data/client/name").stringValue()).isEqualTo("John Doe");
        assertThat(made.at("/data/client/phone").stringValue()).isEqualTo("+34 600 100 200");
        assertThat(found.at("/data/client/id")).isEqualTo(made.at("/data/client/id"));
        assertThat(found.at("/data/client/name").stringValue()).isEqualTo("J\u00f8hn");
        assertThat(found.at("/data/client").has("phone")).isFalse();
        assertThat(callers.get(restaurant.clients()).at("/data/clients/0/name").stringValue())
                .isEqualTo("John Doe");
    }

    @Test
    void a_known_client_can_be_named_by_id() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Callers callers = headwaiter.of(restaurant);
        long client = callers.post(restaurant.clients(), "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}")
                .at("/data/client/id")
                .longValue();

        Reply reply = callers.post(
                restaurant.reservations(),
                ("{\"date\":\"" + JANUARY + "-01T12:00Z\",\"guests\":2,\"client_id\":%d,\"client\":null}")
                        .formatted(client));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.at("/data/client").toString()).isEqualTo("{\"id\":%d}".formatted(client));
        assertThat(reply.at("/data/reservation/client_id").longValue()).isEqualTo(client);
    }

    @Test
    void a_table_reference_and_notes_can_be_named_and_are_shown_again() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4, 4));
        Callers callers = headwaiter.of(restaurant);

        Reply booked = callers.post(
                restaurant.reservations(),
                ("{\"date\":\"" + JANUARY
                                + "-01T12:00Z\",\"guests\":2,\"table_id\":%d,\"reference\":\"ref-1\",\"notes\":\"By the\\nwindow\"}")
                        .formatted(restaurant.table(1)));
        Reply shown = callers.get(booked.header("Location"));

        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        assertThat(booked.at("/data/reservation/table_id").longValue()).isEqualTo(restaurant.table(1));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.at("/data/reservation")).isEqualTo(booked.at("/data/reservation"));
        assertThat(shown.at("/data/reservation/reference").stringValue()).isEqualTo("ref-1");
        assertThat(shown.at("/data/reservation/notes").stringValue()).isEqualTo("By the\nwindow");
        assertThat(shown.at("/data/table")).isEqualTo(booked.at("/data/table"));
    }

    @Test
    void only_who_may_see_clients_sees_the_guest_of_a_reservation() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        String booker = headwaiter.addKey("bookings,staff", restaurant.id());
        Reply booked = headwaiter
                .of(restaurant)
                .post(
                        restaurant.reservations(),
                        "{\"date\":\"" + JANUARY
                                + "-01T12:00Z\",\"guests\":2,\"client\":{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}}");
        String location = booked.header("Location");

        assertThat(headwaiter
                        .of(restaurant)
                        .get(location)
                        .at("/data/client/email")
                        .stringValue())
                .isEqualTo("ann@example.com");
        await().until(() -> headwaiter.gateway().with(booker).get(location).status() == 200);
        assertThat(headwaiter
                        .gateway()
                        .with(booker)
                        .get(location)
                        .at("/data/client")
                        .toString())
                .isEqualTo(booked.at("/data/client").toString().replaceAll(",.*", "}"));
    }

    @Test
    void a_refusal_tells_the_reason_and_what_is_in_the_way() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Callers callers = headwaiter.of(restaurant);
        callers.post(restaurant.reservations(), FOUR);

        Reply refused = callers.post(restaurant.reservations(), FOUR);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.code()).isEqualTo("no_table_available");
        assertThat(refused.at("/success").booleanValue()).isFalse();
        assertThat(refused.at("/detail").stringValue()).contains("taken");
        assertThat(refused.at("/in_the_way").toString())
                .isEqualTo(("{\"table_id\":%d,\"starts_at\":\"" + JANUARY + "-01T18:00:00Z\",\"ends_at\":\"" + JANUARY
                                + "-01T20:15:00Z\"}")
                        .formatted(restaurant.table(0)));
    }

    @Test
    void a_party_that_no_table_seats_is_refused_by_the_worker() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));

        Reply refused = headwaiter
                .of(restaurant)
                .post(restaurant.reservations(), "{\"date\":\"" + JANUARY + "-01T18:00Z\",\"guests\":5}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("party_size");
    }

    @Test
    void what_belongs_to_another_restaurant_is_unknown_here_and_nothing_is_written() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Known other = headwaiter.add(aRestaurant().withTables(4));
        long client = headwaiter
                .of(other)
                .post(other.clients(), "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}")
                .at("/data/client/id")
                .longValue();

        Reply table = headwaiter
                .of(restaurant)
                .post(
                        restaurant.reservations(),
                        ("{\"date\":\"" + JANUARY
                                        + "-01T12:00Z\",\"guests\":2,\"table_id\":%d,\"client\":{\"name\":\"Bo\",\"email\":\"bo@x\"}}")
                                .formatted(other.table(0)));
        Reply guest = headwaiter
                .of(restaurant)
                .post(
                        restaurant.reservations(),
                        ("{\"date\":\"" + JANUARY + "-01T12:00Z\",\"guests\":2,\"client_id\":%d}").formatted(client));

        assertThat(table.code()).isEqualTo("table_unknown");
        assertThat(guest.code()).isEqualTo("client_unknown");
        assertThat(List.of(table.status(), guest.status())).containsOnly(409);
        assertThat(headwaiter.rows("reservations", restaurant)).isZero();
        assertThat(headwaiter.rows("clients", restaurant)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T18:00Z",
                "t18:00:00z",
                "T18:00:00.000Z",
                "T19:00:00+01:00",
                "T19:00+0100",
                "T19:00+01",
                "T23:30:00,0+05:30",
                "T08:00-10"
            })
    void any_iso_8601_offset_is_understood(String time) {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));

        Reply reply = headwaiter
                .of(restaurant)
                .post(restaurant.reservations(), "{\"date\":\"" + JANUARY + "-01" + time + "\",\"guests\":1}");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.at("/data/reservation/date").stringValue()).isEqualTo(JANUARY + "-01T18:00:00Z");
    }

    @Test
    void of_ten_who_want_the_only_table_at_once_exactly_one_gets_it() throws Exception {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Callers callers = headwaiter.of(restaurant);

        List<Reply> replies;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            replies = threads
                    .invokeAll(IntStream.range(0, 10)
                            .<Callable<Reply>>mapToObj(i -> () -> callers.post(restaurant.reservations(), FOUR))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }

        assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(headwaiter.rows("reservations", restaurant)).isEqualTo(1);
    }

    @Test
    void a_reservation_that_is_not_there_or_elsewhere_is_not_found() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        Known other = headwaiter.add(aRestaurant().withTables(4));
        long elsewhere = headwaiter
                .of(other)
                .post(other.reservations(), FOUR)
                .at("/data/reservation/id")
                .longValue();

        for (String id : List.of("" + elsewhere, "0", "-1", "x", "99999999999999999999", "9223372036854775807", "01")) {
            Reply reply = headwaiter.of(restaurant).get(restaurant.reservations() + "/" + id);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("reservation_not_found");
        }
    }
}
