package io.headwaiter.gateway.testing;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.local.fixtures.ARestaurant.Added;
import io.headwaiter.local.fixtures.PrometheusPage;
import io.headwaiter.local.services.Services;
import io.headwaiter.schemas.Sha256;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.WorkerApplication;
import io.headwaiter.worker.migrating.Migrate;
import io.headwaiter.worker.retiring.Retire;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Broker, database, worker and gateway, one of each for all test classes of this JVM. Tests keep out of each other's way by
 * using restaurants of their own.
 */
public final class Headwaiter {

    public static final String GATEWAY_PASSWORD = "gateway's secret";

    private static @Nullable Headwaiter shared;

    private final Services services = Services.shared();
    private final String databaseName = services.createDatabase();
    private final PGSimpleDataSource superuser = new PGSimpleDataSource();
    // To log in costs more than most of what is asked.
    private final HikariDataSource pool = new HikariDataSource();
    private final TraceCollector traces = new TraceCollector();
    private final ConfigurableApplicationContext worker;
    private final RunningGateway gateway;

    private Headwaiter() {
        superuser.setUrl(jdbcUrl());
        superuser.setUser(services.superuser());
        superuser.setPassword(services.superuserPassword());
        pool.setDataSource(superuser);
        pool.setMaximumPoolSize(4);
        int status = Migrate.run(
                "--spring.kafka.bootstrap-servers=" + services.bootstrapServers(),
                "--spring.datasource.url=" + jdbcUrl(),
                "--spring.datasource.username=" + services.superuser(),
                "--spring.datasource.password=" + services.superuserPassword(),
                "--headwaiter.worker-password=worker-secret",
                "--headwaiter.gateway-password=" + GATEWAY_PASSWORD);
        if (status != 0) {
            throw new IllegalStateException("migrate failed");
        }
        worker = startWorker();
        gateway = startGateway();
        // A worker joins its group within seconds, and until then nothing is decided.
        Known restaurant = add(ARestaurant.aRestaurant().withTables(2));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.of(restaurant)
                                .post(restaurant.reservations(), "{\"date\":\"2001-01-01T00:00Z\",\"guests\":1}")
                                .status()
                        == 409);
    }

    public static synchronized Headwaiter shared() {
        if (shared == null) {
            shared = new Headwaiter();
        }
        return shared;
    }

    public RunningGateway gateway() {
        return gateway;
    }

    /** Callers of the shared gateway with the key of this restaurant. */
    public Callers of(Known restaurant) {
        return gateway.of(restaurant);
    }

    /** Runs this while nothing is decided. */
    public void withoutDecisions(Runnable meanwhile) {
        ConcurrentMessageListenerContainer<?, ?> requests = worker.getBean(ConcurrentMessageListenerContainer.class);
        requests.pause();
        try {
            await().until(requests::isContainerPaused);
            meanwhile.run();
        } finally {
            requests.resume();
        }
    }

    private ConfigurableApplicationContext startWorker() {
        return SpringApplication.run(
                WorkerApplication.class,
                "--spring.kafka.bootstrap-servers=" + services.bootstrapServers(),
                "--spring.datasource.url=" + jdbcUrl(),
                "--spring.datasource.username=headwaiter_worker",
                "--spring.datasource.password=worker-secret",
                traced()[0],
                traced()[1],
                "--server.port=0");
    }

    /** The settings that have an application export its traces to {@link #traces}, soon. */
    public String[] traced() {
        return new String[] {
            "--management.opentelemetry.tracing.export.otlp.endpoint=" + traces.endpoint(),
            "--management.opentelemetry.tracing.export.schedule-delay=50ms"
        };
    }

    public TraceCollector traces() {
        return traces;
    }

    /** What the worker shows to Prometheus. */
    public PrometheusPage workerMetrics() {
        // Not over HTTP: with the gateway's Spring Security on this class path its port wants a password.
        return new PrometheusPage(worker.getBean(PrometheusMeterRegistry.class).scrape());
    }

    /** One more gateway; the caller closes it. What an operator sets has the names that it has in the environment. */
    public RunningGateway startGateway(String... settings) {
        return RunningGateway.start(Stream.concat(
                        Stream.of(
                                "--HEADWAITER_KAFKA=" + services.bootstrapServers(),
                                "--HEADWAITER_DATABASE_URL=" + jdbcUrl(),
                                "--HEADWAITER_DATABASE_PASSWORD=" + GATEWAY_PASSWORD,
                                "--HEADWAITER_TOKEN_SECRET=" + RunningGateway.TOKEN_SECRET,
                                "--headwaiter.gateway.directory-refresh=50ms",
                                // For those who read answers to their end.
                                "--headwaiter.gateway.streams.lifetime=200ms",
                                // Those that are to, say so: what another test waits for is not for everybody to send.
                                "--headwaiter.gateway.deliver-webhooks=false",
                                "--server.port=0"),
                        Stream.of(settings))
                .toArray(String[]::new));
    }

    public String jdbcUrl() {
        return services.jdbcUrl(databaseName);
    }

    /** Moves what is long over to the past, as an operator does every night. */
    public int retire() {
        return Retire.run(
                "retire",
                "--spring.kafka.bootstrap-servers=" + services.bootstrapServers(),
                "--spring.datasource.url=" + jdbcUrl(),
                "--spring.datasource.username=" + services.superuser(),
                "--spring.datasource.password=" + services.superuserPassword());
    }

    public String bootstrapServers() {
        return services.bootstrapServers();
    }

    /** As the database's superuser, whom no wall stops. */
    public JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    /** As {@link #jdbc}, and nobody else's; the caller closes it. */
    public Connection connection() throws SQLException {
        return superuser.getConnection();
    }

    /** The number of records that were ever published to the topic of requests. */
    public long requestsPublished() {
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Topics.REQUEST_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.REQUESTS, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            return kafka.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How many rows of this table are the restaurant's. */
    public long rows(String table, Known restaurant) {
        return jdbc().sql("select count(*) from " + table + " where restaurant_id = :restaurant")
                .param("restaurant", restaurant.id())
                .query(Long.class)
                .single();
    }

    /** Adds a restaurant with a key for it, and returns when the shared gateway knows both. */
    public Known add(ARestaurant restaurant) {
        Added added = restaurant.addTo(pool);
        Known known = new Known(added, addKey("bookings,clients", added.id()));
        awaitKnown(gateway, known);
        return known;
    }

    /** Returns when this gateway knows the restaurant and its key. */
    public static void awaitKnown(RunningGateway gateway, Known known) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> gateway.of(known).get(known.clients()).status() == 200);
    }

    /** A key of a new partner; gateways know it, and all that it is granted, within their refresh. */
    public String addKey(String scopes, Long... restaurants) {
        String key = "key-" + UUID.randomUUID();
        jdbc().sql(
                        """
                        with owner as (insert into partners (name) values ('A partner') returning id),
                             key as (
                               insert into api_keys (partner_id, key_hash, scopes)
                               select id, :hash, cast(:scopes as text[]) from owner returning id)
                        insert into api_key_restaurants (api_key_id, restaurant_id)
                        select key.id, restaurant from key, unnest(:restaurants) as restaurant
                        """)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .param("scopes", "{" + scopes + "}")
                .param("restaurants", restaurants)
                .update();
        return key;
    }
}
