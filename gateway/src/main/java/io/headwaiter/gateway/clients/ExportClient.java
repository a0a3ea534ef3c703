package io.headwaiter.gateway.clients;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that is stored on one client: who they are, their visits, and the requests that made and changed those. */
@Component
class ExportClient {

    /** Reservations in one document; who came more often gets several. */
    static final int PAGE = 500;

    private final OneRestaurant restaurants;

    /**
     * @param total reservations of this client, on all pages
     * @param nextAfter the {@code after} of the next page; null when this one is the last
     */
    record Exported(
            Client client,
            List<Visit> reservations,
            List<Asked> bookingRequests,
            long total,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long nextAfter) {}

    /** A reservation as it is stored; {@code requestId} is the request that made it. */
    record Visit(
            long id,
            Instant date,
            Instant end,
            int guests,
            long tableId,
            String status,
            int version,
            long partnerId,
            UUID requestId,
            @Nullable String reference,
            @Nullable String notes,
            @Nullable String cancelReason,
            Instant createdAt) {}

    record Asked(
            UUID id, String kind, String outcome, @Nullable String reason, long reservationId, Instant decidedAt) {}

    ExportClient(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /** @param after the id of a reservation, after which the page begins; the export is empty when there is no such client */
    Optional<Exported> export(long restaurantId, long id, long after) {
        return restaurants.read(restaurantId, jdbc -> StoredClients.find(jdbc, restaurantId, id)
                .map(client -> export(jdbc, restaurantId, client, after)));
    }

    private static Exported export(JdbcClient jdbc, long restaurantId, Client client, long after) {
        // One more than fits tells whether there is another page.
        List<Visit> visits = visits(jdbc, restaurantId, client.id(), after, PAGE + 1);
        boolean more = visits.size() > PAGE;
        List<Visit> shown = more ? visits.subList(0, PAGE) : visits;
        long total = jdbc.sql(
                        "select count(*) from all_reservations where restaurant_id = :restaurant and client_id = :client")
                .param("restaurant", restaurantId)
                .param("client", client.id())
                .query(Long.class)
                .single();
        return new Exported(
                client,
                shown,
                requests(jdbc, restaurantId, shown),
                total,
                more ? shown.getLast().id() : null);
    }

    private static List<Visit> visits(JdbcClient jdbc, long restaurantId, long clientId, long after, int limit) {
        return jdbc.sql(
                        """
                        select id, starts_at, ends_at, guests, table_id, status, version, partner_id, request_id,
                               reference, notes, cancel_reason, created_at
                        from all_reservations
                        where restaurant_id = :restaurant and client_id = :client and id > :after
                        order by id limit :limit
                        """)
                .param("restaurant", restaurantId)
                .param("client", clientId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Visit(
                        row.getLong("id"),
                        instant(row, "starts_at"),
                        instant(row, "ends_at"),
                        row.getInt("guests"),
                        row.getLong("table_id"),
                        row.getString("status"),
                        row.getInt("version"),
                        row.getLong("partner_id"),
                        row.getObject("request_id", UUID.class),
                        row.getString("reference"),
                        row.getString("notes"),
                        row.getString("cancel_reason"),
                        instant(row, "created_at")))
                .list();
    }

    /** No index leads from a reservation to its requests while they are young: exports are rare, and every decision would pay for it. */
    private static List<Asked> requests(JdbcClient jdbc, long restaurantId, List<Visit> visits) {
        return jdbc.sql(
                        """
                        select id, kind, outcome, reason, reservation_id, decided_at
                        from all_booking_requests
                        where restaurant_id = :restaurant and reservation_id = any (:reservations)
                        order by decided_at, id
                        """)
                .param("restaurant", restaurantId)
                .param("reservations", visits.stream().map(Visit::id).toArray(Long[]::new))
                .query((row, number) -> new Asked(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getLong("reservation_id"),
                        instant(row, "decided_at")))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
