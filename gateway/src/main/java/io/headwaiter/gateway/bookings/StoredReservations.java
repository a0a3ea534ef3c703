package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.schemas.BookingConfirmed.TableFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reservations as they are now. */
@Component
class StoredReservations {

    private final OneRestaurant restaurants;

    /** A reservation, its table, and its guest when one is named. */
    record Found(Reservation reservation, TableFacts table, @Nullable NamedClient client) {}

    StoredReservations(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    Optional<Found> find(long restaurantId, long id) {
        return restaurants.read(restaurantId, jdbc -> jdbc.sql(
                        """
                        select r.id, r.starts_at, r.ends_at, r.guests, r.table_id, r.client_id, r.status, r.version, r.reference, r.notes,
                               t.name as table_name, t.capacity, c.name as client_name, c.email, c.phone
                        from reservations r
                        join dining_tables t on t.restaurant_id = r.restaurant_id and t.id = r.table_id
                        left join clients c on c.restaurant_id = r.restaurant_id and c.id = r.client_id
                        where r.restaurant_id = :restaurant and r.id = :id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> found(row, restaurantId))
                .optional());
    }

    private static Found found(ResultSet row, long restaurantId) throws SQLException {
        Long clientId = row.getObject("client_id", Long.class);
        String status = row.getString("status");
        Reservation reservation = new Reservation(
                row.getLong("id"),
                row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                row.getInt("guests"),
                row.getLong("table_id"),
                restaurantId,
                clientId,
                !status.equals(Reservation.CANCELLED),
                status,
                row.getInt("version"),
                row.getString("reference"),
                row.getString("notes"));
        TableFacts table = new TableFacts(reservation.tableId(), row.getString("table_name"), row.getInt("capacity"));
        NamedClient client = clientId == null
                ? null
                : new NamedClient(
                        clientId, row.getString("client_name"), row.getString("email"), row.getString("phone"));
        return new Found(reservation, table, client);
    }
}
