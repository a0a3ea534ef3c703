package io.headwaiter.local.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks once a second at what each process uses, and at how far the worker is behind. */
final class Watch implements AutoCloseable {

    private static final long SECOND = 1_000_000_000;

    private final Stage stage;
    private final Map<String, Long> processes;
    private final boolean lagging;
    private final RequestsLag requests;
    private final Thread thread;
    private final Map<String, List<Double>> cores = new LinkedHashMap<>();
    private final List<Double> lag = new ArrayList<>();
    private volatile boolean enough;

    private Watch(Stage stage, Map<String, Long> processes, boolean lagging) {
        this.stage = stage;
        this.processes = processes;
        this.lagging = lagging;
        this.requests = RequestsLag.of(stage.bootstrapServers());
        this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::watch);
    }

    /** @param lagging whether there is a lag to be looked at */
    static Watch start(Stage stage, Map<String, Long> processes, boolean lagging) {
        Watch watch = new Watch(stage, processes, lagging);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        long due = System.nanoTime();
        Usage before = Usage.now(stage, processes);
        long beforeAt = due;
        while (!enough) {
            due += SECOND;
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            } catch (InterruptedException closed) {
                return;
            }
            Usage now = Usage.now(stage, processes);
            double passed = System.nanoTime() - beforeAt;
            now.since(before).byProcess().forEach((name, time) -> cores.computeIfAbsent(name, each -> new ArrayList<>())
                    .add(time.toNanos() / passed));
            before = now;
            beforeAt = System.nanoTime();
            if (lagging) {
                try {
                    lag.add((double) requests.now());
                } catch (IllegalStateException closed) {
                    return;
                }
            }
        }
    }

    /** Once it is closed. */
    void into(Run run) {
        cores.forEach(
                (name, values) -> run.with(Curve.eachSecond(Curve.CPU, run.contestant() + ": " + name, array(values))));
        if (lagging) {
            run.with(Curve.eachSecond(Curve.LAG, run.contestant(), array(lag)));
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void close() {
        enough = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requests.close();
    }
}
