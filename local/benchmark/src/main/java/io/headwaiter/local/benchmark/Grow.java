package io.headwaiter.local.benchmark;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What ten million reservations cost beside ten thousand: how fast a backlog is decided, and how long it takes to learn what is
 * free. The many are made once, and each round adds its bookings to them.
 */
final class Grow implements Trial {

    static final String FEW = "few";
    static final String MANY = "many";

    static final int FEWEST = 10_000;

    private final Stage stage;
    private @Nullable Town grown;

    Grow(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        Town few = GrownTown.of(stage, FEWEST);
        done.accept(measure(stage, new Run(Load.GROWTH, FEW, round), few));
        if (grown == null) {
            stage.freshDatabase();
            grown = GrownTown.of(stage, stage.settings().reservations());
            stage.keepDatabase();
        } else {
            stage.returnToKept();
        }
        done.accept(measure(stage, new Run(Load.GROWTH, MANY, round), grown));
    }

    static Run measure(Stage stage, Run run, Town town) {
        run.with("reservations before", count(stage, "reservations"));
        sizes(stage, run);
        AskAvailability.ask(stage, run, AskAvailability.anywhere(town, run.round()));
        new WorkOff(stage, 1).run(run, town, stage.settings().requests());
        return run;
    }

    private static long count(Stage stage, String table) {
        return stage.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static void sizes(Stage stage, Run run) {
        for (String table : new String[] {"reservations", "table_occupancy", "booking_requests"}) {
            run.with("MB, " + table, megabytes(stage, "pg_table_size", table))
                    .with("MB, indexes of " + table, megabytes(stage, "pg_indexes_size", table));
        }
    }

    private static double megabytes(Stage stage, String what, String table) {
        return stage.jdbc()
                        .sql("select " + what + "('" + table + "')")
                        .query(Long.class)
                        .single()
                / 1e6;
    }
}
