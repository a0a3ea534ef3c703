package io.headwaiter.local.benchmark;

import io.headwaiter.local.proxy.DatabaseProxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The database is away for 20 s while 500 bookings a second come in: how many of them are refused, how many lost, and how long it
 * takes, once it is back and while they go on coming, until all that came before is decided.
 */
final class LoseDatabase implements Trial {

    private static final int A_SECOND = 500;
    private static final int RESTAURANTS = 500;
    private static final int AWAY_SECONDS = 20;
    private static final int AFTERWARDS_SECONDS = 20;
    private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();

    private final Stage stage;

    LoseDatabase(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        Wishes wishes = new Wishes(Town.of(stage, RESTAURANTS), round);
        Run run = new Run(Load.AWAY, Run.HEADWAITER, round);
        int seconds = stage.settings().warmUp() + AWAY_SECONDS + AFTERWARDS_SECONDS;
        Answers answers = new Answers(seconds);
        try (DatabaseProxy proxy = stage.databaseBehindProxy();
                Headwaiter headwaiter = Headwaiter.launch(stage)) {
            Watch watch = Watch.start(stage, headwaiter.processes(), true);
            try (watch;
                    OpenLoop callers = new OpenLoop(headwaiter.url())) {
                lose(run, proxy, callers, wishes, answers);
                callers.awaitAnswers();
                run.mustBe(0, "left undecided", stage.awaitDecided());
            }
            watch.into(run);
        } finally {
            stage.databaseDirectly();
        }
        answers.enough();
        run.with(answers.curve(run.contestant()));
        int taken = answers.with(201) + answers.with(202) + answers.with(409);
        int asked = A_SECOND * seconds;
        run.with("bookings asked for", asked)
                .with(Figures.REFUSED, asked - taken)
                .with("answered 202", answers.with(202));
        if (asked > taken) {
            run.with("other answers", answers.othersByStatus(201, 202, 409));
        }
        CheckBookings check = new CheckBookings(stage.jdbc());
        run.mustBe(0, Figures.LOST, Math.max(0, taken - stage.decisions()));
        if (asked == taken) {
            check.decisions(run, asked);
        }
        check.tables(run);
        done.accept(run);
    }

    private void lose(Run run, DatabaseProxy proxy, OpenLoop callers, Wishes wishes, Answers answers) {
        OpenLoop.Asking asking = (number, due) ->
                callers.send(wishes.get().overHttp(""), due, (connection, status, asked) -> answers.add(status, asked));
        int warmUp = stage.settings().warmUp();
        Progress.say("%s: %d bookings a second; in %d s the database goes away for %d s"
                .formatted(run.load(), A_SECOND, warmUp, AWAY_SECONDS));
        callers.run(A_SECOND * warmUp, OpenLoop.aSecond(A_SECOND), asking);
        answers.measure();
        proxy.goAway();
        callers.run(A_SECOND * AWAY_SECONDS, OpenLoop.aSecond(A_SECOND), asking);
        proxy.comeBack();
        long back = System.nanoTime();
        Thread looking = Thread.ofPlatform().start(() -> {
            try (RequestsLag lag = RequestsLag.of(stage.bootstrapServers())) {
                Map<TopicPartition, Long> before = lag.ends();
                run.with("waiting when it is back", lag.before(before));
                while (lag.before(before) > 0) {
                    LockSupport.parkNanos(BETWEEN_LOOKS);
                }
                run.with(Figures.CAUGHT_UP, (System.nanoTime() - back) / 1e9);
            }
        });
        callers.run(A_SECOND * AFTERWARDS_SECONDS, OpenLoop.aSecond(A_SECOND), asking);
        try {
            looking.join(Duration.ofMinutes(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
