package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.schemas.GuestDetails;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** A restaurant's clients in the database. */
@Component
class StoredClients {

    /** strpos takes every character literally, where LIKE has wildcards. */
    private static final String SEARCHED =
            """
            restaurant_id = :restaurant
              and (:any::text is null
                   or strpos(lower(name), lower(:any)) > 0
                   or strpos(email_key, lower(:any)) > 0
                   or strpos(translate(phone, '+ ().-', ''), :any_digits::text) > 0)
              and (:name::text is null or strpos(lower(name), lower(:name)) > 0)
              and (:email::text is null or strpos(email_key, lower(:email)) > 0)
              and (:digits::text is null or strpos(translate(phone, '+ ().-', ''), :digits) > 0)
            """;

    private final OneRestaurant restaurants;

    /**
     * @param clients one more than fits the page, when there is one
     * @param total of those who were looked for, not of the page
     */
    record Page(List<Client> clients, long total) {}

    StoredClients(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    Page list(long restaurantId, ClientSearch search, Paging paging) {
        return restaurants.read(restaurantId, jdbc -> {
            List<Client> clients = searched(
                            jdbc,
                            "select " + Client.COLUMNS + " from clients where " + SEARCHED
                                    + " and id > :after order by id limit :limit",
                            restaurantId,
                            search)
                    .param("after", paging.after())
                    .param("limit", paging.limit() + 1)
                    .query((row, number) -> Client.of(row))
                    .list();
            long total = searched(jdbc, "select count(*) from clients where " + SEARCHED, restaurantId, search)
                    .query(Long.class)
                    .single();
            return new Page(clients, total);
        });
    }

    private static StatementSpec searched(JdbcClient jdbc, String sql, long restaurantId, ClientSearch search) {
        return jdbc.sql(sql)
                .param("restaurant", restaurantId)
                .param("any", search.any())
                .param("any_digits", search.anyDigits())
                .param("name", search.name())
                .param("email", search.email())
                .param("digits", search.digits());
    }

    Optional<Client> find(long restaurantId, long id) {
        return restaurants.read(restaurantId, jdbc -> find(jdbc, restaurantId, id));
    }

    /** As {@link #find(long, long)}, within a transaction. */
    static Optional<Client> find(JdbcClient jdbc, long restaurantId, long id) {
        return jdbc.sql("select " + Client.COLUMNS + " from clients where restaurant_id = :restaurant and id = :id")
                .param("restaurant", restaurantId)
                .param("id", id)
                .query((row, number) -> Client.of(row))
                .optional();
    }

    /** The new client; empty when the restaurant has one with this e-mail address already. */
    Optional<Client> add(long restaurantId, GuestDetails guest) {
        return restaurants.write(restaurantId, jdbc -> jdbc.sql(
                        """
                        insert into clients (restaurant_id, name, email, phone)
                        values (:restaurant, :name, :email, :phone)
                        on conflict on constraint client_email_taken do nothing
                        returning\s"""
                                + Client.COLUMNS)
                .param("restaurant", restaurantId)
                .param("name", guest.name())
                .param("email", guest.email())
                .param("phone", guest.phone())
                .query((row, number) -> Client.of(row))
                .optional());
    }
}
