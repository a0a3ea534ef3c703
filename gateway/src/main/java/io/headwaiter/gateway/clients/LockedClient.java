package io.headwaiter.gateway.clients;

import io.headwaiter.schemas.GuestDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A client that nobody else changes, deletes or books for until this transaction ends. A booking holds a key share lock on its
 * client from its insert on, and this lock waits for that: what the next statement sees is all there is.
 */
record LockedClient(JdbcClient jdbc, long restaurantId, Client now) {

    /** Waits for the lock. Ends the request with 404 when there is no such client. */
    static LockedClient lock(JdbcClient jdbc, long restaurantId, long id) {
        Client now = jdbc.sql("select " + Client.COLUMNS
                        + " from clients where restaurant_id = :restaurant and id = :id for update")
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> Client.of(row))
                .optional()
                .orElseThrow(() -> ClientProblems.notFound().asException());
        return new LockedClient(jdbc, restaurantId, now);
    }

    Client update(GuestDetails details) {
        return jdbc.sql(
                        """
                        update clients set name = :name, email = :email, phone = :phone, version = version + 1
                        where restaurant_id = :restaurant and id = :id
                        returning\s"""
                                + Client.COLUMNS)
                .param("restaurant", restaurantId)
                .param("id", now.id())
                .param("name", details.name())
                .param("email", details.email())
                .param("phone", details.phone())
                .query((row, number) -> Client.of(row))
                .single();
    }

    /** Whether a party of this client is still to come, or at its table. */
    boolean isExpected() {
        return jdbc.sql(
                        """
                        select exists (
                          select from reservations
                          where restaurant_id = :restaurant and client_id = :id
                            and status in ('confirmed', 'seated') and ends_at > now())
                        """)
                .param("restaurant", restaurantId)
                .param("id", now.id())
                .query(Boolean.class)
                .single();
    }

    /** The notes of the reservations go, too, by a trigger; the reservations stay, and name no client any more. */
    void delete() {
        jdbc.sql("delete from clients where restaurant_id = :restaurant and id = :id")
                .param("restaurant", restaurantId)
                .param("id", now.id())
                .update();
    }

    /** The notes of the reservations go, too, by a trigger; the reservations stay this client's. */
    Client anonymize() {
        return jdbc.sql(
                        """
                        update clients
                        set name = null, email = null, phone = null, anonymized_at = coalesce(anonymized_at, now()),
                            version = version + 1
                        where restaurant_id = :restaurant and id = :id
                        returning\s"""
                                + Client.COLUMNS)
                .param("restaurant", restaurantId)
                .param("id", now.id())
                .query((row, number) -> Client.of(row))
                .single();
    }
}
