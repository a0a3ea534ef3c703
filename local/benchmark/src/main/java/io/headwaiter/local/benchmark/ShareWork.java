package io.headwaiter.local.benchmark;

import java.util.List;
import java.util.function.Consumer;

/** What more workers gain: the same backlog for 1, 2, 4 and 6 of them, each a process with one consumer. */
final class ShareWork implements Trial {

    private static final List<Integer> WORKERS = List.of(1, 2, 4, 6);

    private final Stage stage;

    ShareWork(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        for (int workers : WORKERS) {
            stage.freshDatabase();
            Town town = Town.of(stage, GrownTown.RESTAURANTS);
            Run run = new Run(Load.WORKERS, workers == 1 ? "1 worker" : workers + " workers", round);
            new WorkOff(stage, workers).run(run, town, stage.settings().requests());
            CheckBookings check = new CheckBookings(stage.jdbc());
            check.tables(run);
            check.decisions(run, stage.settings().requests() + WorkOff.WARM_UP_OF_ONE * workers);
            done.accept(run);
        }
    }
}
