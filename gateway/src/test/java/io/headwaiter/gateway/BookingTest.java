package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import org.junit.jupiter.api.Test;

class BookingTest {

    private final Headwaiter headwaiter = Headwaiter.shared();

    @Test
    void a_booking_is_confirmed_with_its_table_and_its_guest() {
        Known restaurant = headwaiter.add(aRestaurant().withTables(2, 4));

        Reply reply = headwaiter
                .of(restaurant)
                .post(restaurant.reservations(), "{\"date\":\"2027-01-01T18:00:00Z\",\"guests\":4}");

        System.out.println(reply);
        assertThat(reply.status()).isEqualTo(201);
    }
}
