package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.deciding.DecideBatch;
import io.headwaiter.worker.deciding.Submitted;
import io.headwaiter.worker.testing.Logged;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class RehearsalTest {

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void a_worker_rehearses_before_it_joins_its_group_and_nothing_of_it_stays() {
        try (Logged logged = new Logged();
                ConfigurableApplicationContext another = worker.start()) {
            assertThat(logged.lines()).noneMatch(line -> line.startsWith("Nothing could be rehearsed"));
            assertThat(stored("booking_requests", Long.MAX_VALUE)).isZero();
        }
    }

    @Test
    void what_could_be_decided_is_undone() {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
        PlaceBooking asked = table(restaurant.id(), restaurant.table(0), EVENING, 4);
        Submitted submitted = new Submitted(
                new RequestMessage(RequestId.create(), Fingerprint.of(asked), asked), Instant.now(), null);

        try (ConfigurableApplicationContext another = worker.start()) {
            another.getBean(DecideBatch.class).rehearse(List.of(submitted));
        }

        assertThat(stored("booking_requests", restaurant.id())).isZero();
        assertThat(stored("reservations", restaurant.id())).isZero();
        assertThat(stored("table_occupancy", restaurant.id())).isZero();
    }

    private long stored(String table, long restaurantId) {
        return worker.jdbc()
                .sql("select count(*) from " + table + " where restaurant_id = ?")
                .param(restaurantId)
                .query(Long.class)
                .single();
    }
}
