package io.headwaiter.local.benchmark;

import java.util.function.Consumer;
import java.util.function.Function;

/** How long callers wait for a booking, from when they wanted to ask to 201, when 500 ask a second: ours and the synchronous rival. */
final class PostAtARate implements Trial {

    private static final int A_SECOND = 500;
    private static final int RESTAURANTS = 500;
    private static final int CREATED = 201;
    private static final int REFUSED = 409;

    private final Stage stage;

    PostAtARate(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        done.accept(book(round, Headwaiter::launch));
        if (stage.settings().rivals()) {
            done.accept(book(round, Synchronous::launch));
        }
    }

    private Run book(int round, Function<Stage, Contestant> launch) {
        stage.freshDatabase();
        Wishes wishes = new Wishes(Town.of(stage, RESTAURANTS), round);
        Settings settings = stage.settings();
        Answers answers = new Answers(settings.warmUp() + settings.seconds());
        Run run;
        try (Contestant contestant = launch.apply(stage)) {
            run = new Run(Load.LATENCY, contestant.name(), round);
            Progress.say("%s, %s: %d bookings a second for %d s, after %d s to warm up"
                    .formatted(run.load(), run.contestant(), A_SECOND, settings.seconds(), settings.warmUp()));
            measure(run, contestant, wishes, answers);
        }
        run.mustBe(0, "answered neither 201 nor 409", answers.others(CREATED, REFUSED));
        if (answers.others(CREATED, REFUSED) > 0) {
            run.with("other answers", answers.othersByStatus(CREATED, REFUSED));
        }
        CheckBookings check = new CheckBookings(stage.jdbc());
        check.bookings(run, answers.with(CREATED));
        if (run.contestant().equals(Run.HEADWAITER)) {
            check.decisions(run, A_SECOND * (settings.warmUp() + settings.seconds()));
        }
        return run;
    }

    private void measure(Run run, Contestant contestant, Wishes wishes, Answers answers) {
        Settings settings = stage.settings();
        Watch watch = Watch.start(stage, contestant.processes(), contestant instanceof Headwaiter);
        try (watch;
                OpenLoop callers = new OpenLoop(contestant.url())) {
            OpenLoop.Asking asking = (number, due) -> callers.send(
                    wishes.get().overHttp(""), due, (connection, status, asked) -> answers.add(status, asked));
            callers.run(A_SECOND * settings.warmUp(), OpenLoop.aSecond(A_SECOND), asking);
            Usage before = Usage.now(stage, contestant.processes());
            answers.measure();
            callers.run(A_SECOND * settings.seconds(), OpenLoop.aSecond(A_SECOND), asking);
            callers.awaitAnswers();
            answers.enough();
            Usage used = Usage.now(stage, contestant.processes()).since(before);
            run.with("bookings", answers.measured());
            answers.latenciesInto(run, "");
            used.into(run, answers.measured(), answers.seconds());
        }
        watch.into(run);
        run.with(answers.curve(run.contestant()));
    }
}
