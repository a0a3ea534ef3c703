package io.headwaiter.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwaiter.local.services.GuardedProcess;
import io.headwaiter.local.services.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of the run, with a shell in its place. */
class PartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<StandIn> launched = new CopyOnWriteArrayList<>();
    private final List<CannotStart> givenUp = new CopyOnWriteArrayList<>();

    @Test
    void a_part_that_is_killed_is_started_again() {
        var part = part("sleep 1000");
        part.start(PATIENCE);
        part.keepRunning(givenUp::add);

        launched.getFirst().process().kill();

        await().atMost(PATIENCE).until(() -> launched.size() == 2);
        assertThat(said()).contains("The stand-in ended by itself (status 137); starting it again, 1 of 5 times");
        part.stop(PATIENCE);
        assertThat(launched).noneMatch(standIn -> standIn.process().isAlive());
    }

    @Test
    void a_part_that_never_stays_up_is_given_up_with_its_log_named() {
        // Alive when it is asked whether it is ready, and gone soon after.
        var part = part("sleep 0.5; exit 3");
        part.start(PATIENCE);
        part.keepRunning(givenUp::add);

        await().atMost(Duration.ofSeconds(60)).until(() -> !givenUp.isEmpty());

        assertThat(launched).hasSize(1 + Part.MOST_RESTARTS);
        assertThat(givenUp.getFirst())
                .hasMessageContaining(directory.resolve("log").toString());
    }

    @Test
    void a_part_that_was_stopped_is_not_started_again() {
        var part = part("sleep 1000");
        part.start(PATIENCE);
        part.keepRunning(givenUp::add);

        assertThat(part.stop(PATIENCE)).isTrue();

        // A restart would come a second after the end.
        await().during(Duration.ofMillis(1500)).atMost(PATIENCE).until(() -> launched.size() == 1);
        assertThatThrownBy(() -> part.start(PATIENCE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_part_that_does_not_listen_is_killed() {
        var part = part("trap '' TERM; touch deaf; while :; do sleep 0.1; done");
        part.start(PATIENCE);
        await().atMost(PATIENCE).until(() -> directory.resolve("deaf").toFile().exists());

        assertThat(part.stop(Duration.ofMillis(300))).isFalse();

        assertThat(launched.getFirst().process().isAlive()).isFalse();
        assertThat(said()).contains("did not stop in time and was killed");
    }

    @Test
    void a_part_that_ends_before_it_is_ready_says_why() {
        var part = new Part(() -> new StandIn("echo no luck; exit 1", false), progress());

        assertThatThrownBy(() -> part.start(PATIENCE))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("The stand-in ended before it was ready")
                .hasMessageContaining("no luck");
    }

    private Part part(String script) {
        return new Part(
                () -> {
                    var standIn = new StandIn(script, true);
                    launched.add(standIn);
                    return standIn;
                },
                progress());
    }

    private Progress progress() {
        return new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private final class StandIn implements LocalServer {

        private final GuardedProcess process;
        private final boolean ready;

        StandIn(String script, boolean ready) {
            this.process = GuardedProcess.start(
                    GuardedProcess.Launch.of(List.of("sh", "-c", "cd " + directory + " && " + script), log()));
            this.ready = ready;
        }

        @Override
        public String name() {
            return "The stand-in";
        }

        @Override
        public GuardedProcess process() {
            return process;
        }

        @Override
        public Path log() {
            return directory.resolve("log");
        }

        @Override
        public boolean isReady() {
            return ready;
        }
    }
}
