package io.headwaiter.local.benchmark;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What stays in the heaps of gateway and worker after a full collection, at the start, half way and at the end of a run at full
 * load: it must not grow. Beside it the most that any collection left, and found.
 */
final class WatchHeaps implements Trial {

    private static final int RESTAURANTS = 500;
    private static final int CREATED = 201;
    private static final int REFUSED = 409;

    private final Stage stage;

    WatchHeaps(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        Wishes wishes = new Wishes(Town.of(stage, RESTAURANTS), round);
        Settings settings = stage.settings();
        Run run = new Run(Load.HEAPS, Run.HEADWAITER, round);
        Map<String, Path> collections = new TreeMap<>(Map.of(
                "gateway", settings.folder().resolve("gateway-gc-%d.log".formatted(round)),
                "worker", settings.folder().resolve("worker-gc-%d.log".formatted(round))));
        Answers answers = new Answers(WarmUp.atMost(settings) + settings.seconds());
        try (Headwaiter headwaiter = Headwaiter.launch(stage, collections)) {
            Progress.say("%s: %d callers for %d s, after %d s or more to warm up"
                    .formatted(run.load(), settings.callers(), settings.seconds(), settings.warmUp()));
            Map<String, Long> processes = new TreeMap<>(headwaiter.processes());
            try (ClosedLoop callers =
                    ClosedLoop.start(headwaiter.url(), () -> wishes.get().overHttp(""), settings.callers(), answers)) {
                WarmUp.await(answers, settings);
                look(run, processes, "at the start");
                answers.measure();
                LockSupport.parkNanos(SECONDS.toNanos(settings.seconds()) / 2);
                look(run, processes, "half way");
                LockSupport.parkNanos(SECONDS.toNanos(settings.seconds()) / 2);
                answers.enough();
                look(run, processes, "at the end");
            }
            run.with(Figures.ANSWERED, answers.perSecond());
            processes.forEach((name, pid) -> {
                run.with(
                        name + ": heap MB grown from the start to the end",
                        run.figure(liveHeap(name, "at the end")).orElseThrow()
                                - run.figure(liveHeap(name, "at the start")).orElseThrow());
                OtherHeap.Worst worst = OtherHeap.worst(Objects.requireNonNull(collections.get(name)));
                run.with(name + ": heap MB, most before any GC", worst.before())
                        .with(name + ": heap MB, most after any GC", worst.after())
                        .with(name + ": process MB, most", OtherHeap.mostResidentMegabytes(pid));
            });
        }
        run.mustBe(0, "answered neither 201 nor 409", answers.others(CREATED, REFUSED));
        new CheckBookings(stage.jdbc()).decisions(run, answers.with(CREATED) + answers.with(REFUSED));
        done.accept(run);
    }

    private static void look(Run run, Map<String, Long> processes, String when) {
        processes.forEach((name, pid) -> run.with(liveHeap(name, when), OtherHeap.liveMegabytes(pid)));
    }

    static String liveHeap(String process, String when) {
        return process + ": heap MB after full GC, " + when;
    }
}
