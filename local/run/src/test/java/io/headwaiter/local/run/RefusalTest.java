package io.headwaiter.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot start says why, in a sentence that says what to do, and ends. */
class RefusalTest {

    @TempDir
    Path directory;

    @Test
    void a_taken_port_is_named_with_the_setting_that_changes_it() throws Exception {
        var launcher = launcher();
        try (var taken = new ServerSocket(launcher.port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            assertThat(refusal(launcher))
                    .contains("Port " + launcher.port + " is taken by another program")
                    .contains("./mvnw -Prun -Dheadwaiter.port=");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws Exception {
        var launcher = launcher();
        Files.createFile(launcher.data());

        assertThat(refusal(launcher)).contains("Cannot write in " + launcher.data());
    }

    @Test
    void a_port_that_is_no_port_is_refused() throws Exception {
        assertThat(refusal(launcher(), "-Dheadwaiter.broker-port=http"))
                .contains("-Dheadwaiter.broker-port=http is no port");
    }

    private Launcher launcher() {
        return new Launcher(directory.resolve("data"), directory.resolve("output"));
    }

    private static String refusal(Launcher launcher, String... settings) throws Exception {
        Process process = launcher.start(settings);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(launcher.output()).doesNotContain("\tat ");
        return launcher.output();
    }
}
