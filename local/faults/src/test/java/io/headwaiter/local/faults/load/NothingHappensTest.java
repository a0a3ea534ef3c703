package io.headwaiter.local.faults.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.faults.history.Finding;
import io.headwaiter.local.faults.history.History;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.history.Tampering;
import io.headwaiter.local.faults.history.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The callers and the checkers, on real processes that nothing happens to. */
class NothingHappensTest {

    private static final int ENOUGH = Integer.getInteger("requests", 300);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void every_guarantee_holds_while_nothing_happens() throws IOException {
        Path file = Path.of(
                System.getProperty("history", folder.resolve("history.jsonl").toString()));
        try (Everything everything = new Everything(folder);
                Recorder history = Recorder.into(file)) {
            Houses houses = Houses.add(everything.dataSource(), history);
            FollowEvents events = FollowEvents.start(everything.bootstrapServers(), history);
            Load load = Load.start(Load.Settings.of(everything.gateways(), houses, 42), history);
            await().atMost(LIMIT.multipliedBy(10)).until(() -> load.progress().acknowledged() >= ENOUGH);
            assertThat(load.stop(LIMIT)).as("still undecided").isZero();
            assertThat(events.awaitEnd(LIMIT)).isTrue();
            events.close();
            ReadStored.into(history, everything.dataSource());

            Verdict verdict = Verdict.on(history.history());
            System.out.println(verdict.totals());
            verdict.findings().forEach(System.out::println);
            assertThat(verdict.findings()).allMatch(Finding::holds);
            assertThat(Verdict.on(History.read(file))).isEqualTo(verdict);
            assertThat(Tampering.unnoticed(file)).isEmpty();
        }
    }
}
