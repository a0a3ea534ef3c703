package io.headwaiter.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.faults.history.History;
import io.headwaiter.local.faults.history.Tampering;
import io.headwaiter.local.faults.history.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code ./mvnw -Pfaults} does, cut down to two minutes: once each fault that takes few seconds, in the same order each time. */
@Tag("faults")
class TwoMinutesOfFaultsTest {

    /** What takes longest comes last. */
    private static final long SEED = 324;

    @Test
    void every_guarantee_holds_and_would_be_missed_if_it_did_not() {
        Settings settings =
                Settings.shortCut(SEED, Path.of("..", "..").toAbsolutePath().normalize());

        assertThat(new Run(settings).run()).as("what did not hold").isEmpty();

        assertThat(Verdict.on(History.read(settings.history())).broken())
                .as("as it was written down")
                .isEmpty();
        assertThat(Tampering.unnoticed(settings.history())).isEmpty();
    }
}
