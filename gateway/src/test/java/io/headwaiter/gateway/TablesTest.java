package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TablesTest {

    private static final String SOON = JANUARY + "-01T18:00:00Z";

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known known = headwaiter.add(aRestaurant().withTables(2, 4));
    private final House house = House.of(headwaiter, known);
    private final String second = "/tables/" + known.table(1);

    private void isGone(String table) {
        for (Reply reply : List.of(house.get(table), house.patch(table, "{\"capacity\":3}"), house.delete(table))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("table_not_found");
        }
    }

    @Test
    void a_table_is_added_and_found_where_it_is_said_to_be() {
        Reply added = house.post("/tables", "{\"name\":\"Window\",\"area\":\"Terrace\",\"capacity\":6}");

        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.at("/data/table"))
                .isEqualTo(new JsonMapper()
                        .readTree(
                                """
                                        {"id": %d, "name": "Window", "area": "Terrace", "smallest_party": 1, "capacity": 6, "priority": 0, "active": true}
                                        """
                                        .formatted(added.at("/data/table/id").longValue())));
        Reply found = house.callers().get(added.header("Location"));
        assertThat(found.at("/data/table")).isEqualTo(added.at("/data/table"));
        assertThat(found.header("ETag")).isEqualTo(added.header("ETag"));
        assertThat(house.get("/tables").at("/data/total").intValue()).isEqualTo(3);
        assertThat(house.get("/tables").at("/data/tables/2")).isEqualTo(added.at("/data/table"));
    }

    @Test
    void a_table_is_changed_member_by_member() {
        house.patch(second, "{\"area\":\"Terrace\"}");
        Reply changed = house.patch(second, "{\"name\":\"Round\",\"smallest_party\":3,\"priority\":-5}");

        assertThat(changed.at("/data/table"))
                .isEqualTo(new JsonMapper()
                        .readTree(
                                """
                                        {"id": %d, "name": "Round", "area": "Terrace", "smallest_party": 3, "capacity": 4, "priority": -5, "active": true}
                                        """
                                        .formatted(known.table(1))));
        assertThat(house.patch(second, "{\"area\":null}").at("/data/table").has("area"))
                .isFalse();
        assertThat(house.get(second).at("/data/table/name").stringValue()).isEqualTo("Round");
    }

    @Test
    void a_table_that_is_made_inactive_is_offered_to_nobody_and_stays() {
        Reply changed = house.patch(second, "{\"active\":false}");
        Reply booked = house.callers().post(known.reservations(), "{\"date\":\"%s\",\"guests\":4}".formatted(SOON));

        assertThat(changed.at("/data/table/active").booleanValue(true)).isFalse();
        assertThat(booked.code()).isEqualTo("party_size");
        assertThat(house.get("/tables").at("/data/total").intValue()).isEqualTo(2);
    }

    @Test
    void a_name_is_taken_as_long_as_its_table_is_there() {
        Reply added = house.post("/tables", "{\"name\":\"T1\",\"capacity\":2}");
        Reply renamed = house.patch(second, "{\"name\":\"T1\"}");

        for (Reply reply : List.of(added, renamed)) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.code()).isEqualTo("table_name_taken");
        }
        assertThat(house.get("/tables").at("/data/total").intValue()).isEqualTo(2);
        house.delete("/tables/" + known.table(0));
        assertThat(house.patch(second, "{\"name\":\"T1\"}").status()).isEqualTo(200);
    }

    @Test
    void a_table_with_coming_reservations_is_kept_and_they_are_named() {
        long first = house.book(SOON, 4, known.table(1));
        long later = house.book(JANUARY + "-02T18:00:00Z", 4, known.table(1));
        Reply before = house.get(second);

        Reply reply = house.delete(second);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("table_has_reservations");
        assertThat(reply.at("/reservations").valueStream().map(id -> id.longValue()))
                .containsExactly(first, later);
        assertThat(reply.at("/total").intValue()).isEqualTo(2);
        assertThat(house.get(second).text()).isEqualTo(before.text());
        assertThat(house.get(second).header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void a_party_that_sits_at_the_table_keeps_it_and_one_that_left_or_cancelled_does_not() {
        long reservation = house.book(SOON, 4, known.table(1));
        var set = headwaiter
                .jdbc()
                .sql(
                        """
                        update reservations set status = :status, starts_at = now() - interval '1 hour',
                          ends_at = now() + cast(:left as interval)
                        where restaurant_id = :restaurant and id = :id
                        """)
                .param("restaurant", known.id())
                .param("id", reservation);
        set.param("status", "seated").param("left", "1 hour").update();
        assertThat(house.delete(second).code()).isEqualTo("table_has_reservations");

        set.param("status", "completed").update();
        assertThat(house.delete(second).status()).isEqualTo(200);
    }

    @Test
    void a_table_that_is_removed_is_nowhere_but_in_the_history() {
        long reservation = house.book(SOON, 4, known.table(1));
        headwaiter
                .jdbc()
                .sql(
                        """
                        update reservations set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour'
                        where restaurant_id = :restaurant
                        """)
                .param("restaurant", known.id())
                .update();

        Reply removed = house.delete(second);

        assertThat(removed.status()).as(removed.toString()).isEqualTo(200);
        assertThat(removed.at("/data/now_outside_total").intValue()).isZero();
        isGone(second);
        assertThat(house.get("/tables").at("/data/total").intValue()).isEqualTo(1);
        assertThat(house.get("/export").at("/tables").size()).isEqualTo(1);
        assertThat(house.callers()
                        .post(
                                known.reservations(),
                                "{\"date\":\"%s\",\"guests\":2,\"table_id\":%d}".formatted(SOON, known.table(1)))
                        .code())
                .isEqualTo("table_unknown");
        assertThat(house.post("/tables", "{\"name\":\"T2\",\"capacity\":4}").status())
                .isEqualTo(201);
        assertThat(house.callers()
                        .get(known.reservations() + "/" + reservation)
                        .at("/data/table/name")
                        .stringValue())
                .isEqualTo("T2");
    }

    @Test
    void a_table_that_is_not_there_or_elsewhere_is_not_found() {
        Known other = headwaiter.add(aRestaurant().withTables(4));

        for (String id : List.of("" + other.table(0), "0", "x", "99999999999999999999")) {
            isGone("/tables/" + id);
        }
        assertThat(House.of(headwaiter, other).get("/tables").at("/data/total").intValue())
                .isEqualTo(1);
    }

    @Test
    void a_restaurant_has_room_for_500_tables() {
        headwaiter
                .jdbc()
                .sql(
                        "insert into dining_tables (restaurant_id, name, capacity) select ?, 'N' || i, 2 from generate_series(1, 498) i")
                .param(known.id())
                .update();

        Reply reply = house.post("/tables", "{\"name\":\"One more\",\"capacity\":2}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("tables_too_many");
        assertThat(headwaiter.rows("dining_tables", known)).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 | table_name_length | name",
                "{\"name\":\"A\"} | 422 | table_seats_range | capacity",
                "{\"name\":\"A\",\"capacity\":0} | 422 | table_seats_range | capacity",
                "{\"name\":\"A\",\"capacity\":2,\"smallest_party\":3} | 422 | table_seats_range | capacity",
                "{\"name\":\"A\",\"capacity\":99999999999999999999} | 422 | table_seats_range | capacity",
                "{\"name\":\"A\",\"capacity\":2,\"area\":\"\"} | 422 | table_area_length | area",
                "{\"name\":\"A\",\"capacity\":2,\"priority\":-1000001} | 422 | table_priority_range | priority",
                "{\"name\":\"A\",\"capacity\":\"2\"} | 400 | wrong_type |",
                "{\"name\":\"A\",\"capacity\":2,\"active\":\"yes\"} | 400 | wrong_type |",
                "{\"name\":\"A\",\"capacity\":2,\"active\":null} | 400 | wrong_type |",
                "{\"name\":\"A\",\"capacity\":2,\"restaurant_id\":1} | 400 | unknown_member |",
                "nonsense | 400 | malformed_json |"
            })
    void a_table_outside_the_contract_is_refused_and_not_written(String body, int status, String code, String member) {
        Reply reply = house.post("/tables", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        if (member != null) {
            assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        }
        assertThat(headwaiter.rows("dining_tables", known)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"smallest_party\":5} | 422 | table_seats_range",
                "{\"capacity\":21} | 422 | table_seats_range",
                "{\"name\":\"\"} | 422 | table_name_length",
                "{\"capacity\":null} | 400 | wrong_type",
                "{\"id\":7} | 400 | unknown_member"
            })
    void a_change_outside_the_contract_is_refused_and_not_written(String body, int status, String code) {
        Reply before = house.get(second);

        Reply reply = house.patch(second, body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(house.get(second).text()).isEqualTo(before.text());
    }

    @Test
    void a_rule_that_only_the_database_holds_is_told_by_its_name_when_it_has_one_for_callers() {
        String rule = "alter table dining_tables add constraint %s check (name <> 'Unlucky %d')";
        String table = "{\"name\":\"Unlucky %d\",\"capacity\":2}".formatted(known.id());
        headwaiter.jdbc().sql(rule.formatted("turn_range", known.id())).update();
        Reply told = house.post("/tables", table);
        headwaiter
                .jdbc()
                .sql("alter table dining_tables rename constraint turn_range to bad_luck")
                .update();
        Reply untold = house.post("/tables", table);
        headwaiter
                .jdbc()
                .sql("alter table dining_tables drop constraint bad_luck")
                .update();

        assertThat(told.status()).isEqualTo(422);
        assertThat(told.code()).isEqualTo("turn_range");
        assertThat(untold.status()).isEqualTo(500);
        assertThat(untold.text()).doesNotContain("bad_luck").doesNotContain("dining_tables");
    }
}
