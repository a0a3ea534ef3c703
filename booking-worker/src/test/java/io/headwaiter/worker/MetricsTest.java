package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.local.fixtures.PrometheusPage;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.RunningWorker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** What happens to requests is seen where Prometheus looks. */
class MetricsTest {

    private static final int PARTITION = 6;
    private static final String TAKE =
            "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)";

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4));
    private final PrometheusPage before = page();

    @Test
    void decisions_are_counted_by_outcome_and_reason_with_their_batches_and_how_long_they_took() {
        worker.events.confirmed(worker.place(aTable(restaurant.id(), EVENING, 4)));
        String reason = worker.events
                .rejected(worker.place(aTable(restaurant.id(), EVENING, 9)))
                .reason();

        awaitMore("headwaiter_decisions_total", 1, "outcome=\"confirmed\"", "reason=\"none\"");
        awaitMore("headwaiter_decisions_total", 1, "outcome=\"refused\"", "reason=\"" + reason + "\"");
        awaitMore("headwaiter_batch_size_count", 1);
        awaitMore("headwaiter_batch_size_sum", 2);
        awaitMore("headwaiter_batch_deciding_seconds_count", 1);
        awaitMore("headwaiter_batch_publishing_seconds_count", 1);
        awaitMore("headwaiter_decision_latency_seconds_count", 2);
        awaitMore("headwaiter_decision_latency_seconds_bucket", 2, "le=\"10.0\"");
        assertThat(page().samples("headwaiter_batch_size_bucket")).hasSize(12);
    }

    @Test
    void every_reason_is_there_before_anybody_is_refused_for_it() {
        assertThat(before.samples("headwaiter_decisions_total", "reason=\"beyond_horizon\""))
                .hasSize(1);
        assertThat(before.names())
                .contains(
                        "headwaiter_conflicts_total",
                        "headwaiter_deadlocks_total",
                        "headwaiter_batch_retries_total",
                        "headwaiter_events_repeated_total");
        for (String cause : new String[] {"poison", "defect"}) {
            assertThat(before.samples("headwaiter_dead_letters_total", "cause=\"" + cause + "\""))
                    .hasSize(1);
        }
        for (String cause : new String[] {"database", "broker", "other"}) {
            assertThat(before.samples("headwaiter_batch_failures_total", "cause=\"" + cause + "\""))
                    .hasSize(1);
        }
    }

    @Test
    void a_race_that_was_lost_is_counted() {
        RequestMessage asked;
        try (HeldTransaction other = taking(0)) {
            asked = worker.place(table(restaurant.id(), restaurant.table(0), EVENING, 4));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }
        worker.events.rejected(asked);

        awaitMore("headwaiter_conflicts_total", 1);
    }

    @Test
    void a_deadlock_is_counted_and_so_is_the_batch_that_runs_again() {
        RequestId first = RequestId.create();
        RequestId second = RequestId.create();
        // The worker takes tables in the order of their ids, and this one in the other.
        try (HeldTransaction other = taking(1)) {
            worker.whilePaused(() -> {
                worker.placeOn(PARTITION, first, table(restaurant.id(), restaurant.table(0), EVENING, 4));
                worker.placeOn(PARTITION, second, table(restaurant.id(), restaurant.table(1), EVENING, 4));
            });
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.with("set deadlock_timeout = '60s'");
            CompletableFuture.runAsync(() -> {
                        take(other, 0);
                        other.commit();
                    })
                    .join();
        }
        worker.events.atLeast(1, second);

        awaitMore("headwaiter_deadlocks_total", 1);
        awaitMore("headwaiter_batch_retries_total", 1);
    }

    @Test
    void a_guest_made_elsewhere_meanwhile_makes_no_batch_run_again() {
        RequestId asked = RequestId.create();
        double retries = page().sum("headwaiter_batch_retries_total");
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into clients (restaurant_id, name, email) values (?, 'Ann Lee', 'ann@example.com')",
                    restaurant.id());
            worker.placeOn(
                    PARTITION,
                    asked,
                    by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(restaurant.id(), EVENING, 4)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }
        worker.events.atLeast(1, asked);

        assertThat(page().sum("headwaiter_batch_retries_total")).isEqualTo(retries);
    }

    @Test
    void dead_letters_and_events_published_again_are_counted() {
        RequestMessage asked = worker.placeOn(PARTITION, RequestId.create(), aTable(restaurant.id(), EVENING, 4));
        worker.events.confirmed(asked);
        worker.placeOn(PARTITION, asked.id(), asked.asked());
        RecordMetadata poison = worker.sent(
                new ProducerRecord<>(Topics.REQUESTS, PARTITION, "poison", "poison".getBytes(StandardCharsets.UTF_8)));
        worker.events.deadLetter(poison.partition(), poison.offset());

        awaitMore("headwaiter_events_repeated_total", 1);
        awaitMore("headwaiter_dead_letters_total", 1, "cause=\"poison\"");
    }

    @Test
    void a_batch_that_has_to_wait_for_the_database_is_counted() {
        RequestMessage asked;
        worker.execute("revoke insert on reservations from headwaiter_worker");
        try {
            asked = worker.placeOn(PARTITION, RequestId.create(), aTable(restaurant.id(), EVENING, 4));
            awaitMore("headwaiter_batch_failures_total", 1, "cause=\"database\"");
        } finally {
            worker.execute("grant insert on reservations to headwaiter_worker");
        }
        worker.events.confirmed(asked);
    }

    @Test
    void the_lag_of_each_partition_is_shown_and_so_are_pools_and_clients() {
        for (int partition = 0; partition < Topics.REQUEST_PARTITIONS; partition++) {
            String label = "partition=\"" + partition + "\"";
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !page().samples("kafka_consumer_fetch_manager_records_lag", label)
                            .isEmpty());
        }
        assertThat(page().names())
                .contains(
                        "hikaricp_connections_active",
                        "hikaricp_connections_pending",
                        "tomcat_threads_config_max_threads",
                        "kafka_producer_record_error_total",
                        "kafka_consumer_coordinator_rebalance_total",
                        "jvm_memory_used_bytes",
                        "process_uptime_seconds");
    }

    @Test
    void no_metric_has_one_series_for_each_restaurant_or_request() {
        worker.events.confirmed(worker.place(aTable(restaurant.id(), EVENING, 4)));

        assertThat(page().text()).doesNotContain("restaurant_id", "restaurants/", "request_id");
        assertThat(page().samples().stream()
                        .filter(line -> line.startsWith("headwaiter_"))
                        .count())
                .isLessThan(200);
    }

    private void awaitMore(String name, double more, String... labels) {
        await(name)
                .atMost(Duration.ofSeconds(30))
                .until(() -> page().sum(name, labels) >= before.sum(name, labels) + more);
    }

    private PrometheusPage page() {
        return new PrometheusPage(worker.get("/actuator/prometheus").body());
    }

    private HeldTransaction taking(int index) {
        HeldTransaction other = new HeldTransaction(worker.database());
        take(other, index);
        return other;
    }

    private void take(HeldTransaction transaction, int index) {
        Instant to = minutesAfter(EVENING, 60);
        transaction.with(
                TAKE,
                restaurant.id(),
                restaurant.table(index),
                EVENING.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC));
    }
}
