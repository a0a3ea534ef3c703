package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import io.headwaiter.rules.DiningTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.HdrHistogram.Histogram;

/** How long one caller waits for a booking, from POST to 201, when nobody else wants anything. */
final class PostAndWait {

    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 3_000;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final Stage stage;
    private final Hall hall;

    PostAndWait(Stage stage) {
        this.stage = stage;
        this.hall = Hall.add(stage.dataSource());
    }

    Run run(int round) {
        Run run = new Run("POST to 201");
        LocalApp worker = stage.launchWorker();
        LocalApp gateway = stage.launchGateway();
        Stage.awaitReady(worker);
        Stage.awaitReady(gateway);
        Progress.say("posting %,d bookings one after the other, after %,d to warm up".formatted(MEASURED, WARM_UP));
        try (HttpClient client = HttpClient.newHttpClient()) {
            Histogram latencies = new Histogram(3);
            int late = 0;
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                long start = System.nanoTime();
                int status = post(client, i);
                long time = System.nanoTime() - start;
                if (i >= WARM_UP) {
                    latencies.recordValue(time);
                    late += status == CREATED ? 0 : 1;
                }
            }
            run.with("requests", MEASURED)
                    .mustBe(0, "answered 202", late)
                    .with("median ms", millis(latencies.getValueAtPercentile(50)))
                    .with("p90 ms", millis(latencies.getValueAtPercentile(90)))
                    .with("p99 ms", millis(latencies.getValueAtPercentile(99)))
                    .with("max ms", millis(latencies.getMaxValue()));
        }
        Stage.stop(gateway);
        Stage.stop(worker);
        new CheckBookings(stage.jdbc(), hall).into(run, WARM_UP + MEASURED);
        return run;
    }

    /** @return 201; or 202, as long as the worker is not there yet */
    private int post(HttpClient client, int number) {
        HttpRequest request = HttpRequest.newBuilder(reservations())
                .header("Authorization", "Bearer " + hall.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(number)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != CREATED && response.statusCode() != ACCEPTED) {
                throw new IllegalStateException(
                        "a booking was answered " + response.statusCode() + ": " + response.body());
            }
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private URI reservations() {
        return stage.gatewayUrl().resolve("/api/restaurants/" + hall.id() + "/reservations");
    }

    /** Every table at one time of a day, then the next day: always free. */
    private String body(int number) {
        int tables = hall.plan().tables().size();
        DiningTable table = hall.plan().tables().get(number % tables);
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(2L + number / tables, ChronoUnit.DAYS)
                .plus(18, ChronoUnit.HOURS);
        return """
                {"date":"%s","guests":2,"table_id":%d,"client":{"name":"John Doe","email":"john.%d@example.com"}}
                """
                .formatted(start, table.id(), number);
    }

    private static String millis(long nanos) {
        return "%.2f".formatted(nanos / 1e6);
    }
}
