package io.headwaiter.local.benchmark;

import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code retire} gains: a town booked for years before and after it has run for the first time, and its tables were vacuumed and
 * their indexes built anew.
 */
final class RetireTheOld implements Trial {

    static final String BEFORE = "all of it live";
    static final String AFTER = "retired";

    private final Stage stage;

    RetireTheOld(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        Town town = GrownTown.of(stage, stage.settings().reservations());
        done.accept(Grow.measure(stage, new Run(Load.RETENTION, BEFORE, round), town));
        Run after = new Run(Load.RETENTION, AFTER, round);
        Progress.say("retiring");
        long start = System.nanoTime();
        stage.retire();
        double seconds = (System.nanoTime() - start) / 1e9;
        long moved = count("past_reservations") + count("past_booking_requests");
        after.with("rows moved", moved).with("rows moved a second", moved / seconds);
        GrownTown.vacuum(stage);
        Progress.say("building indexes anew");
        for (String table : List.of("reservations", "table_occupancy", "booking_requests")) {
            stage.jdbc().sql("reindex table concurrently " + table).update();
        }
        done.accept(Grow.measure(stage, after, town));
    }

    private long count(String table) {
        return stage.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
