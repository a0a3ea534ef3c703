package io.headwaiter.local.benchmark;

import java.util.Locale;
import java.util.function.Function;

/** What can be measured, by {@code -Dload=NAME}; in the order in which everything is. */
enum Load {
    SPREAD(BookTogether::spread),
    RUSH(BookTogether::rush),
    HOT(BookTogether::hotRestaurant),
    DAY(RealDay::new),
    SLOW(BookTogether::slow),
    ACCEPT(AcceptLater::new),
    BACKLOG(DecideBacklog::new),
    LATENCY(PostAtARate::new),
    AWAY(LoseDatabase::new),
    HEAPS(WatchHeaps::new),
    START(StartUp::new),
    WEBHOOKS(stage -> (round, done) -> {
        stage.freshDatabase();
        done.accept(new DeliverWebhooks(stage).run(round));
    }),
    STREAMS(stage -> (round, done) -> {
        stage.freshDatabase();
        done.accept(new HoldOpen(stage).run(round));
    }),
    AVAILABILITY(AskAvailability::new),
    WORKERS(ShareWork::new),
    GROWTH(Grow::new),
    RETENTION(RetireTheOld::new);

    private final Function<Stage, Trial> trial;

    Load(Function<Stage, Trial> trial) {
        this.trial = trial;
    }

    Trial on(Stage stage) {
        return trial.apply(stage);
    }

    /** The others take many minutes and gigabytes, and are run by name only. */
    boolean isOfAll() {
        return this != GROWTH && this != RETENTION;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
