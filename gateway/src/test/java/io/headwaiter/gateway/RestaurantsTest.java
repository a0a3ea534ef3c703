package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.gateway.testing.Dates.weekday;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RestaurantsTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final Callers PLATFORM =
            HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,clients,setup,platform"));

    private static final String WHOLE =
            """
            {"name": "Caf\u00e9 \u00danico \ud83c\udf7d", "time_zone": "Europe/Madrid", "slot_step_minutes": 30, "buffer_minutes": 0,
             "notice_minutes": 60, "horizon_days": 90, "cancellation_deadline_minutes": 120, "turn_minutes": 150,
             "assignment_policy": ["highest_priority", "smallest_table"],
             "turn_times": [{"party_up_to": 2, "minutes": 90}, {"party_up_to": 6, "minutes": 120}],
             "opening_hours": [{"weekday": 1, "opens": "12:00", "closes": "15:30"}, {"weekday": 1, "opens": "18:00", "closes": "02:00"},
                               {"weekday": 7, "opens": "00:00", "closes": "00:00"}],
             "special_days": [{"day": "2026-12-25", "note": "Christmas\\nclosed", "hours": []},
                              {"day": "2026-12-31", "hours": [{"opens": "12:00", "closes": "14:00"}, {"opens": "18:00", "closes": "04:00"}]}],
             "tables": [{"name": "Window", "area": "Terrace", "smallest_party": 2, "capacity": 4, "priority": 5, "active": true},
                        {"name": "Bar", "smallest_party": 1, "capacity": 1, "priority": -1, "active": false},
                        {"name": "Aaa", "smallest_party": 1, "capacity": 20, "priority": 0, "active": true}]}
            """;

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void the_platform_is_known() {
        await().until(() -> PLATFORM.get("/api/restaurants").status() == 200);
    }

    private static long restaurants() {
        return HEADWAITER
                .jdbc()
                .sql("select count(*) from restaurants")
                .query(Long.class)
                .single();
    }

    @Test
    void a_restaurant_is_created_whole_and_exported_as_it_was() {
        Reply created = PLATFORM.post("/api/restaurants", WHOLE);
        String location = created.header("Location");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(location)
                .isEqualTo(
                        "/api/restaurants/" + created.at("/data/restaurant/id").longValue());
        assertThat(created.at("/data/restaurant/notice_minutes").intValue()).isEqualTo(60);
        Reply found = PLATFORM.get(location);
        assertThat(found.text()).isEqualTo(created.text());
        assertThat(found.header("ETag")).isEqualTo(created.header("ETag")).matches("\"[0-9]+\"");
        assertThat(PLATFORM.get(location + "/export").json()).isEqualTo(JSON.readTree(WHOLE));
    }

    @Test
    void what_is_exported_can_be_created_again() {
        String first = PLATFORM.post("/api/restaurants", WHOLE).header("Location");
        String second = PLATFORM.post(
                        "/api/restaurants", PLATFORM.get(first + "/export").text())
                .header("Location");

        assertThat(second).isNotEqualTo(first);
        assertThat(PLATFORM.get(second + "/export").text())
                .isEqualTo(PLATFORM.get(first + "/export").text());
    }

    @Test
    void a_restaurant_made_by_hand_goes_through_its_export_unchanged() {
        for (Known known : List.of(
                HEADWAITER.add(aRestaurant()
                        .named("Night Owl")
                        .in("America/New_York")
                        .open(2, "17:00", "02:00")
                        .open(3, "17:00", "02:00")
                        .withTables(2, 2, 4, 4, 6, 10)),
                HEADWAITER.add(aRestaurant()
                        .named("The hall")
                        .withTables(
                                IntStream.range(0, 200).map(i -> 2 + i % 5 * 2).toArray())))) {
            Reply export = PLATFORM.get(known.path() + "/export");
            Reply copy = PLATFORM.post("/api/restaurants", export.text());
            assertThat(copy.status()).as(copy.toString()).isEqualTo(201);
            assertThat(PLATFORM.get(copy.header("Location") + "/export").text()).isEqualTo(export.text());
        }
    }

    @Test
    void a_name_and_a_time_zone_are_enough() {
        Reply created = PLATFORM.post("/api/restaurants", "{\"name\":\"Plain\",\"time_zone\":\"UTC\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(PLATFORM.get(created.header("Location") + "/export").json())
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"name": "Plain", "time_zone": "UTC", "slot_step_minutes": 15, "buffer_minutes": 15, "notice_minutes": 0,
                                 "horizon_days": 400, "cancellation_deadline_minutes": 0, "turn_minutes": 120,
                                 "assignment_policy": ["smallest_table", "highest_priority", "tightest_gap"],
                                 "turn_times": [], "opening_hours": [], "special_days": [], "tables": []}
                                """));
    }

    @Test
    void a_restaurant_can_be_booked_at_once_where_it_was_created() {
        Reply created = PLATFORM.post(
                "/api/restaurants",
                """
                {"name": "New", "time_zone": "UTC", "tables": [{"name": "1", "capacity": 4}],
                 "opening_hours": [{"weekday": %d, "opens": "12:00", "closes": "23:00"}]}
                """
                        .formatted(weekday(1)));

        Reply booked = PLATFORM.post(
                created.header("Location") + "/reservations",
                "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}");

        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
    }

    @Test
    void the_largest_document_is_taken_in_time() {
        String days = IntStream.range(0, 1000)
                .mapToObj(i ->
                        "{\"day\":\"%s\",\"hours\":[{\"opens\":\"10:00\",\"closes\":\"12:00\"},{\"opens\":\"13:00\",\"closes\":\"14:00\"}]}"
                                .formatted(LocalDate.of(2027, 1, 1).plusDays(i)))
                .collect(Collectors.joining(","));
        String tables = IntStream.range(0, 500)
                .mapToObj("{\"name\":\"Table %d\",\"capacity\":4}"::formatted)
                .collect(Collectors.joining(","));
        String document = "{\"name\":\"Large\",\"time_zone\":\"UTC\",\"special_days\":[%s],\"tables\":[%s]}"
                .formatted(days, tables);

        Reply created = PLATFORM.post("/api/restaurants", document);

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        JsonNode export = PLATFORM.get(created.header("Location") + "/export").json();
        assertThat(export.path("special_days").size()).isEqualTo(1000);
        assertThat(export.path("tables").valueStream().map(table -> table.path("name")
                        .stringValue()))
                .startsWith("Table 0", "Table 1", "Table 2")
                .hasSize(500);
    }

    @Test
    void a_document_may_be_of_256_kilobytes_and_no_more() {
        long before = restaurants();

        Reply reply = PLATFORM.post("/api/restaurants", "{\"name\":\"%s\"}".formatted("x".repeat(256 * 1024)));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(restaurants()).isEqualTo(before);
    }

    @Test
    void a_key_lists_the_restaurants_it_reaches() {
        Known one = HEADWAITER.add(aRestaurant().named("One").withTables(2));
        Known other =
                HEADWAITER.add(aRestaurant().named("Other").in("Asia/Tokyo").withTables(2));
        Callers both = HEADWAITER.gateway().with(HEADWAITER.addKey("bookings", one.id(), other.id()));
        await().until(() -> both.get("/api/restaurants").status() == 200);

        JsonNode data = both.get("/api/restaurants").at("/data");

        assertThat(data)
                .isEqualTo(JSON.readTree(
                        """
                                {"restaurants": [{"id": %d, "name": "One", "time_zone": "UTC"}, {"id": %d, "name": "Other", "time_zone": "Asia/Tokyo"}],
                                 "total": 2}
                                """
                                .formatted(one.id(), other.id())));
    }

    @Test
    void the_platform_lists_them_all_page_by_page() {
        for (int i = 0; i < 3; i++) {
            PLATFORM.post("/api/restaurants", "{\"name\":\"Paged\",\"time_zone\":\"UTC\"}");
        }
        List<Long> listed = new ArrayList<>();
        String after = "0";
        while (!after.isEmpty()) {
            Reply page = PLATFORM.get("/api/restaurants?limit=2&after=" + after);
            page.at("/data/restaurants")
                    .forEach(each -> listed.add(each.path("id").longValue()));
            JsonNode next = page.at("/data/next_after");
            after = next.isMissingNode() ? "" : next.toString();
        }

        assertThat(listed).isSorted().doesNotHaveDuplicates().hasSize((int) restaurants());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?after=x", "?name=x", "?limit=1&limit=2"})
    void a_list_that_is_not_understood_is_400(String query) {
        assertThat(PLATFORM.get("/api/restaurants" + query).status()).isEqualTo(400);
    }

    @Test
    void settings_are_changed_one_by_one() {
        House house = House.of(HEADWAITER, HEADWAITER.add(aRestaurant().withTables(2)));
        Reply before = house.get("");

        Reply changed = house.patch("", "{\"name\":\"Renamed\",\"buffer_minutes\":0,\"assignment_policy\":[]}");

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.at("/data/restaurant/name").stringValue()).isEqualTo("Renamed");
        assertThat(changed.at("/data/restaurant/buffer_minutes").intValue()).isZero();
        assertThat(changed.at("/data/restaurant/assignment_policy").size()).isZero();
        assertThat(changed.at("/data/restaurant/turn_minutes")).isEqualTo(before.at("/data/restaurant/turn_minutes"));
        assertThat(changed.at("/data/now_outside_total").intValue()).isZero();
        assertThat(changed.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(house.get("").at("/data/restaurant")).isEqualTo(changed.at("/data/restaurant"));
        assertThat(house.get("").header("ETag")).isEqualTo(changed.header("ETag"));
    }

    @Test
    void a_change_is_refused_when_the_restaurant_was_changed_meanwhile() {
        House house = House.of(HEADWAITER, HEADWAITER.add(aRestaurant().withTables(2)));
        String version = house.get("").header("ETag");
        house.put("/turn-times", "{\"turn_times\":[{\"party_up_to\":2,\"minutes\":60}]}", "If-Match", version);

        for (Reply late : List.of(
                house.patch("", "{\"name\":\"Late\"}", "If-Match", version),
                house.put("/opening-hours", "{\"opening_hours\":[]}", "If-Match", version),
                house.put("/turn-times", "{\"turn_times\":[]}", "If-Match", version),
                house.put("/special-days/2027-01-01", "{}", "If-Match", version),
                house.delete("/special-days/2027-01-01", "If-Match", version),
                house.post("/tables", "{\"name\":\"Late\",\"capacity\":2}", "If-Match", version),
                house.patch("/tables/" + house.known().table(0), "{\"capacity\":3}", "If-Match", version),
                house.delete("/tables/" + house.known().table(0), "If-Match", version))) {
            assertThat(late.status()).as(late.toString()).isEqualTo(412);
            assertThat(late.code()).isEqualTo("version_mismatch");
        }
        assertThat(house.patch("", "{\"name\":\"Late\"}", "If-Match", "nonsense")
                        .code())
                .isEqualTo("if_match_invalid");
        assertThat(house.get("").at("/data/restaurant/name").stringValue()).isEqualTo("Restaurant");
        assertThat(house.patch(
                                "",
                                "{\"name\":\"In time\"}",
                                "If-Match",
                                version + ", " + house.get("").header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(house.patch("", "{\"name\":\"Any\"}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void another_gateway_knows_a_change_within_five_seconds() {
        try (RunningGateway other = HEADWAITER.startGateway("--headwaiter.gateway.directory-refresh=4s")) {
            Callers there = other.with(PLATFORM.key());
            await().until(() -> there.get("/api/restaurants").status() == 200);
            String path = PLATFORM.post("/api/restaurants", "{\"name\":\"Here\",\"time_zone\":\"UTC\"}")
                    .header("Location");
            assertThat(PLATFORM.get(path).status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(5)).until(() -> there.get(path).status() == 200);
        }
    }

    @Test
    void each_path_needs_its_scope() {
        Known known = HEADWAITER.add(aRestaurant().withTables(2));
        Callers setup = House.of(HEADWAITER, known).callers();
        Callers bookings = HEADWAITER.of(known);
        String path = known.path();
        String table = path + "/tables/" + known.table(0);

        for (String read : List.of(
                "/api/restaurants",
                path,
                path + "/export",
                path + "/tables",
                table,
                path + "/opening-hours",
                path + "/turn-times",
                path + "/special-days")) {
            assertThat(bookings.get(read).status()).as(read).isEqualTo(200);
        }
        for (Reply reply : List.of(
                bookings.post("/api/restaurants", "{}"),
                setup.post("/api/restaurants", "{}"),
                House.json(bookings, "PATCH", path, "{}"),
                bookings.post(path + "/tables", "{}"),
                House.json(bookings, "PATCH", table, "{}"),
                House.json(bookings, "DELETE", table, ""),
                House.json(bookings, "PUT", path + "/opening-hours", "{}"),
                House.json(bookings, "PUT", path + "/turn-times", "{}"),
                House.json(bookings, "PUT", path + "/special-days/2027-01-01", "{}"),
                House.json(bookings, "DELETE", path + "/special-days/2027-01-01", ""))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("scope_missing");
        }
    }

    @Test
    void a_restaurant_out_of_reach_looks_like_one_that_does_not_exist() {
        House house = House.of(HEADWAITER, HEADWAITER.add(aRestaurant().withTables(2)));
        Known other = HEADWAITER.add(aRestaurant().withTables(2));
        Callers callers = house.callers();
        String unknown = callers.get("/api/restaurants/987654321").text();

        for (String id : List.of("" + other.id(), "987654321", "0", "x", "99999999999999999999")) {
            String path = "/api/restaurants/" + id;
            for (Reply reply : List.of(
                    callers.get(path),
                    callers.get(path + "/export"),
                    callers.get(path + "/tables"),
                    callers.get(path + "/tables/" + other.table(0)),
                    callers.get(path + "/opening-hours"),
                    callers.get(path + "/turn-times"),
                    callers.get(path + "/special-days"),
                    House.json(callers, "PATCH", path, "{\"name\":\"Mine\"}"),
                    callers.post(path + "/tables", "{\"name\":\"Mine\",\"capacity\":2}"),
                    House.json(callers, "PATCH", path + "/tables/" + other.table(0), "{\"name\":\"Mine\"}"),
                    House.json(callers, "DELETE", path + "/tables/" + other.table(0), ""),
                    House.json(callers, "PUT", path + "/opening-hours", "{\"opening_hours\":[]}"),
                    House.json(callers, "PUT", path + "/turn-times", "{\"turn_times\":[]}"),
                    House.json(callers, "PUT", path + "/special-days/2027-01-01", "{}"),
                    House.json(callers, "DELETE", path + "/special-days/2027-01-01", ""))) {
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.text()).isEqualTo(unknown);
            }
        }
        assertThat(House.of(HEADWAITER, other).get("/export").at("/name").stringValue())
                .isEqualTo("Restaurant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | restaurant_name_length | name",
                "{\"name\":\"A\"} | time_zone_unknown | time_zone",
                "{\"name\":\"\",\"time_zone\":\"UTC\"} | restaurant_name_length | name",
                "{\"name\":\"A\\u0000\",\"time_zone\":\"UTC\"} | restaurant_name_length | name",
                "{\"name\":\"A\\ud800\",\"time_zone\":\"UTC\"} | restaurant_name_length | name",
                "{\"name\":\"A\",\"time_zone\":\"Europe/Atlantis\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"europe/madrid\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"+02:00\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"UTC+2\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"SystemV/PST8\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"\"} | time_zone_unknown | time_zone",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"slot_step_minutes\":4} | slot_step_range | slot_step_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"slot_step_minutes\":241} | slot_step_range | slot_step_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"buffer_minutes\":-1} | buffer_range | buffer_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"buffer_minutes\":241} | buffer_range | buffer_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"notice_minutes\":525601} | notice_range | notice_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"horizon_days\":1001} | horizon_range | horizon_days",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"cancellation_deadline_minutes\":-1} | cancellation_deadline_range | cancellation_deadline_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_minutes\":18446744073709551736} | turn_range | turn_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_minutes\":4} | turn_range | turn_minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"assignment_policy\":[\"best\"]} | assignment_policy_known | assignment_policy",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"assignment_policy\":[\"smallest_table\",\"smallest_table\"]} | assignment_policy_known | assignment_policy",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[{\"party_up_to\":2,\"minutes\":60},{\"party_up_to\":21,\"minutes\":60}]} | turn_party_range | turn_times[1].party_up_to",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[{\"minutes\":60}]} | turn_party_range | turn_times[0].party_up_to",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[{\"party_up_to\":2,\"minutes\":721}]} | turn_range | turn_times[0].minutes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[{\"party_up_to\":2,\"minutes\":60},{\"party_up_to\":2,\"minutes\":90}]} | turn_times_repeated | turn_times",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":0,\"opens\":\"10:00\",\"closes\":\"12:00\"}]} | weekday_range | opening_hours[0].weekday",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":8,\"opens\":\"10:00\",\"closes\":\"12:00\"}]} | weekday_range | opening_hours[0].weekday",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":\"10:00\"}]} | hours_incomplete | opening_hours[0].closes",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":\"10:00\",\"closes\":\"12:00\"},{\"weekday\":1,\"opens\":\"10:00\",\"closes\":\"13:00\"}]} | opening_hours_repeated | opening_hours",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"hours\":[]}]} | special_day_range | special_days[0].day",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"1999-12-31\"}]} | special_day_range | special_days[0].day",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2200-01-01\"}]} | special_day_range | special_days[0].day",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-01-01\"},{\"day\":\"2027-01-01\"}]} | special_days_repeated | special_days",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-01-01\",\"note\":\"\\u0007\"}]} | special_day_note_length | special_days[0].note",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-01-01\",\"hours\":[{\"opens\":\"10:00\",\"closes\":\"11:00\"},{\"opens\":\"10:00\",\"closes\":\"12:00\"}]}]} | special_hours_repeated | special_days[0].hours",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-01-01\",\"hours\":[{\"closes\":\"11:00\"}]}]} | hours_incomplete | special_days[0].hours[0].opens",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"capacity\":4}]} | table_name_length | tables[0].name",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\"}]} | table_seats_range | tables[0].capacity",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4,\"smallest_party\":5}]} | table_seats_range | tables[0].capacity",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":21}]} | table_seats_range | tables[0].capacity",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4,\"smallest_party\":0}]} | table_seats_range | tables[0].capacity",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4,\"area\":\"\"}]} | table_area_length | tables[0].area",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4,\"priority\":1000001}]} | table_priority_range | tables[0].priority",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4},{\"name\":\"1\",\"capacity\":2}]} | table_name_repeated | tables"
            })
    void a_document_outside_the_contract_is_422_and_not_written(String body, String code, String member) {
        long before = restaurants();

        Reply reply = PLATFORM.post("/api/restaurants", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        assertThat(restaurants()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "hello | malformed_json",
                "[] | wrong_type",
                "{\"name\":7} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"id\":7} | unknown_member",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_minutes\":\"90\"} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_minutes\":90.0} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"assignment_policy\":\"smallest_table\"} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"assignment_policy\":[null]} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":{}} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[7]} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"turn_times\":[{\"party\":7}]} | unknown_member",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":\"24:00\",\"closes\":\"12:00\"}]} | time_invalid",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":\"9:00\",\"closes\":\"12:00\"}]} | time_invalid",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":\"09:00:00\",\"closes\":\"12:00\"}]} | time_invalid",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"weekday\":1,\"opens\":900,\"closes\":\"12:00\"}]} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"opening_hours\":[{\"day\":1}]} | unknown_member",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-02-29\"}]} | date_invalid",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"tomorrow\"}]} | date_invalid",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"special_days\":[{\"day\":\"2027-02-01\",\"hours\":[{\"from\":\"10:00\"}]}]} | unknown_member",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":\"1\",\"capacity\":4,\"active\":1}]} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"name\":null,\"capacity\":4}]} | wrong_type",
                "{\"name\":\"A\",\"time_zone\":\"UTC\",\"tables\":[{\"id\":1,\"name\":\"1\",\"capacity\":4}]} | unknown_member"
            })
    void a_document_that_is_not_understood_is_400_and_not_written(String body, String code) {
        long before = restaurants();

        Reply reply = PLATFORM.post("/api/restaurants", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(restaurants()).isEqualTo(before);
    }

    @Test
    void lists_are_bounded() {
        String table = "{\"name\":\"%d\",\"capacity\":4}";
        String turn = "{\"party_up_to\":%d,\"minutes\":60}";
        String period = "{\"weekday\":1,\"opens\":\"%02d:00\",\"closes\":\"12:00\"}";
        String special = "{\"day\":\"2027-01-01\",\"hours\":[%s]}";
        String hours = list(11, "{\"opens\":\"%02d:00\",\"closes\":\"12:00\"}");
        String days = IntStream.range(0, 1001)
                .mapToObj(i ->
                        "{\"day\":\"%s\"}".formatted(LocalDate.of(2027, 1, 1).plusDays(i)))
                .collect(Collectors.joining(","));
        for (String[] each : new String[][] {
            {"tables", list(501, table), "tables_too_many"},
            {"turn_times", list(21, turn), "turn_times_too_many"},
            {"opening_hours", list(11, period), "opening_hours_too_many"},
            {"special_days", special.formatted(hours), "special_hours_too_many"},
            {"special_days", days, "special_days_too_many"}
        }) {
            Reply reply = PLATFORM.post(
                    "/api/restaurants",
                    "{\"name\":\"A\",\"time_zone\":\"UTC\",\"%s\":[%s]}".formatted(each[0], each[1]));
            assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
            assertThat(reply.json().path("errors").valueStream().map(error -> error.path("code")
                            .stringValue()))
                    .contains(each[2]);
        }
    }

    private static String list(int count, String each) {
        return IntStream.range(0, count).mapToObj(each::formatted).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"name\":\"\"} | 422 | restaurant_name_length",
                "{\"time_zone\":\"Mars/Olympus\"} | 422 | time_zone_unknown",
                "{\"slot_step_minutes\":0} | 422 | slot_step_range",
                "{\"turn_minutes\":721} | 422 | turn_range",
                "{\"name\":\"Changed\",\"assignment_policy\":[\"x\"]} | 422 | assignment_policy_known",
                "{\"name\":null} | 400 | wrong_type",
                "{\"time_zone\":null} | 400 | wrong_type",
                "{\"tables\":[]} | 400 | unknown_member",
                "{\"id\":1} | 400 | unknown_member",
                "[] | 400 | wrong_type"
            })
    void settings_outside_the_contract_are_refused_and_not_written(String body, int status, String code) {
        House house = House.of(HEADWAITER, HEADWAITER.add(aRestaurant().withTables(2)));
        Reply before = house.get("");

        Reply reply = house.patch("", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(house.get("").text()).isEqualTo(before.text());
        assertThat(house.get("").header("ETag")).isEqualTo(before.header("ETag"));
    }

    /** What can only go wrong by a defect of ours, or is what "HH:MM" cannot say, needs no code. */
    @Test
    void every_rule_of_the_database_about_a_set_up_has_a_sentence() {
        Set<String> codes = Arrays.stream(Breach.values()).map(Breach::code).collect(Collectors.toSet());

        assertThat(HEADWAITER
                        .jdbc()
                        .sql(
                                """
                                select conname from pg_constraint
                                where contype = 'c' and conrelid::regclass::text in ('restaurants', 'turn_times', 'opening_hours',
                                  'special_days', 'special_hours', 'dining_tables', 'partners', 'api_keys', 'api_key_restaurants')
                                """)
                        .query((row, number) -> row.getString(1))
                        .list())
                .hasSizeGreaterThan(15)
                .filteredOn(name -> !Set.of("opening_before_midnight", "removed_table_inactive", "key_hash_is_sha256")
                        .contains(name))
                .isSubsetOf(codes);
    }
}
