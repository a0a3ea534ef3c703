package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AvailabilityTest {

    private static final Known SHARED = Headwaiter.shared().add(aRestaurant().withTables(4));

    private final Headwaiter headwaiter = Headwaiter.shared();

    private List<String> slots(Known restaurant, String query) {
        Reply reply = headwaiter.of(restaurant).get(restaurant.availability(query));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.at("/data/availableSlots")
                .valueStream()
                .map(slot -> slot.stringValue())
                .toList();
    }

    private JsonNode days(Known restaurant, String query) {
        Reply reply = headwaiter.of(restaurant).get(restaurant.availability(query));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private Reply book(Known restaurant, String date, int guests, long table) {
        return headwaiter
                .of(restaurant)
                .post(
                        restaurant.reservations(),
                        "{\"date\":\"%s\",\"guests\":%d,\"table_id\":%d}".formatted(date, guests, table));
    }

    @Test
    void a_day_is_told_in_the_shape_that_partners_rely_on() {
        Known restaurant = headwaiter.add(aRestaurant()
                .named("La Mesa")
                .in("Europe/Madrid")
                .withTables(2, 4, 4)
                .open("18:00", "20:30")
                .slotEvery(30));

        Reply reply = headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=4"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .isEqualTo(
                        """
                        {"success":true,"data":{"availableSlots":["18:00","18:30"],"tablesAvailable":2,"totalTables":3,\
                        "restaurant":{"id":%1$d,"name":"La Mesa","time_zone":"Europe/Madrid"},"slots":[\
                        {"date":"%2$s-01T18:00:00+01:00","time":"18:00","tables_available":2,"duration_minutes":120},\
                        {"date":"%2$s-01T18:30:00+01:00","time":"18:30","tables_available":2,"duration_minutes":120}]}}"""
                                .formatted(restaurant.id(), JANUARY));
    }

    @Test
    void a_time_asks_for_one_slot() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(2, 4, 4).open("18:00", "22:00"));
        book(restaurant, JANUARY + "-01T18:00Z", 4, restaurant.table(1));

        Reply taken =
                headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=4&time=18:00"));
        Reply free =
                headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=2&time=20:15"));
        Reply closed =
                headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=4&time=12:00"));
        Reply offGrid =
                headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=4&time=18:07"));

        assertThat(taken.at("/data/availableSlots").toString()).isEqualTo("[\"18:00\"]");
        assertThat(taken.at("/data/tablesAvailable").intValue()).isEqualTo(1);
        assertThat(free.at("/data/tablesAvailable").intValue()).isEqualTo(3);
        for (Reply none : List.of(closed, offGrid)) {
            assertThat(none.at("/data/availableSlots").toString()).isEqualTo("[]");
            assertThat(none.at("/data/tablesAvailable").intValue()).isZero();
            assertThat(none.at("/data/totalTables").intValue()).isEqualTo(3);
        }
    }

    @Test
    void a_slot_says_how_many_tables_are_free_then_and_for_how_long() {
        Known restaurant = headwaiter.add(aRestaurant()
                .withTables(2, 4, 4)
                .open("18:00", "22:00")
                .slotEvery(60)
                .buffer(0));
        book(restaurant, JANUARY + "-01T18:00Z", 4, restaurant.table(1));

        JsonNode four = days(restaurant, "date=" + JANUARY + "-01&guests=4").at("/data/slots");
        JsonNode two =
                days(restaurant, "date=" + JANUARY + "-01&guests=2&time=18:00").at("/data/slots");

        assertThat(four.valueStream().map(slot -> slot.get("tables_available").intValue()))
                .containsExactly(1, 1, 2);
        assertThat(four.valueStream().map(slot -> slot.get("duration_minutes").intValue()))
                .containsOnly(120);
        assertThat(two.toString())
                .isEqualTo("[{\"date\":\"" + JANUARY
                        + "-01T18:00:00Z\",\"time\":\"18:00\",\"tables_available\":2,\"duration_minutes\":90}]");
    }

    @Test
    void an_area_is_as_if_its_tables_were_all() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(2, 4, 4, 6).open("18:00", "22:00"));
        headwaiter
                .jdbc()
                .sql("update dining_tables set area = case when id in (:terrace) then 'Terrace' else 'Main room' end,"
                        + " active = id <> :inactive where restaurant_id = :restaurant")
                .param("terrace", List.of(restaurant.table(0), restaurant.table(1)))
                .param("inactive", restaurant.table(3))
                .param("restaurant", restaurant.id())
                .update();
        book(restaurant, JANUARY + "-01T18:00Z", 4, restaurant.table(1));

        JsonNode terrace = days(restaurant, "date=" + JANUARY + "-01&guests=4&time=18:00&area=Terrace")
                .at("/data");
        JsonNode room = days(restaurant, "date=" + JANUARY + "-01&guests=4&time=18:00&area=Main+room")
                .at("/data");
        JsonNode other = days(restaurant, "date=" + JANUARY + "-01&guests=4&area=terrace")
                .at("/data");

        assertThat(terrace.get("tablesAvailable").intValue()).isZero();
        assertThat(terrace.get("totalTables").intValue()).isEqualTo(2);
        assertThat(room.get("tablesAvailable").intValue()).isEqualTo(1);
        assertThat(room.get("totalTables").intValue()).isEqualTo(1);
        assertThat(other.get("totalTables").intValue()).isZero();
        assertThat(other.get("availableSlots")).isEmpty();
    }

    @Test
    void a_range_has_for_each_of_its_days_what_the_day_would_have_alone() {
        LocalDate back = nextClocksBack("Australia/Lord_Howe");
        Known restaurant = headwaiter.add(aRestaurant()
                .in("Australia/Lord_Howe")
                .withTables(2, 4, 4)
                .open("22:00", "03:00")
                .slotEvery(30)
                .turn(60));
        headwaiter
                .jdbc()
                .sql("insert into special_days (restaurant_id, day) values (:restaurant, :closed)")
                .param("restaurant", restaurant.id())
                .param("closed", back.minusDays(2))
                .update();
        book(restaurant, back.minusDays(1) + "T23:00+11:00", 4, restaurant.table(1));
        // The half hour that the clock shows twice.
        book(restaurant, back + "T01:30+10:30", 4, restaurant.table(2));

        JsonNode range = days(restaurant, "from=" + back.minusDays(3) + "&to=" + back.plusDays(1) + "&guests=3")
                .at("/data");

        assertThat(range.propertyNames()).containsExactly("days", "totalTables", "restaurant");
        assertThat(range.get("totalTables").intValue()).isEqualTo(3);
        assertThat(range.at("/restaurant/id").longValue()).isEqualTo(restaurant.id());
        assertThat(range.get("days")).hasSize(5);
        for (JsonNode day : range.get("days")) {
            String date = day.get("date").stringValue();
            JsonNode alone = days(restaurant, "date=" + date + "&guests=3").at("/data");
            for (String member : List.of("availableSlots", "tablesAvailable", "slots")) {
                assertThat(day.get(member)).as(date).isEqualTo(alone.get(member));
            }
        }
        assertThat(range.at("/days/3/slots").valueStream().map(slot -> slot.get("date")
                        .stringValue()))
                .containsSubsequence(back + "T01:30:00+11:00", back + "T01:30:00+10:30", back + "T02:00:00+10:30");
        assertThat(range.at("/days/3/availableSlots").toString()).containsOnlyOnce("01:30");
    }

    /** The next day, a week away at least, that has an hour or a part of it twice. */
    private static LocalDate nextClocksBack(String zone) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        return Stream.iterate(
                        rules.nextTransition(Instant.now().plus(7, ChronoUnit.DAYS)),
                        transition -> rules.nextTransition(transition.getInstant()))
                .filter(ZoneOffsetTransition::isOverlap)
                .findFirst()
                .orElseThrow()
                .getDateTimeAfter()
                .toLocalDate();
    }

    @Test
    void a_range_may_be_one_day_and_at_most_thirty_one() {
        JsonNode one = days(SHARED, "from=" + JANUARY + "-01&to=" + JANUARY + "-01&guests=2&time=18:00")
                .at("/data/days");
        JsonNode most = days(SHARED, "from=" + JANUARY + "-01&to=" + JANUARY + "-31&guests=2")
                .at("/data/days");

        assertThat(one).hasSize(1);
        assertThat(one.at("/0/availableSlots").toString()).isEqualTo("[\"18:00\"]");
        assertThat(most).hasSize(31);
        assertThat(most.at("/30/date").stringValue()).isEqualTo(JANUARY + "-31");
    }

    @Test
    void new_rules_are_in_force_at_once() {
        Known restaurant = headwaiter.add(
                aRestaurant().withTables(4).open("18:00", "20:00").turn(60).slotEvery(60));
        // Its rules and keys are as old as it is itself.
        try (RunningGateway gateway = headwaiter.startGateway("--headwaiter.gateway.directory-refresh=1h")) {
            Headwaiter.awaitKnown(gateway, restaurant);
            String day = restaurant.availability("date=" + JANUARY + "-01&guests=2");
            assertThat(gateway.of(restaurant)
                            .get(day)
                            .at("/data/availableSlots")
                            .toString())
                    .isEqualTo("[\"18:00\",\"19:00\"]");

            change(restaurant, "update opening_hours set opens = '17:00', closes = '19:00'");
            Reply otherHours = gateway.of(restaurant).get(day);
            change(restaurant, "update restaurants set time_zone = 'Europe/Madrid', turn_minutes = 120, name = 'Mesa'");
            Reply longerTurn = gateway.of(restaurant).get(day);
            change(restaurant, "update dining_tables set capacity = 1");
            Reply smallerTable = gateway.of(restaurant).get(day);

            assertThat(otherHours.at("/data/availableSlots").toString()).isEqualTo("[\"17:00\",\"18:00\"]");
            assertThat(longerTurn.at("/data/slots").toString())
                    .isEqualTo(
                            "[{\"date\":\"" + JANUARY
                                    + "-01T17:00:00+01:00\",\"time\":\"17:00\",\"tables_available\":1,\"duration_minutes\":120}]");
            assertThat(longerTurn.at("/data/restaurant/name").stringValue()).isEqualTo("Mesa");
            assertThat(smallerTable.at("/data/availableSlots")).isEmpty();
        }
    }

    /** What is taken is looked for as far back as the new rules reach. */
    @Test
    void new_rules_that_look_farther_find_what_the_old_ones_would_have_missed() {
        Known restaurant =
                headwaiter.add(aRestaurant().withTables(4).turn(30).buffer(0).slotEvery(60));
        try (RunningGateway gateway = headwaiter.startGateway("--headwaiter.gateway.directory-refresh=1h")) {
            Headwaiter.awaitKnown(gateway, restaurant);
            change(restaurant, "update restaurants set turn_minutes = 360");
            assertThat(book(restaurant, JANUARY + "-01T21:00Z", 2, restaurant.table(0))
                            .status())
                    .isEqualTo(201);

            Reply reply = gateway.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-02&guests=2"));

            assertThat(reply.at("/data/availableSlots/0").stringValue()).isEqualTo("03:00");
        }
    }

    /** As somebody else does it, of whom the gateways hear nothing. */
    private void change(Known restaurant, String update) {
        headwaiter
                .jdbc()
                .sql(update + " where " + (update.startsWith("update restaurants") ? "id" : "restaurant_id")
                        + " = :restaurant")
                .param("restaurant", restaurant.id())
                .update();
    }

    @Test
    void tables_are_counted_that_are_free_in_at_least_one_slot() {
        // Two tables; each is taken for a part of the evening, and both are free in some slot.
        Known restaurant = headwaiter.add(aRestaurant()
                .withTables(4, 4)
                .open("18:00", "22:00")
                .turn(60)
                .buffer(0)
                .slotEvery(60));
        book(restaurant, JANUARY + "-01T18:00Z", 4, restaurant.table(0));
        book(restaurant, JANUARY + "-01T20:00Z", 4, restaurant.table(1));

        Reply reply = headwaiter.of(restaurant).get(restaurant.availability("date=" + JANUARY + "-01&guests=4"));

        assertThat(reply.at("/data/tablesAvailable").intValue()).isEqualTo(2);
        assertThat(reply.at("/data/availableSlots").toString()).isEqualTo("[\"18:00\",\"19:00\",\"20:00\",\"21:00\"]");
    }

    @Test
    void what_is_offered_can_be_booked_and_what_is_not_is_refused() {
        Known restaurant = headwaiter.add(aRestaurant()
                .withTables(4)
                .open("11:00", "02:00")
                .slotEvery(60)
                .turn(90)
                .buffer(15));
        book(restaurant, JANUARY + "-02T15:00Z", 2, restaurant.table(0));
        // Past midnight: the evening before reaches into the day that is asked for, and this one into the next.
        book(restaurant, JANUARY + "-01T23:00Z", 2, restaurant.table(0));
        book(restaurant, JANUARY + "-03T00:00Z", 2, restaurant.table(0));

        List<String> offered = slots(restaurant, "date=" + JANUARY + "-02&guests=2");

        assertThat(offered)
                .containsExactly("11:00", "12:00", "13:00", "17:00", "18:00", "19:00", "20:00", "21:00", "22:00");
        for (int hour = 0; hour < 24; hour++) {
            String slot = "%02d:00".formatted(hour);
            if (!offered.contains(slot)) {
                assertThat(book(restaurant, JANUARY + "-02T" + slot + "Z", 2, restaurant.table(0))
                                .status())
                        .as(slot)
                        .isEqualTo(409);
            }
        }
        for (String slot : List.of("11:00", "13:00", "17:00", "19:00", "22:00")) {
            assertThat(book(restaurant, JANUARY + "-02T" + slot + "Z", 2, restaurant.table(0))
                            .status())
                    .as(slot)
                    .isEqualTo(201);
        }
        assertThat(slots(restaurant, "date=" + JANUARY + "-02&guests=2")).isEmpty();
    }

    @Test
    void what_has_passed_or_is_beyond_the_horizon_is_not_offered() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(4).horizon(30));

        assertThat(slots(restaurant, "date=2020-01-01&guests=2")).isEmpty();
        assertThat(slots(restaurant, "date=2150-01-01&guests=2")).isEmpty();
        assertThat(slots(restaurant, "date=" + LocalDate.now(ZoneId.of("UTC")).plusDays(2) + "&guests=20"))
                .isEmpty();
        assertThat(slots(restaurant, "date=" + LocalDate.now(ZoneId.of("UTC")).plusDays(2) + "&guests=2"))
                .hasSize(96);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"})
    void on_a_day_when_clocks_change_no_slot_is_lost_or_made_up(String zone) {
        Known restaurant =
                headwaiter.add(aRestaurant().in(zone).withTables(4).turn(15).buffer(0));
        ZoneId rules = ZoneId.of(zone);
        // Of a day that has begun, what has passed is not offered.
        Instant from = Instant.now().plus(7, ChronoUnit.DAYS);
        for (int change = 0; change < 2; change++) {
            ZoneOffsetTransition transition = rules.getRules().nextTransition(from);
            from = transition.getInstant();
            LocalDate day = transition.getDateTimeBefore().minusNanos(1).toLocalDate();
            LocalDate dayAfter = transition.getDateTimeAfter().toLocalDate();
            for (LocalDate date : List.of(day, dayAfter)) {
                List<String> expected = IntStream.range(0, 96)
                        .mapToObj(quarter -> LocalTime.MIDNIGHT.plusMinutes(15L * quarter))
                        .filter(time -> !rules.getRules()
                                .getValidOffsets(date.atTime(time))
                                .isEmpty())
                        .map(LocalTime::toString)
                        .toList();
                assertThat(slots(restaurant, "date=" + date + "&guests=2"))
                        .as(zone + date)
                        .isEqualTo(expected);
            }
            if (transition.isOverlap()) {
                // The clock shows this time twice; asked for by name it is the first.
                LocalTime twice = transition.getDateTimeAfter().toLocalTime();
                LocalDate date = transition.getDateTimeAfter().toLocalDate();
                String query = "date=%s&guests=2&time=%s".formatted(date, twice);
                assertThat(slots(restaurant, query)).containsExactly(twice.toString());
                assertThat(book(restaurant, date + "T" + twice + transition.getOffsetBefore(), 2, restaurant.table(0))
                                .status())
                        .isEqualTo(201);
                assertThat(slots(restaurant, "date=%s&guests=2".formatted(date)))
                        .contains(twice.toString());
                assertThat(slots(restaurant, query))
                        .as("the first is meant, also when only the second is free")
                        .isEmpty();
                assertThat(book(restaurant, date + "T" + twice + transition.getOffsetAfter(), 2, restaurant.table(0))
                                .status())
                        .isEqualTo(201);
                assertThat(slots(restaurant, "date=%s&guests=2".formatted(date)))
                        .doesNotContain(twice.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "guests=2, 400, date_missing",
        "date=2027-01-01, 400, guests_missing",
        "date=&guests=2, 400, date_invalid",
        "date=2027-1-1&guests=2, 400, date_invalid",
        "date=2027-02-30&guests=2, 400, date_invalid",
        "date=2027-01-01T18:00Z&guests=2, 400, date_invalid",
        "date=1999-12-31&guests=2, 422, date_out_of_range",
        "date=2200-01-01&guests=2, 422, date_out_of_range",
        "date=9999-12-31&guests=2, 422, date_out_of_range",
        "date=2027-01-01&guests=x, 400, guests_invalid",
        "date=2027-01-01&guests=2.5, 400, guests_invalid",
        "date=2027-01-01&guests=, 400, guests_invalid",
        "date=2027-01-01&guests=0, 422, guests_out_of_range",
        "date=2027-01-01&guests=21, 422, guests_out_of_range",
        "date=2027-01-01&guests=-1, 422, guests_out_of_range",
        "date=2027-01-01&guests=999999999999, 422, guests_out_of_range",
        "date=2027-01-01&guests=99999999999999999999, 400, guests_invalid",
        "date=2027-01-01&guests=2&time=25:00, 400, time_invalid",
        "date=2027-01-01&guests=2&time=18, 400, time_invalid",
        "date=2027-01-01&guests=2&time=, 400, time_invalid",
        "from=2027-01-01&guests=2, 400, to_missing",
        "to=2027-01-01&guests=2, 400, from_missing",
        "from=2027-01-01&to=soon&guests=2, 400, to_invalid",
        "from=soon&to=2027-01-01&guests=2, 400, from_invalid",
        "date=2027-01-01&from=2027-01-01&to=2027-01-02&guests=2, 400, date_ambiguous",
        "date=2027-01-01&to=2027-01-02&guests=2, 400, date_ambiguous",
        "from=2027-01-02&to=2027-01-01&guests=2, 422, dates_reversed",
        "from=2027-01-01&to=2027-02-01&guests=2, 422, too_many_days",
        "from=2000-01-01&to=2199-12-31&guests=2, 422, too_many_days",
        "from=1999-12-31&to=2000-01-01&guests=2, 422, date_out_of_range",
        "from=2199-12-31&to=2200-01-01&guests=2, 422, date_out_of_range",
        "date=2027-01-01&guests=2&area=, 422, area_invalid",
        "date=2027-01-01&guests=2&area=012345678901234567890123456789012345678901234567890, 422, area_invalid",
        "date=2027-01-01&guests=2&tables=3, 400, unknown_parameter",
        "date=2027-01-01&guests=2&guests=3, 400, parameter_repeated"
    })
    void a_question_that_is_not_understood_is_answered_so(String query, int status, String code) {
        Reply reply = headwaiter.of(SHARED).get(SHARED.availability(query));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }
}
