package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.House;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Opening hours, turn times and special days. */
class HoursTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known known = headwaiter.add(aRestaurant().withTables(4));
    private final House house = House.of(headwaiter, known);

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Test
    void the_whole_week_is_put_at_once() {
        Reply put = house.put(
                "/opening-hours",
                """
                {"opening_hours": [{"weekday": 5, "opens": "18:00", "closes": "02:00"}, {"weekday": 1, "opens": "12:00", "closes": "15:00"}]}
                """);

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.at("/data"))
                .isEqualTo(
                        json(
                                """
                                {"opening_hours": [{"weekday": 1, "opens": "12:00", "closes": "15:00"}, {"weekday": 5, "opens": "18:00", "closes": "02:00"}],
                                 "total": 2, "now_outside": [], "now_outside_total": 0}
                                """));
        Reply found = house.get("/opening-hours");
        assertThat(found.at("/data/opening_hours")).isEqualTo(put.at("/data/opening_hours"));
        assertThat(found.at("/data/total").intValue()).isEqualTo(2);
        assertThat(found.header("ETag")).isEqualTo(put.header("ETag"));
        assertThat(house.put("/opening-hours", "{\"opening_hours\":[]}")
                        .at("/data/total")
                        .intValue())
                .isZero();
        assertThat(headwaiter.rows("opening_hours", known)).isZero();
    }

    @Test
    void turn_times_are_put_at_once() {
        Reply put = house.put(
                "/turn-times",
                "{\"turn_times\":[{\"party_up_to\":20,\"minutes\":180},{\"party_up_to\":1,\"minutes\":45}]}");

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.at("/data"))
                .isEqualTo(
                        json(
                                """
                                {"turn_times": [{"party_up_to": 1, "minutes": 45}, {"party_up_to": 20, "minutes": 180}],
                                 "total": 2, "now_outside": [], "now_outside_total": 0}
                                """));
        assertThat(house.get("/turn-times").at("/data/turn_times")).isEqualTo(put.at("/data/turn_times"));
        assertThat(house.callers()
                        .post(known.reservations(), "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":1}")
                        .at("/data/reservation/end")
                        .stringValue())
                .isEqualTo(JANUARY + "-01T18:45:00Z");
    }

    @Test
    void a_special_day_is_put_replaced_and_deleted() {
        Reply put = house.put(
                "/special-days/2027-01-01",
                "{\"note\":\"New Year\",\"hours\":[{\"opens\":\"12:00\",\"closes\":\"16:00\"}]}");
        Reply replaced = house.put("/special-days/2027-01-01", "{\"note\":\"Closed\"}");
        Reply listed = house.get("/special-days");
        Reply deleted = house.delete("/special-days/2027-01-01");
        Reply again = house.delete("/special-days/2027-01-01");

        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        assertThat(put.at("/data/special_day"))
                .isEqualTo(
                        json(
                                "{\"day\":\"2027-01-01\",\"note\":\"New Year\",\"hours\":[{\"opens\":\"12:00\",\"closes\":\"16:00\"}]}"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(listed.at("/data"))
                .isEqualTo(json(
                        "{\"special_days\":[{\"day\":\"2027-01-01\",\"note\":\"Closed\",\"hours\":[]}],\"total\":1}"));
        assertThat(listed.header("ETag")).isEqualTo(replaced.header("ETag"));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("/data/now_outside_total").intValue()).isZero();
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("special_day_not_found");
        assertThat(headwaiter.rows("special_hours", known)).isZero();
    }

    @Test
    void a_restaurant_has_room_for_1000_special_days() {
        headwaiter
                .jdbc()
                .sql(
                        "insert into special_days (restaurant_id, day) select ?, date '2030-01-01' + i from generate_series(1, 1000) i")
                .param(known.id())
                .update();

        Reply more = house.put("/special-days/2027-01-01", "{}");
        Reply inPlace = house.put("/special-days/2030-01-02", "{\"note\":\"Replaced\"}");

        assertThat(more.status()).isEqualTo(409);
        assertThat(more.code()).isEqualTo("special_days_too_many");
        assertThat(headwaiter.rows("special_days", known)).isEqualTo(1000);
        assertThat(inPlace.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/opening-hours | {} | 400 | wrong_type |",
                "/opening-hours | {\"opening_hours\":null} | 400 | wrong_type |",
                "/opening-hours | {\"opening_hours\":{}} | 400 | wrong_type |",
                "/opening-hours | {\"opening_hours\":[],\"note\":\"x\"} | 400 | unknown_member |",
                "/opening-hours | {\"opening_hours\":[{\"weekday\":\"1\"}]} | 400 | wrong_type |",
                "/opening-hours | {\"opening_hours\":[{\"weekday\":1,\"opens\":\"18:60\",\"closes\":\"20:00\"}]} | 400 | time_invalid |",
                "/opening-hours | {\"opening_hours\":[{\"opens\":\"18:00\",\"closes\":\"20:00\"}]} | 422 | weekday_range | opening_hours[0].weekday",
                "/opening-hours | {\"opening_hours\":[{\"weekday\":1}]} | 422 | hours_incomplete | opening_hours[0].closes",
                "/turn-times | {} | 400 | wrong_type |",
                "/turn-times | {\"turn_times\":[[]]} | 400 | wrong_type |",
                "/turn-times | {\"turn_times\":[{\"party_up_to\":0,\"minutes\":60}]} | 422 | turn_party_range | turn_times[0].party_up_to",
                "/turn-times | {\"turn_times\":[{\"party_up_to\":2}]} | 422 | turn_range | turn_times[0].minutes",
                "/special-days/2027-01-01 | {\"day\":\"2027-01-01\"} | 400 | unknown_member |",
                "/special-days/2027-01-01 | {\"hours\":[{\"opens\":\"x\"}]} | 400 | time_invalid |",
                "/special-days/2027-01-01 | {\"hours\":[{}]} | 422 | hours_incomplete | hours[0].closes",
                "/special-days/2027-02-30 | {} | 400 | date_invalid |",
                "/special-days/tomorrow | {} | 400 | date_invalid |",
                "/special-days/1999-12-31 | {} | 422 | special_day_range | day"
            })
    void rules_outside_the_contract_are_refused_and_not_written(
            String path, String body, int status, String code, String member) {
        Reply before = house.get("/export");

        Reply reply = house.put(path, body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        if (member != null) {
            assertThat(reply.at("/errors/0/member").stringValue()).isEqualTo(member);
        }
        assertThat(house.get("/export").text()).isEqualTo(before.text());
        assertThat(house.get("/export").header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void a_day_that_is_none_cannot_be_deleted() {
        assertThat(house.delete("/special-days/2027-02-30").code()).isEqualTo("date_invalid");
        assertThat(house.delete("/special-days/9999-01-01").code()).isEqualTo("special_day_not_found");
    }
}
