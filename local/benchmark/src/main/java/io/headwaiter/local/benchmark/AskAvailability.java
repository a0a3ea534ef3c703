package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes to learn what is free on a day, with a million reservations in the database. Questions arrive on schedule,
 * whether or not those before are answered, and each is timed from when it was due: a pause makes all that come in it late,
 * as it would for callers who know nothing of each other.
 */
final class AskAvailability {

    private static final int A_SECOND = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int OK = 200;
    /** So many may be unanswered at once. More are a collapse, which is told by their lateness all the same. */
    private static final int UNANSWERED = 2_000;

    private final Stage stage;
    private final ManyRestaurants restaurants;

    AskAvailability(Stage stage, ManyRestaurants restaurants) {
        this.stage = stage;
        this.restaurants = restaurants;
    }

    Run run(int round) {
        int seconds = stage.settings().seconds();
        Run run = new Run("availability of a day");
        LocalApp gateway = stage.launchGateway();
        Stage.awaitReady(gateway);
        Progress.say("asking %d times a second for %d s, after %d s to warm up"
                .formatted(A_SECOND, seconds, WARM_UP.toSeconds()));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Random random = new Random(round);
            ask(client, random, (int) WARM_UP.toSeconds());
            Duration database = ProcessorTime.ofTree(stage.databasePid());
            Duration app = ProcessorTime.of(gateway.pid());
            Asked asked = ask(client, random, seconds);
            Histogram latencies = asked.latencies();
            run.with("requests", asked.count())
                    .mustBe(0, "not answered 200", asked.failed())
                    .with("median ms", millis(latencies.getValueAtPercentile(50)))
                    .with("p90 ms", millis(latencies.getValueAtPercentile(90)))
                    .with("p99 ms", millis(latencies.getValueAtPercentile(99)))
                    .with("max ms", millis(latencies.getMaxValue()))
                    .with(
                            "CPU ms a request, PostgreSQL",
                            each(ProcessorTime.ofTree(stage.databasePid()), database, asked))
                    .with("CPU ms a request, gateway", each(ProcessorTime.of(gateway.pid()), app, asked));
        }
        Stage.stop(gateway);
        return run;
    }

    private record Asked(int count, int failed, Histogram latencies) {}

    private Asked ask(HttpClient client, Random random, int seconds) {
        int count = seconds * A_SECOND;
        Histogram latencies = new ConcurrentHistogram(3);
        AtomicInteger failed = new AtomicInteger();
        Semaphore unanswered = new Semaphore(UNANSWERED);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * (1_000_000_000L / A_SECOND);
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            unanswered.acquireUninterruptibly();
            client.sendAsync(question(random), BodyHandlers.ofByteArray()).whenComplete((response, failure) -> {
                latencies.recordValue(System.nanoTime() - due);
                if (!isAnswer(response)) {
                    failed.incrementAndGet();
                }
                unanswered.release();
            });
        }
        unanswered.acquireUninterruptibly(UNANSWERED);
        return new Asked(count, failed.get(), latencies);
    }

    private static boolean isAnswer(HttpResponse<byte[]> response) {
        return response != null && response.statusCode() == OK;
    }

    private HttpRequest question(Random random) {
        long restaurant = restaurants.ids().get(random.nextInt(restaurants.ids().size()));
        URI uri = stage.gatewayUrl()
                .resolve("/api/restaurants/%d/availability?date=%s&guests=%d"
                        .formatted(
                                restaurant,
                                ManyRestaurants.firstDay().plusDays(random.nextInt(ManyRestaurants.DAYS)),
                                1 + random.nextInt(4)));
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + restaurants.key())
                .build();
    }

    private static String each(Duration after, Duration before, Asked asked) {
        return millis(after.minus(before).toNanos() / asked.count());
    }

    private static String millis(long nanos) {
        return "%.2f".formatted(nanos / 1e6);
    }
}
