package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.directory.RefreshDirectory;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts a restaurant into the database whole, or not at all. */
@Component
class CreateRestaurant {

    private final JdbcClient jdbc;
    private final OneRestaurant restaurants;
    private final RefreshDirectory directory;

    /** @param version of the plan */
    record Created(long id, long version, Settings settings) {}

    CreateRestaurant(JdbcClient jdbc, OneRestaurant restaurants, RefreshDirectory directory) {
        this.jdbc = jdbc;
        this.restaurants = restaurants;
        this.directory = directory;
    }

    /** @param document found to be within the contract */
    Created from(RestaurantDocument document) {
        long id = newId();
        Created created = restaurants.write(id, inside -> insert(inside, id, document));
        directory.catchUp();
        return created;
    }

    /** A transaction writes to the restaurant that it names, so there must be a name before there is a row. */
    private long newId() {
        return jdbc.sql("select nextval(pg_get_serial_sequence('restaurants', 'id'))")
                .query(Long.class)
                .single();
    }

    private static Created insert(JdbcClient jdbc, long id, RestaurantDocument document) {
        jdbc.sql("insert into restaurants (id, name, time_zone) values (:id, :name, :time_zone)")
                .param("id", id)
                .param("name", document.settings().name())
                .param("time_zone", document.settings().timeZone())
                .update();
        StoredRules rules = new StoredRules(jdbc, id);
        // What the document does not say stays as the database has it by default.
        rules.change(document.settings());
        rules.replace(document.turnTimes());
        rules.replace(document.week());
        rules.add(document.specialDays());
        new StoredTables(jdbc, id).add(document.tables().tables());
        long version = jdbc.sql("select plan_version from restaurants where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
        return new Created(id, version, rules.settings());
    }
}
