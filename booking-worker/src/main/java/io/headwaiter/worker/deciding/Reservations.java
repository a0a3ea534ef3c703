package io.headwaiter.worker.deciding;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the reservations of those who got a table's time. */
@Component
class Reservations {

    private final JdbcClient jdbc;

    Reservations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(List<Undecided> confirmed) {
        if (confirmed.isEmpty()) {
            return;
        }
        Columns<Undecided> rows = new Columns<>(confirmed);
        jdbc.sql(
                        """
                        insert into reservations (restaurant_id, id, starts_at, ends_at, guests, table_id, client_id,
                                                  partner_id, request_id, reference, notes)
                        select * from unnest(:restaurants, :ids, :starts::timestamptz[], :ends::timestamptz[], :guests::smallint[],
                                             :tables, :clients, :partners, :requests::uuid[], :references, :notes)
                        """)
                .param("restaurants", rows.longs(Undecided::restaurantId))
                .param("ids", rows.longsOrNull(request -> request.reservationId))
                .param("starts", rows.texts(request -> request.given().stay().start()))
                .param("ends", rows.texts(request -> request.given().stay().end()))
                .param("guests", rows.longs(request -> request.asked.guests()))
                .param("tables", rows.longs(request -> request.given().table().id()))
                .param("clients", rows.longsOrNull(request -> request.clientId))
                .param("partners", rows.longs(request -> request.asked.partnerId()))
                .param(
                        "requests",
                        rows.texts(request -> request.submitted.message().id().value()))
                .param("references", rows.textsOrNull(request -> request.asked.reference()))
                .param("notes", rows.textsOrNull(request -> request.asked.notes()))
                .update();
    }
}
