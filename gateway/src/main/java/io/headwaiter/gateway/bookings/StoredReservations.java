package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.bookings.ReservationSearch.Place;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.schemas.TableFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reservations as they are now, and those of the past as they were left. */
@Component
class StoredReservations {

    private static final String COLUMNS =
            "r.id, r.starts_at, r.ends_at, r.guests, r.table_id, r.client_id, r.status, r.version, r.reference, r.notes, r.cancel_reason";

    private final OneRestaurant restaurants;

    /** A reservation, its table, and its guest when one is named. */
    record Found(Reservation reservation, TableFacts table, @Nullable NamedClient client) {}

    /** @param nextAfter where the next page begins; null when there is none */
    record Page(List<Reservation> reservations, long total, @Nullable String nextAfter) {}

    StoredReservations(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    Optional<Found> find(long restaurantId, long id, Visibility visibility) {
        return restaurants.read(restaurantId, jdbc -> jdbc.sql(
                        "select " + COLUMNS
                                + """
                        , t.name as table_name, t.capacity, c.name as client_name, c.email, c.phone
                        from all_reservations r
                        join dining_tables t on t.restaurant_id = r.restaurant_id and t.id = r.table_id
                        left join clients c on c.restaurant_id = r.restaurant_id and c.id = r.client_id
                        where r.restaurant_id = :restaurant and r.id = :id and (:all or r.partner_id = :partner)
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .param("all", visibility.all())
                .param("partner", visibility.partnerId())
                .query((row, number) -> found(row, restaurantId))
                .optional());
    }

    Page list(long restaurantId, ReservationSearch search) {
        if (search.none()) {
            return new Page(List.of(), 0, null);
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        String matching = matching(restaurantId, search, parameters);
        return restaurants.read(restaurantId, jdbc -> {
            long total = jdbc.sql("select count(*) from all_reservations r where " + matching)
                    .params(parameters)
                    .query(Long.class)
                    .single();
            List<Reservation> found = page(jdbc, matching, parameters, restaurantId, search);
            boolean more = found.size() > search.limit();
            List<Reservation> shown = more ? found.subList(0, search.limit()) : found;
            String next =
                    more ? new Place(shown.getLast().date(), shown.getLast().id()).toString() : null;
            return new Page(shown, total, next);
        });
    }

    /** One more than fits the page, when there is one. */
    private static List<Reservation> page(
            JdbcClient jdbc,
            String matching,
            Map<String, Object> parameters,
            long restaurantId,
            ReservationSearch search) {
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        String after = "";
        Place place = search.after();
        if (place != null) {
            after = " and (r.starts_at, r.id) > (:after_start, :after_id)";
            all.put("after_start", place.start().atOffset(ZoneOffset.UTC));
            all.put("after_id", place.id());
        }
        all.put("limit", search.limit() + 1);
        return jdbc.sql("select " + COLUMNS + " from all_reservations r where " + matching + after
                        + " order by r.starts_at, r.id limit :limit")
                .params(all)
                .query((row, number) -> reservation(row, restaurantId))
                .list();
    }

    /** Plain comparisons of columns: the index on (restaurant_id, starts_at, id) answers them under row level security. */
    private static String matching(long restaurantId, ReservationSearch search, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>(List.of("r.restaurant_id = :restaurant"));
        parameters.put("restaurant", restaurantId);
        add(
                conditions,
                parameters,
                "r.partner_id = :partner",
                "partner",
                search.visibility().all() ? null : search.visibility().partnerId());
        add(
                conditions,
                parameters,
                "r.starts_at >= :from",
                "from",
                search.from() == null ? null : search.from().atOffset(ZoneOffset.UTC));
        add(
                conditions,
                parameters,
                "r.starts_at < :before",
                "before",
                search.before() == null ? null : search.before().atOffset(ZoneOffset.UTC));
        add(
                conditions,
                parameters,
                "r.status in (:statuses)",
                "statuses",
                search.statuses().isEmpty() ? null : search.statuses());
        add(conditions, parameters, "r.client_id = :client", "client", search.clientId());
        add(conditions, parameters, "r.table_id = :table", "table", search.tableId());
        // By way of the decision: a reservation does not move its request into any index.
        add(
                conditions,
                parameters,
                """
                r.id = (select b.reservation_id from all_booking_requests b
                        where b.restaurant_id = :restaurant and b.id = :request order by b.decided_at desc limit 1)
                """,
                "request",
                search.requestId() == null ? null : search.requestId().value());
        return String.join(" and ", conditions);
    }

    private static void add(
            List<String> conditions,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }

    private static Found found(ResultSet row, long restaurantId) throws SQLException {
        Reservation reservation = reservation(row, restaurantId);
        Long clientId = reservation.clientId();
        TableFacts table = new TableFacts(reservation.tableId(), row.getString("table_name"), row.getInt("capacity"));
        NamedClient client = clientId == null
                ? null
                : new NamedClient(
                        clientId, row.getString("client_name"), row.getString("email"), row.getString("phone"));
        return new Found(reservation, table, client);
    }

    private static Reservation reservation(ResultSet row, long restaurantId) throws SQLException {
        String status = row.getString("status");
        return new Reservation(
                row.getLong("id"),
                row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                row.getInt("guests"),
                row.getLong("table_id"),
                restaurantId,
                row.getObject("client_id", Long.class),
                !status.equals(Reservation.CANCELLED),
                status,
                row.getInt("version"),
                row.getString("reference"),
                row.getString("notes"),
                row.getString("cancel_reason"));
    }
}
