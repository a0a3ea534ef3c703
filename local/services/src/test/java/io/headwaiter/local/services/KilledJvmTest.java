package io.headwaiter.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A JVM that is killed with -9 has no chance to stop anything. */
class KilledJvmTest {

    @Test
    void services_of_a_killed_jvm_end_and_their_data_go() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndWait.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = jvm.inputReader(StandardCharsets.UTF_8);
        long broker = Long.parseLong(lines.readLine());
        long database = Long.parseLong(lines.readLine());
        Path brokerData = Path.of(lines.readLine());
        Path databaseData = Path.of(lines.readLine());
        assertThat(isAlive(broker)).isTrue();
        assertThat(isAlive(database)).isTrue();
        assertThat(brokerData).exists();
        assertThat(databaseData).exists();

        jvm.destroyForcibly();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(isAlive(broker) || isAlive(database))
                .isFalse());
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(brokerData) && !Files.exists(databaseData));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
