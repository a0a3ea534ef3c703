package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ours: a gateway and a worker. */
record Headwaiter(Stage stage, LocalApp gateway, LocalApp worker) implements Contestant {

    /** Returns when both are ready. */
    static Headwaiter launch(Stage stage) {
        return launch(stage, Map.of());
    }

    /** @param collections where gateway and worker write what their garbage collections did; for none, nothing */
    static Headwaiter launch(Stage stage, Map<String, Path> collections) {
        LocalApp worker = stage.launchWorker(logged(collections.get("worker")));
        LocalApp gateway = stage.launchGateway(logged(collections.get("gateway")));
        Stage.awaitReady(worker);
        Stage.awaitReady(gateway);
        return new Headwaiter(stage, gateway, worker);
    }

    private static List<String> logged(@Nullable Path collections) {
        return collections == null ? List.of() : List.of("-Xlog:gc:file=" + collections);
    }

    @Override
    public String name() {
        return Run.HEADWAITER;
    }

    @Override
    public URI url() {
        return stage.gatewayUrl();
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of("gateway", gateway.pid(), "worker", worker.pid());
    }

    @Override
    public void into(Run run) {
        WorkerMetrics metrics = new WorkerMetrics(stage.workerUrl());
        run.with("conflicts", metrics.count("headwaiter.conflicts"))
                .with("batch retries", metrics.count("headwaiter.batch.retries"));
    }

    @Override
    public void close() {
        Stage.stop(gateway);
        Stage.stop(worker);
    }
}
