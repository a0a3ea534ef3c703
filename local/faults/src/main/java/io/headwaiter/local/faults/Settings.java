package io.headwaiter.local.faults;

import io.headwaiter.local.faults.kinds.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What kind of run.
 *
 * @param seed the schedule follows from it, and what is asked
 * @param lasts how long faults are injected, unless there have been enough before
 * @param brokers 1 or 3
 * @param callsPerSecond of all callers together
 * @param round of faults; one is had as often as it stands there
 * @param faults at the most
 * @param train whether starts are made cheaper first, which takes a while itself
 * @param keep the history also of a run in which everything held
 * @param project the project's own folder, where the applications were built
 */
record Settings(
        long seed,
        Duration lasts,
        int brokers,
        int callsPerSecond,
        int callers,
        List<Kind> round,
        int faults,
        boolean train,
        boolean keep,
        Path project) {

    static Settings fromSystemProperties() {
        String seed = System.getProperty("seed", "");
        return new Settings(
                seed.isBlank() ? ThreadLocalRandom.current().nextInt(1_000_000) : Long.parseLong(seed),
                Duration.ofSeconds(Math.round(Double.parseDouble(System.getProperty("minutes", "10")) * 60)),
                Integer.getInteger("brokers", 1),
                Integer.getInteger("rate", 200),
                Integer.getInteger("callers", 150),
                Schedule.asTheyWeigh(),
                Integer.MAX_VALUE,
                true,
                Boolean.getBoolean("keep"),
                Path.of(System.getProperty("headwaiter.project", "."))
                        .toAbsolutePath()
                        .normalize());
    }

    /** Once each of those that take few seconds, in the middle of little. */
    static Settings shortCut(long seed, Path project) {
        List<Kind> cheap = Arrays.stream(Kind.values()).filter(Kind::isCheap).toList();
        return new Settings(seed, Duration.ofSeconds(50), 1, 60, 40, cheap, cheap.size(), false, true, project);
    }

    /** Data, logs and history of this run. What is of use is kept when it failed. */
    Path folder() {
        return project.resolve("local/faults/target/faults/seed-" + seed);
    }

    Path history() {
        return folder().resolve("history.jsonl");
    }
}
