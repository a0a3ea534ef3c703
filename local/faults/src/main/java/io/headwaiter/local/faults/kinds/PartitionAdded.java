package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody gives the topic of requests a partition more. An app that is started then must not start, and say why. There is no way
 * back, so this is for when all else is over.
 */
public final class PartitionAdded {

    private static final Duration REFUSES_WITHIN = Duration.ofSeconds(60);

    private PartitionAdded() {}

    /** What should have held and did not. */
    public static List<String> inject(Stage stage) throws Group.Away {
        stage.group().addPartition();
        List<String> broken = new ArrayList<>();
        for (LocalApp app :
                List.of(stage.cluster().launchAnotherGateway(), stage.cluster().launchAnotherWorker())) {
            boolean ended = Await.until(REFUSES_WITHIN, () -> !app.process().isAlive());
            if (!ended) {
                broken.add(app.name() + " runs on a topic with another number of partitions");
                app.process().kill();
            } else if (sentence(app).isEmpty()) {
                broken.add(app.name() + " ended without a sentence about partitions");
            }
        }
        return broken;
    }

    private static Optional<String> sentence(LocalApp app) {
        try (Stream<String> lines = Files.lines(app.log())) {
            return lines.filter(line -> line.contains(Topics.REQUESTS) && line.contains("partitions"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
