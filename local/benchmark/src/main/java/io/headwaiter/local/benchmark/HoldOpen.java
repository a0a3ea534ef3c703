package io.headwaiter.local.benchmark;

import io.headwaiter.local.fixtures.PrometheusPage;
import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What the gateway's heap holds while 2,000 live streams are open and 2,000 callers wait for an outcome: at twenty restaurants, so
 * that each booking is heard on a hundred streams. The worker is started once all of them wait.
 */
final class HoldOpen {

    private static final int HALLS = 20;
    private static final int STREAMS = 2_000;
    private static final int POSTS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Stage stage;
    private final List<Town> halls;

    HoldOpen(Stage stage) {
        this.stage = stage;
        this.halls = IntStream.range(0, HALLS).mapToObj(i -> Town.hall(stage)).toList();
    }

    Run run(int round) {
        Run run = new Run(Load.STREAMS, Run.HEADWAITER, round);
        Path collections = stage.settings().folder().resolve("gateway-gc.log");
        int operatorsPort = FreePort.find();
        LocalApp gateway = stage.launchGateway(List.of(
                "-Xlog:gc:file=" + collections,
                "-Dmanagement.server.port=" + operatorsPort,
                "-Dheadwaiter.gateway.wait-at-most=%ds".formatted(OpenCall.WAIT_SECONDS)));
        Stage.awaitReady(gateway);
        run.with("heap MB after full GC, idle", OtherHeap.liveMegabytes(gateway.pid()));
        Progress.say("opening %,d streams".formatted(STREAMS));
        List<OpenCall> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> OpenCall.stream(stage.gatewayUrl(), hall(i)))
                .toList();
        run.mustBe(STREAMS, "streams open", count(streams, 200))
                .with("heap MB after full GC, with the streams", OtherHeap.liveMegabytes(gateway.pid()));
        Progress.say("posting %,d bookings, which nobody decides yet".formatted(POSTS));
        List<OpenCall> posts = IntStream.range(0, POSTS)
                .mapToObj(i -> OpenCall.post(stage.gatewayUrl(), hall(i), body(i / HALLS)))
                .toList();
        String metrics = "http://%s:%d".formatted(stage.gatewayUrl().getHost(), operatorsPort);
        await(() -> waiting(metrics) == POSTS);
        run.mustBe(POSTS, "callers waiting", waiting(metrics))
                .with("heap MB after full GC, with streams and waits", OtherHeap.liveMegabytes(gateway.pid()));
        OtherHeap.write(gateway.pid(), stage.settings().folder().resolve("gateway-heap.txt"));
        Progress.say("having them decided");
        LocalApp worker = stage.launchWorker();
        int heardByEach = POSTS / HALLS;
        await(() -> posts.stream().allMatch(OpenCall::isAnswered)
                && streams.stream().allMatch(call -> call.events() >= heardByEach));
        OtherHeap.Worst worst = OtherHeap.worst(collections);
        run.mustBe(POSTS, "answered 201", count(posts, 201))
                .mustBe(
                        (long) STREAMS * heardByEach,
                        "events heard",
                        streams.stream().mapToInt(OpenCall::events).sum())
                .mustBe(0, "streams ended", (long) PrometheusPage.at(metrics).sum("headwaiter_streams_ended_total"))
                .with("heap MB after full GC, when all is told", OtherHeap.liveMegabytes(gateway.pid()))
                .with("heap MB, most after any GC", worst.after())
                .with("heap MB, most before any GC", worst.before())
                .with("process MB, most", OtherHeap.mostResidentMegabytes(gateway.pid()));
        streams.forEach(OpenCall::close);
        posts.forEach(OpenCall::close);
        Stage.stop(gateway);
        Stage.stop(worker);
        return run;
    }

    /** Of those that are answered. */
    private static long count(List<OpenCall> calls, int status) {
        await(() -> calls.stream().allMatch(OpenCall::isAnswered));
        return calls.stream()
                .filter(call -> call.isAnswered() && call.status() == status)
                .count();
    }

    private static long waiting(String metrics) {
        return (long) PrometheusPage.at(metrics).sum("headwaiter_callers_waiting");
    }

    private Town hall(int number) {
        return halls.get(number % HALLS);
    }

    /** There are more tables of each size than so many parties take. */
    private static String body(int number) {
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(2, ChronoUnit.DAYS)
                .plus(18, ChronoUnit.HOURS);
        return """
                {"date":"%s","guests":%d,"client":{"name":"John Doe","email":"john.%d@example.com"}}"""
                .formatted(start, 2 + 2 * (number % 5), number);
    }

    private static void await(BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
