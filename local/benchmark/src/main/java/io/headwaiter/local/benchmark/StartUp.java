package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.AotCache;
import io.headwaiter.local.services.LocalApp;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** How long gateway and worker take from the start of their process to being ready, each alone: as they are, and with an AOT cache as the images have. */
final class StartUp implements Trial {

    static final String WITH_CACHE = "headwaiter, AOT cache";
    static final String GATEWAY = "gateway ready after, s";
    static final String WORKER = "worker ready after, s";

    private static final int RESTAURANTS = 500;

    private final Stage stage;

    StartUp(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        Town.of(stage, RESTAURANTS);
        Progress.say("%s: gateway and worker, one after the other".formatted(Load.START));
        done.accept(new Run(Load.START, Run.HEADWAITER, round)
                .with(GATEWAY, seconds(stage::launchGateway, List.of()))
                .with(WORKER, seconds(stage::launchWorker, List.of())));
        if (AotCache.isPossible()) {
            done.accept(new Run(Load.START, WITH_CACHE, round)
                    .with(GATEWAY, withCache("gateway", stage::launchGateway))
                    .with(WORKER, withCache("worker", stage::launchWorker)));
        }
    }

    private double withCache(String name, Function<List<String>, LocalApp> launch) {
        Path file = stage.settings().folder().resolve(name + ".aot");
        AotCache cache = new AotCache(file);
        if (cache.ifMade().isEmpty()) {
            launch.apply(cache.toBeRehearsed()).process().onExit().join();
        }
        return seconds(launch, cache.ifMade());
    }

    private static double seconds(Function<List<String>, LocalApp> launch, List<String> options) {
        long start = System.nanoTime();
        LocalApp app = launch.apply(options);
        Stage.awaitReady(app);
        double seconds = (System.nanoTime() - start) / 1e9;
        Stage.stop(app);
        return seconds;
    }
}
