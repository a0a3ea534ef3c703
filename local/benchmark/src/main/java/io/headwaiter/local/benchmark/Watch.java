package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Looks once a second at what each process uses, and at how far the worker is behind. */
final class Watch implements AutoCloseable {

    private static final long SECOND = 1_000_000_000;
    private static final String GROUP = "booking-worker";

    private final Stage stage;
    private final Map<String, Long> processes;
    private final boolean lagging;
    private final Admin admin;
    private final Thread thread;
    private final Map<String, List<Double>> cores = new LinkedHashMap<>();
    private final List<Double> lag = new ArrayList<>();
    private volatile boolean enough;

    private Watch(Stage stage, Map<String, Long> processes, boolean lagging) {
        this.stage = stage;
        this.processes = processes;
        this.lagging = lagging;
        this.admin = stage.admin();
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
                lag.add((double) lag());
            }
        }
    }

    private long lag() {
        try {
            Map<TopicPartition, OffsetAndMetadata> decided = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, Topics.REQUEST_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.REQUESTS, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            long behind = 0;
            for (var end : admin.listOffsets(latest).all().get().entrySet()) {
                OffsetAndMetadata offset = decided.get(end.getKey());
                behind += end.getValue().offset() - (offset == null ? 0 : offset.offset());
            }
            return behind;
        } catch (ExecutionException away) {
            return 0;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return 0;
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
        admin.close();
    }
}
