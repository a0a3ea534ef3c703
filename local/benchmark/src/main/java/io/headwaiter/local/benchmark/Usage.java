package io.headwaiter.local.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The processor time that each part has used so far.
 *
 * @param machine everything that runs, whoever started it
 */
record Usage(Map<String, Duration> byProcess, Duration machine) {

    static final String POSTGRESQL = "PostgreSQL";
    private static final String BROKER = "broker";
    private static final String BENCHMARK = "benchmark";

    static Usage now(Stage stage, Map<String, Long> processes) {
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put(POSTGRESQL, ProcessorTime.ofTree(stage.databasePid()));
        processes.forEach((name, pid) -> times.put(name, ProcessorTime.of(pid)));
        times.put(BROKER, ProcessorTime.of(stage.brokerPid()));
        times.put(BENCHMARK, ProcessorTime.of(ProcessHandle.current().pid()));
        return new Usage(times, ProcessorTime.ofMachine());
    }

    Usage since(Usage before) {
        Map<String, Duration> used = new LinkedHashMap<>();
        byProcess.forEach(
                (name, time) -> used.put(name, time.minus(before.byProcess.getOrDefault(name, Duration.ZERO))));
        return new Usage(used, machine.minus(before.machine));
    }

    /** What each took of a booking, and of the machine. */
    void into(Run run, double bookings, double seconds) {
        if (bookings > 0) {
            byProcess.forEach((name, time) -> run.with("CPU us a booking, " + name, time.toNanos() / 1e3 / bookings));
        }
        byProcess.forEach((name, time) -> run.with("cores, " + name, time.toNanos() / 1e9 / seconds));
        long together = byProcess.values().stream().mapToLong(Duration::toNanos).sum();
        // Others of this machine, its kernel's own work, its host: where this is much, the round was disturbed.
        run.with("cores, together", together / 1e9 / seconds)
                .with("cores, all others", Math.max(0, machine.toNanos() - together) / 1e9 / seconds);
    }
}
