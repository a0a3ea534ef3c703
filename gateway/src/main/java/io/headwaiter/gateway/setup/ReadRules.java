package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a restaurant goes by, as it is now, with the version to be named in {@code If-Match}. */
@Component
class ReadRules {

    private final OneRestaurant restaurants;

    private record Versioned<T>(long version, T body) {}

    ReadRules(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /** The version is read first: should something change in between, a change by it is refused, and not the other way round. */
    <T> ResponseEntity<T> answer(Admission admission, Function<JdbcClient, T> read) {
        Versioned<T> found = restaurants.read(
                admission.restaurantId(),
                jdbc -> new Versioned<>(
                        jdbc.sql("select plan_version from restaurants where id = :restaurant")
                                .param("restaurant", admission.restaurantId())
                                .query(Long.class)
                                .optional()
                                .orElseThrow(
                                        () -> Admission.restaurantNotFound().asException()),
                        read.apply(jdbc)));
        return ResponseEntity.ok().eTag(IfMatch.tag(found.version())).body(found.body());
    }
}
