package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.EveryRequestAnswered;
import io.headwaiter.worker.testing.Logged;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RunningWorker;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;

/** A server that is away is nobody's fault: requests wait, in their place, until it is back. */
class OutageTest {

    private static final int PARTITION = 2;
    /** As application.yaml says. */
    private static final int MOST_CONNECTIONS = 14;

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));

    @Test
    void what_is_sent_while_the_database_refuses_the_worker_is_decided_when_it_is_back() throws Exception {
        worker.events.confirmed(worker.placeOn(PARTITION, RequestId.create(), aTable(restaurant.id(), EVENING, 4)));
        worker.awaitStatus(READINESS, 200);
        List<String> members = members();
        long deadLetters = deadLetters();
        List<RequestMessage> asked = new ArrayList<>();
        execute("alter role headwaiter_worker nologin");
        try {
            execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'headwaiter_worker'");
            for (int i = 1; i <= 20; i++) {
                asked.add(worker.placeOn(
                        PARTITION, RequestId.create(), aTable(restaurant.id(), minutesAfter(EVENING, 90L * i), 4)));
            }
            worker.awaitStatus(READINESS, 503);
            assertThat(worker.get(LIVENESS).statusCode()).isEqualTo(200);
            assertThat(asked)
                    .allMatch(request -> worker.events.seen(request.id()).isEmpty());
        } finally {
            execute("alter role headwaiter_worker login");
        }

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        worker.awaitStatus(READINESS, 200);
        // The same consumers as before: nobody left the group, and no partition changed hands.
        assertThat(members()).isEqualTo(members);
        assertThat(deadLetters()).isEqualTo(deadLetters);
        assertThat(asked).allMatch(request -> worker.events.seen(request.id()).size() == 1);
    }

    @Test
    void what_is_sent_while_every_connection_of_the_pool_is_held_waits_in_its_place() throws Exception {
        worker.events.confirmed(worker.placeOn(PARTITION, RequestId.create(), aTable(restaurant.id(), EVENING, 4)));
        List<String> members = members();
        long deadLetters = deadLetters();
        DataSource pool = worker.context().getBean(DataSource.class);
        List<Connection> held = new ArrayList<>();
        List<RequestMessage> asked = new ArrayList<>();
        try (Logged logged = new Logged()) {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                held.add(pool.getConnection());
            }
            for (int i = 1; i <= 20; i++) {
                asked.add(worker.placeOn(
                        PARTITION, RequestId.create(), aTable(restaurant.id(), minutesAfter(EVENING, 150L * i), 4)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> logged.lines().stream()
                    .anyMatch(line -> line.contains("tried again") && line.contains("Connection is not available")));
            assertThat(asked)
                    .allMatch(request -> worker.events.seen(request.id()).isEmpty());
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }

        new EveryRequestAnswered(worker.jdbc(), worker.events).check(asked);
        new NoDoubleBooking(worker.jdbc()).check();
        assertThat(members()).isEqualTo(members);
        assertThat(deadLetters()).isEqualTo(deadLetters);
    }

    @Test
    void a_right_that_the_worker_lacks_is_no_fault_of_the_request() throws Exception {
        long deadLetters = deadLetters();
        RequestMessage asked;
        execute("revoke insert on reservations from headwaiter_worker");
        try (Logged logged = new Logged()) {
            long before = worker.committedOffset(PARTITION);
            asked = worker.placeOn(PARTITION, RequestId.create(), aTable(restaurant.id(), EVENING, 4));
            await().atMost(Duration.ofSeconds(30)).until(() -> logged.lines().stream()
                    .anyMatch(line -> line.contains("tried again") && line.contains("permission denied")));
            assertThat(worker.committedOffset(PARTITION)).isEqualTo(before);
        } finally {
            execute("grant insert on reservations to headwaiter_worker");
        }

        worker.events.confirmed(asked);
        assertThat(deadLetters()).isEqualTo(deadLetters);
    }

    private void execute(String sql) {
        worker.execute(sql);
    }

    private long deadLetters() {
        return worker.events.deadLetterCount();
    }

    private List<String> members() throws ExecutionException, InterruptedException {
        try (Admin admin = worker.admin()) {
            return admin.describeConsumerGroups(List.of("booking-worker")).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::consumerId)
                    .sorted()
                    .toList();
        }
    }
}
