package io.headwaiter.local.benchmark;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;

import io.headwaiter.local.benchmark.PartnerServers.Kind;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.Asked;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long an event takes from Kafka to its partner's server when a quarter of all servers is dead and a tenth is slow: 200
 * endpoints, each of a partner and a restaurant of its own, in turn, 500 events a second.
 */
final class DeliverWebhooks {

    private static final int ENDPOINTS = 200;
    private static final int DEAD = 50;
    private static final int SLOW = 20;
    private static final int RATE = 500;
    private static final int WARM_UP_SECONDS = 15;
    private static final int CREATED = 201;
    private static final Duration LAST_ONES = Duration.ofSeconds(60);

    private final Stage stage;
    private final List<Subscriber> subscribers = new ArrayList<>();

    private record Subscriber(long restaurantId, long partnerId, String key, Kind kind) {}

    DeliverWebhooks(Stage stage) {
        this.stage = stage;
        JdbcClient jdbc = stage.jdbc();
        for (int i = 0; i < ENDPOINTS; i++) {
            // Spread, so that no partition of the events has more of one kind than another.
            Kind kind = i % 4 == 0 ? i % 8 == 0 ? Kind.REFUSING : Kind.SILENT : i % 10 == 1 ? Kind.SLOW : Kind.HEALTHY;
            subscribers.add(subscriber(jdbc, i, kind));
        }
    }

    private Subscriber subscriber(JdbcClient jdbc, int number, Kind kind) {
        long restaurant = aRestaurant().withTables(4).addTo(stage.dataSource()).id();
        String key = "webhooks-key-" + UUID.randomUUID();
        long partner = jdbc.sql(
                        """
                        with partner as (insert into partners (name) values (:name) returning id),
                             key as (insert into api_keys (partner_id, key_hash) select id, :hash from partner returning id),
                             granted as (insert into api_key_restaurants (api_key_id, restaurant_id) select id, :restaurant from key)
                        select id from partner
                        """)
                .param("name", "Partner " + number)
                .param("hash", Sha256.of(key.getBytes(StandardCharsets.UTF_8)))
                .param("restaurant", restaurant)
                .query(Long.class)
                .single();
        return new Subscriber(restaurant, partner, key, kind);
    }

    Run run(int round) {
        Run run = new Run(Load.WEBHOOKS, Run.HEADWAITER, round);
        LocalApp gateway = stage.launchGateway();
        Stage.awaitReady(gateway);
        try (PartnerServers servers = new PartnerServers();
                KafkaProducer<byte[], byte[]> events = new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                stage.bootstrapServers(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            subscribe(servers);
            int seconds = stage.settings().seconds();
            Progress.say("publishing %d events a second for %d s, after %d s to warm up"
                    .formatted(RATE, seconds, WARM_UP_SECONDS));
            publish(events, servers, WARM_UP_SECONDS * RATE, false);
            Duration before = ProcessorTime.of(gateway.process().pid());
            Duration databaseBefore = ProcessorTime.ofTree(stage.databasePid());
            long start = System.nanoTime();
            publish(events, servers, seconds * RATE, true);
            double took = (System.nanoTime() - start) / 1e9;
            Duration used = ProcessorTime.of(gateway.process().pid()).minus(before);
            Duration databaseUsed = ProcessorTime.ofTree(stage.databasePid()).minus(databaseBefore);
            boolean all = servers.awaitAllHealthy(LAST_ONES);
            Histogram latencies = servers.latencies();
            run.with("events", seconds * RATE)
                    .with("events a second", seconds * RATE / took)
                    .with("endpoints", "%d, %d dead, %d slow".formatted(ENDPOINTS, DEAD, SLOW))
                    .with("delivered to healthy endpoints", latencies.getTotalCount())
                    .mustBe(0, "missing at healthy endpoints", all ? 0 : servers.missing())
                    .mustBe(0, "delivered to another than its own", servers.strayed())
                    .with("delivered again", servers.repeated())
                    .with("median ms", millis(latencies.getValueAtPercentile(50)))
                    .with("p90 ms", millis(latencies.getValueAtPercentile(90)))
                    .with("p99 ms", millis(latencies.getValueAtPercentile(99)))
                    .with("p99.9 ms", millis(latencies.getValueAtPercentile(99.9)))
                    .with("max ms", millis(latencies.getMaxValue()))
                    .with("gateway's cores", used.toMillis() / 1e3 / took)
                    .with("PostgreSQL's cores", databaseUsed.toMillis() / 1e3 / took);
            gateway = killAndReplace(gateway, events, servers);
            all = servers.awaitAllHealthy(LAST_ONES);
            run.mustBe(0, "missing after kill -9", all ? 0 : servers.missing())
                    .mustBe(0, "under another id after kill -9", servers.strayed())
                    .with("delivered again after kill -9", servers.repeated())
                    .with("failed attempts at healthy ones", failures());
        }
        Stage.stop(gateway);
        return run;
    }

    private String failures() {
        return stage.jdbc()
                .sql(
                        """
                        select coalesce(string_agg(what, '; '), 'none')
                        from (select count(*) || ' ' || coalesce(failure, 'retried') as what
                              from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
                              where e.url like '%/HEALTHY/%' and (d.attempts > 1 or failure is not null)
                              group by failure) f
                        """)
                .query(String.class)
                .single();
    }

    /** While events come. @return the other one */
    private LocalApp killAndReplace(LocalApp gateway, KafkaProducer<byte[], byte[]> events, PartnerServers servers) {
        Progress.say("killing the gateway while events come, and starting another");
        publish(events, servers, RATE, false);
        gateway.process().kill();
        publish(events, servers, RATE, false);
        LocalApp other = stage.launchGateway();
        Stage.awaitReady(other);
        return other;
    }

    /** As partners do. */
    private void subscribe(PartnerServers servers) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Subscriber subscriber : subscribers) {
                String url = servers.url(subscriber.kind(), subscriber.partnerId());
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(stage.gatewayUrl().resolve("/api/webhook-endpoints"))
                                .header("Authorization", "Bearer " + subscriber.key())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        new String(MessageJson.write(Map.of("url", url)), StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.ofString());
                if (response.statusCode() != CREATED) {
                    throw new IllegalStateException(
                            "an endpoint was answered " + response.statusCode() + ": " + response.body());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private void publish(KafkaProducer<byte[], byte[]> events, PartnerServers servers, int count, boolean measured) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(start + i * 1_000_000_000L / RATE - System.nanoTime());
            Subscriber subscriber = subscribers.get(i % ENDPOINTS);
            String id = UUID.randomUUID().toString();
            FrozenEvent event = FrozenEvent.freeze(
                    id,
                    Fingerprint.of(new byte[16]),
                    new BookingRejected(
                            id,
                            subscriber.restaurantId(),
                            subscriber.partnerId(),
                            "no_table_available",
                            new Asked(Instant.now(), 4, null, "reference"),
                            null),
                    Instant.now(),
                    null);
            if (subscriber.kind() == Kind.HEALTHY) {
                servers.expect(id, subscriber.partnerId(), measured);
            }
            events.send(event.toRecord(subscriber.restaurantId()));
        }
        events.flush();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
