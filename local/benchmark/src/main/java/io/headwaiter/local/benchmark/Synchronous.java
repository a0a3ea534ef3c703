package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import java.net.URI;
import java.util.Map;

/** The rival who decides while its caller waits. */
record Synchronous(Stage stage, LocalApp app) implements Contestant {

    static final String SYNCHRONOUS = "synchronous";

    /** Returns when it is ready. */
    static Synchronous launch(Stage stage) {
        LocalApp app = stage.launchSynchronous();
        Stage.awaitReady(app);
        return new Synchronous(stage, app);
    }

    @Override
    public String name() {
        return SYNCHRONOUS;
    }

    @Override
    public URI url() {
        return stage.synchronousUrl();
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of("synchronous", app.pid());
    }

    @Override
    public void close() {
        Stage.stop(app);
    }
}
