package io.headwaiter.local.benchmark;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.headwaiter.local.services.LocalApp;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How many bookings are accepted a second (202) when nobody waits for the outcome: while the worker is at work on them, which is
 * what counts, and while there is none. Beside them the rival, who cannot take a booking without deciding it. All that was
 * accepted must be decided in the end.
 */
final class AcceptLater implements Trial {

    static final String WITHOUT_WORKER = "worker comes later";

    private static final int RESTAURANTS = 500;
    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int REFUSED = 409;
    private static final String RESPOND_ASYNC = "Prefer: respond-async\r\n";

    private final Stage stage;

    AcceptLater(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        done.accept(accept(new Run(Load.ACCEPT, Run.HEADWAITER, round), true));
        done.accept(accept(new Run(Load.ACCEPT, WITHOUT_WORKER, round), false));
        if (stage.settings().rivals()) {
            done.accept(rival(new Run(Load.ACCEPT, Synchronous.SYNCHRONOUS, round)));
        }
    }

    private Run accept(Run run, boolean atWork) {
        stage.freshDatabase();
        Wishes wishes = new Wishes(Town.of(stage, RESTAURANTS), run.round());
        LocalApp gateway = stage.launchGateway();
        LocalApp worker = null;
        if (atWork) {
            worker = stage.launchWorker();
            Stage.awaitReady(worker);
        }
        Stage.awaitReady(gateway);
        Map<String, Long> processes = worker == null
                ? Map.of("gateway", gateway.pid())
                : Map.of("gateway", gateway.pid(), "worker", worker.pid());
        Answers answers =
                new Answers(WarmUp.atMost(stage.settings()) + stage.settings().seconds());
        Watch watch = Watch.start(stage, processes, true);
        try (watch) {
            ask(run, gateway.name(), answers, processes, wishes, RESPOND_ASYNC);
            int accepted = answers.with(ACCEPTED);
            run.mustBe(0, "answered otherwise than 202", answers.others(ACCEPTED));
            Progress.say("  accepted %,d; waiting until they are decided".formatted(accepted));
            if (worker == null) {
                worker = stage.launchWorker();
            }
            run.mustBe(0, "left undecided", stage.awaitDecided());
            new CheckBookings(stage.jdbc()).decisions(run, accepted);
        }
        watch.into(run);
        run.with(answers.curve(run.contestant()));
        new CheckBookings(stage.jdbc()).tables(run);
        Stage.stop(gateway);
        Stage.stop(worker);
        return run;
    }

    private Run rival(Run run) {
        stage.freshDatabase();
        Wishes wishes = new Wishes(Town.of(stage, RESTAURANTS), run.round());
        Answers answers =
                new Answers(WarmUp.atMost(stage.settings()) + stage.settings().seconds());
        try (Synchronous rival = Synchronous.launch(stage)) {
            ask(run, rival.name(), answers, rival.processes(), wishes, "");
        }
        run.mustBe(0, "answered neither 201 nor 409", answers.others(CREATED, REFUSED))
                .with(answers.curve(run.contestant()));
        new CheckBookings(stage.jdbc()).bookings(run, answers.with(CREATED));
        return run;
    }

    private void ask(
            Run run, String who, Answers answers, Map<String, Long> processes, Wishes wishes, String preference) {
        Settings settings = stage.settings();
        Progress.say("%s, %s: %d callers of %s for %d s, after %d s or more to warm up"
                .formatted(
                        run.load(), run.contestant(), settings.callers(), who, settings.seconds(), settings.warmUp()));
        try (ClosedLoop callers = ClosedLoop.start(
                preference.isEmpty() ? stage.synchronousUrl() : stage.gatewayUrl(),
                () -> wishes.get().overHttp(preference),
                settings.callers(),
                answers)) {
            WarmUp.await(answers, settings);
            Usage before = Usage.now(stage, processes);
            answers.measure();
            LockSupport.parkNanos(SECONDS.toNanos(settings.seconds()));
            answers.enough();
            run.with(Figures.ACCEPTED, answers.perSecond());
            answers.latenciesInto(run, "");
            Usage.now(stage, processes).since(before).into(run, answers.measured(), answers.seconds());
        }
    }
}
