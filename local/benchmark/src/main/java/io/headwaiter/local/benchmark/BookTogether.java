package io.headwaiter.local.benchmark;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.headwaiter.local.proxy.DatabaseProxy;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many bookings are decided and answered a second when everybody asks again at once: ours and the synchronous rival, in turn. */
final class BookTogether implements Trial {

    private static final int RESTAURANTS = 500;
    private static final Duration FAR_AWAY = Duration.ofMillis(5);
    private static final int CREATED = 201;
    private static final int REFUSED = 409;

    /** Who wants what, and what changes once everything is warm. */
    record Wanted(Supplier<Wish> wishes, Runnable onceWarm) {}

    private final Stage stage;
    private final Load load;
    private final Function<Stage, Town> town;
    private final BiFunction<Town, Integer, Wanted> wanted;
    /** How much longer each statement takes. */
    private final Duration slower;

    private BookTogether(
            Stage stage,
            Load load,
            Function<Stage, Town> town,
            BiFunction<Town, Integer, Wanted> wanted,
            Duration slower) {
        this.stage = stage;
        this.slower = slower;
        this.load = load;
        this.town = town;
        this.wanted = wanted;
    }

    static Trial spread(Stage stage) {
        return new BookTogether(
                stage, Load.SPREAD, each -> Town.of(each, RESTAURANTS), BookTogether::anywhere, Duration.ZERO);
    }

    /** The same with a database that is far away: each answer of its takes 5 ms longer. */
    static Trial slow(Stage stage) {
        return new BookTogether(stage, Load.SLOW, each -> Town.of(each, RESTAURANTS), BookTogether::anywhere, FAR_AWAY);
    }

    static Trial hotRestaurant(Stage stage) {
        return new BookTogether(stage, Load.HOT, each -> Town.of(each, 1), BookTogether::anywhere, Duration.ZERO);
    }

    static Trial rush(Stage stage) {
        return new BookTogether(
                stage,
                Load.RUSH,
                Town::rushed,
                (restaurant, round) -> {
                    RushWishes wishes = new RushWishes(restaurant, round);
                    return new Wanted(wishes, wishes::nextDay);
                },
                Duration.ZERO);
    }

    private static Wanted anywhere(Town restaurants, int round) {
        return new Wanted(new Wishes(restaurants, round), () -> {});
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        // Whoever comes second finds the same: a database of its own, processes of its own.
        done.accept(book(round, Headwaiter::launch));
        if (stage.settings().rivals()) {
            done.accept(book(round, Synchronous::launch));
        }
    }

    private Run book(int round, Function<Stage, Contestant> launch) {
        stage.freshDatabase();
        Town restaurants = town.apply(stage);
        Wanted all = wanted.apply(restaurants, round);
        if (slower.isZero()) {
            return book(round, launch, all, null);
        }
        try (DatabaseProxy proxy = stage.databaseBehindProxy()) {
            proxy.delay(slower);
            return book(round, launch, all, proxy);
        } finally {
            stage.databaseDirectly();
        }
    }

    private Run book(int round, Function<Stage, Contestant> launch, Wanted all, @Nullable DatabaseProxy proxy) {
        Settings settings = stage.settings();
        Answers answers = new Answers(WarmUp.atMost(settings) + settings.seconds());
        Run run;
        try (Contestant contestant = launch.apply(stage)) {
            run = new Run(load, contestant.name(), round);
            Progress.say("%s, %s: %d callers for %d s, after %d s or more to warm up"
                    .formatted(load, contestant.name(), settings.callers(), settings.seconds(), settings.warmUp()));
            measure(run, contestant, all, answers, proxy);
            contestant.into(run);
        }
        checkInto(run, answers);
        return run;
    }

    private void measure(Run run, Contestant contestant, Wanted all, Answers answers, @Nullable DatabaseProxy proxy) {
        Settings settings = stage.settings();
        Watch watch = Watch.start(stage, contestant.processes(), contestant instanceof Headwaiter);
        ClosedLoop callers =
                ClosedLoop.start(contestant.url(), () -> all.wishes().get().overHttp(""), settings.callers(), answers);
        try (watch;
                callers) {
            WarmUp.await(answers, settings);
            all.onceWarm().run();
            long transactions = stage.transactions();
            long statements = proxy == null ? 0 : proxy.statements();
            long roundTrips = proxy == null ? 0 : proxy.roundTrips();
            Usage before = Usage.now(stage, contestant.processes());
            answers.measure();
            LockSupport.parkNanos(SECONDS.toNanos(settings.seconds()));
            answers.enough();
            Usage used = Usage.now(stage, contestant.processes()).since(before);
            run.with(Figures.ANSWERED, answers.perSecond());
            answers.latenciesInto(run, "");
            used.into(run, answers.measured(), answers.seconds());
            run.with("answers a transaction", answers.measured() / (double) (stage.transactions() - transactions));
            if (proxy != null) {
                run.with("statements a booking", (proxy.statements() - statements) / (double) answers.measured())
                        .with("round trips a booking", (proxy.roundTrips() - roundTrips) / (double) answers.measured());
            }
        }
        watch.into(run);
        run.with(answers.curve(run.contestant()));
    }

    private void checkInto(Run run, Answers answers) {
        int confirmed = answers.with(CREATED);
        int refused = answers.with(REFUSED);
        run.mustBe(0, "answered neither 201 nor 409", answers.others(CREATED, REFUSED));
        if (answers.others(CREATED, REFUSED) > 0) {
            run.with("other answers", answers.othersByStatus(CREATED, REFUSED));
        }
        CheckBookings check = new CheckBookings(stage.jdbc());
        check.bookings(run, confirmed);
        if (run.contestant().equals(Run.HEADWAITER)) {
            check.decisions(run, confirmed + refused);
        }
    }
}
