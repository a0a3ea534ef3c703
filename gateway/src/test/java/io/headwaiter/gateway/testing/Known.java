package io.headwaiter.gateway.testing;

import io.headwaiter.local.fixtures.ARestaurant.Added;

/**
 * A restaurant that the shared gateway knows.
 *
 * @param key opens this restaurant and no other, for bookings and clients
 */
public record Known(Added added, String key) {

    public long id() {
        return added.id();
    }

    public long table(int index) {
        return added.table(index);
    }

    public String path() {
        return "/api/restaurants/" + id();
    }

    public String reservations() {
        return path() + "/reservations";
    }

    public String clients() {
        return path() + "/clients";
    }

    public String availability(String query) {
        return path() + "/availability?" + query;
    }
}
