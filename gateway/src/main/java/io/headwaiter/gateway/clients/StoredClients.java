package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.schemas.GuestDetails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A restaurant's clients in the database. */
@Component
class StoredClients {

    private final OneRestaurant restaurants;

    /** @param total of the restaurant, not of the page */
    record Page(List<Client> clients, long total) {}

    StoredClients(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /** @param after the id after which the page begins */
    Page list(long restaurantId, long after, int limit) {
        return restaurants.read(restaurantId, jdbc -> {
            List<Client> clients = jdbc.sql(
                            """
                            select id, name, email, phone, created_at from clients
                            where restaurant_id = :restaurant and id > :after
                            order by id limit :limit
                            """)
                    .param("restaurant", restaurantId)
                    .param("after", after)
                    .param("limit", limit)
                    .query((row, number) -> client(row))
                    .list();
            long total = jdbc.sql("select count(*) from clients where restaurant_id = :restaurant")
                    .param("restaurant", restaurantId)
                    .query(Long.class)
                    .single();
            return new Page(clients, total);
        });
    }

    Optional<Client> find(long restaurantId, long id) {
        return restaurants.read(restaurantId, jdbc -> jdbc.sql(
                        """
                        select id, name, email, phone, created_at from clients
                        where restaurant_id = :restaurant and id = :id
                        """)
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> client(row))
                .optional());
    }

    /** The new client; empty when the restaurant has one with this e-mail address already. */
    Optional<Client> add(long restaurantId, GuestDetails guest) {
        return restaurants.write(restaurantId, jdbc -> jdbc.sql(
                        """
                        insert into clients (restaurant_id, name, email, phone)
                        values (:restaurant, :name, :email, :phone)
                        on conflict on constraint client_email_taken do nothing
                        returning id, name, email, phone, created_at
                        """)
                .param("restaurant", restaurantId)
                .param("name", guest.name())
                .param("email", guest.email())
                .param("phone", guest.phone())
                .query((row, number) -> client(row))
                .optional());
    }

    private static Client client(ResultSet row) throws SQLException {
        return new Client(
                row.getLong("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
