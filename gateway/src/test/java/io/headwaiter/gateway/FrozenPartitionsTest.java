package io.headwaiter.gateway;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.schemas.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenPartitionsTest {

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Known restaurant = headwaiter.add(aRestaurant().withTables(4));

    @Test
    void a_gateway_ends_with_a_sentence_when_somebody_adds_a_partition(@TempDir Path directory) throws Exception {
        LocalBroker broker =
                LocalBroker.start(new LocalBroker.Settings(directory.resolve("broker"), FreePort.find(), "256m", true));
        int port = FreePort.find();
        Path log = directory.resolve("gateway.log");
        LocalApp gateway = launch(broker, port, log);
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Until the topics are made it waits for them.
            kafka.createTopics(List.of(
                            new NewTopic(Topics.REQUESTS, Topics.REQUEST_PARTITIONS, (short) 1),
                            new NewTopic(Topics.EVENTS, Topics.EVENT_PARTITIONS, (short) 1)))
                    .all()
                    .get();
            gateway.awaitReady(Duration.ofSeconds(60));
            Callers callers = new Callers("http://localhost:" + port, restaurant.key());
            assertThat(callers.post(
                                    restaurant.reservations(),
                                    "{\"date\":\"" + JANUARY + "-01T18:00:00Z\",\"guests\":4}",
                                    "Prefer",
                                    "respond-async")
                            .status())
                    .isEqualTo(202);

            kafka.createPartitions(Map.of(Topics.REQUESTS, NewPartitions.increaseTo(13)))
                    .all()
                    .get();

            assertThat(gateway.process().onExit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(log).content().contains("The topic booking.requests has 13 partitions and must have 12");
        } finally {
            gateway.process().kill();
            broker.stop(Duration.ofSeconds(1));
        }
    }

    private LocalApp launch(LocalBroker broker, int port, Path log) {
        return LocalApp.launch(new LocalApp.Settings(
                "The gateway",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName(),
                List.of("--server.port=" + port, "--headwaiter.gateway.partitions-check=200ms"),
                "256m",
                Map.of(
                        "HEADWAITER_KAFKA",
                        broker.bootstrapServers(),
                        "HEADWAITER_DATABASE_URL",
                        headwaiter.jdbcUrl(),
                        "HEADWAITER_DATABASE_PASSWORD",
                        Headwaiter.GATEWAY_PASSWORD,
                        "HEADWAITER_TOKEN_SECRET",
                        RunningGateway.TOKEN_SECRET),
                log,
                List.of(get(port, "/actuator/health/readiness"), get(port, restaurant.clients()))));
    }

    private HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + restaurant.key())
                .build();
    }
}
