package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.net.URI;
import java.util.Map;

/** Ours: a gateway and a worker. */
record Headwaiter(Stage stage, LocalApp gateway, LocalApp worker) implements Contestant {

    /** Returns when both are ready. */
    static Headwaiter launch(Stage stage) {
        LocalApp worker = stage.launchWorker();
        LocalApp gateway = stage.launchGateway();
        Stage.awaitReady(worker);
        Stage.awaitReady(gateway);
        return new Headwaiter(stage, gateway, worker);
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
