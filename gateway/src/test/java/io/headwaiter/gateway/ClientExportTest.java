package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a guest gets who asks what is known of them. */
class ClientExportTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));
    private final Callers callers = headwaiter.of(restaurant);
    private final String ann = callers.post(
                    restaurant.clients(),
                    "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\",\"phone\":\"+34 600 100 200\"}")
            .header("Location");
    private final long annId = callers.get(ann).at("/data/client/id").longValue();

    private Reply book(String day, String client) {
        Reply booked = callers.post(
                restaurant.reservations(),
                "{\"date\":\"%sT18:00Z\",\"guests\":4,\"reference\":\"R-1\",\"notes\":\"Nut allergy\",%s}"
                        .formatted(day, client));
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        return booked;
    }

    @Test
    void everything_about_a_client_is_in_it_and_nothing_about_others() {
        Reply booked = book(JANUARY + "-01", "\"client_id\":" + annId);
        book(JANUARY + "-02", "\"client\":{\"name\":\"Bo\",\"email\":\"bo@example.com\"}");
        headwaiter
                .jdbc()
                .sql(
                        "update reservations set status = 'cancelled', version = 2, cancel_reason = 'ill' where restaurant_id = ? and client_id = ?")
                .params(restaurant.id(), annId)
                .update();

        Reply export = callers.get(ann + "/export");

        assertThat(export.status()).as(export.toString()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/json");
        assertThat(export.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"client-%d.json\"".formatted(annId));
        JsonNode data = export.json().path("data");
        assertThat(data.path("client")).isEqualTo(callers.get(ann).at("/data/client"));
        assertThat(data.path("total").intValue()).isEqualTo(1);
        assertThat(data.has("next_after")).isFalse();
        assertThat(data.path("reservations")).hasSize(1);
        JsonNode visit = data.at("/reservations/0");
        assertThat(visit.propertyNames())
                .containsExactly(
                        "id",
                        "date",
                        "end",
                        "guests",
                        "table_id",
                        "status",
                        "version",
                        "partner_id",
                        "request_id",
                        "reference",
                        "notes",
                        "cancel_reason",
                        "created_at");
        assertThat(visit.path("id").longValue())
                .isEqualTo(booked.at("/data/reservation/id").longValue());
        assertThat(visit.path("date").stringValue()).isEqualTo(JANUARY + "-01T18:00:00Z");
        assertThat(visit.path("status").stringValue()).isEqualTo("cancelled");
        assertThat(visit.path("reference").stringValue()).isEqualTo("R-1");
        assertThat(visit.path("notes").stringValue()).isEqualTo("Nut allergy");
        assertThat(visit.path("cancel_reason").stringValue()).isEqualTo("ill");
        assertThat(data.path("booking_requests")).hasSize(1);
        JsonNode request = data.at("/booking_requests/0");
        assertThat(request.propertyNames()).containsExactly("id", "kind", "outcome", "reservation_id", "decided_at");
        assertThat(request.path("id")).isEqualTo(visit.path("request_id"));
        assertThat(request.path("reservation_id")).isEqualTo(visit.path("id"));
        assertThat(request.path("outcome").stringValue()).isEqualTo("confirmed");
        assertThat(request.path("kind").stringValue()).contains("place");
    }

    @Test
    void a_client_who_never_came_has_no_visits() {
        JsonNode data = callers.get(ann + "/export").json().path("data");

        assertThat(data.propertyNames()).containsExactly("client", "reservations", "booking_requests", "total");
        assertThat(data.path("reservations")).isEmpty();
        assertThat(data.path("booking_requests")).isEmpty();
        assertThat(data.path("total").intValue()).isZero();
    }

    @Test
    void of_an_anonymized_client_the_visits_are_left() {
        book(JANUARY + "-01", "\"client_id\":" + annId);
        callers.delete(ann + "?anonymize=true");

        Reply export = callers.get(ann + "/export");

        assertThat(export.at("/data/reservations")).hasSize(1);
        assertThat(export.text())
                .doesNotContain("Ann", "ann@", "+34 600", "allergy")
                .contains("anonymized_at");
    }

    @Test
    void who_came_often_gets_several_documents() {
        headwaiter
                .jdbc()
                .sql(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id, partner_id, request_id)
                        select :restaurant, nextval('reservation_ids'), at, at + interval '1 hour', 2, :table, :client, 1, gen_random_uuid()
                        from generate_series(1200, 1, -1) as n cross join lateral (select now() - n * interval '24 hours') as visit(at)
                        """)
                .param("restaurant", restaurant.id())
                .param("table", restaurant.table(0))
                .param("client", annId)
                .update();

        List<Integer> sizes = new ArrayList<>();
        List<Long> visits = new ArrayList<>();
        String query = "";
        while (true) {
            JsonNode data = callers.get(ann + "/export" + query).json().path("data");
            sizes.add(data.path("reservations").size());
            data.path("reservations")
                    .forEach(visit -> visits.add(visit.path("id").longValue()));
            assertThat(data.path("total").intValue()).isEqualTo(1200);
            if (!data.has("next_after")) {
                break;
            }
            query = "?after=" + data.path("next_after");
        }

        assertThat(sizes).containsExactly(500, 500, 200);
        assertThat(visits).doesNotHaveDuplicates().isSorted();
    }
}
