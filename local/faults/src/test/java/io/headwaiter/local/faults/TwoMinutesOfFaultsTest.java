package io.headwaiter.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code ./mvnw -Pfaults} does, cut down to two minutes: once each fault that takes few seconds, in the same order each time. */
@Tag("faults")
class TwoMinutesOfFaultsTest {

    private static final long SEED = 4;

    @Test
    void every_guarantee_holds() {
        Path project = Path.of("..", "..").toAbsolutePath().normalize();

        assertThat(new Run(Settings.shortCut(SEED, project)).run())
                .as("what did not hold is said above")
                .isTrue();
    }
}
