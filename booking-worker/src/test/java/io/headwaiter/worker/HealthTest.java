package io.headwaiter.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.worker.testing.RunningWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private final RunningWorker worker = RunningWorker.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void a_worker_that_decides_is_alive_and_ready_and_says_no_more(String path) {
        worker.awaitStatus(path, 200);

        assertThat(worker.get(path).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void a_worker_whose_consumers_have_stopped_is_neither() {
        worker.whileStopped(() -> {
            worker.awaitStatus("/actuator/health/liveness", 503);
            worker.awaitStatus("/actuator/health/readiness", 503);
        });

        worker.awaitStatus("/actuator/health/liveness", 200);
        worker.awaitStatus("/actuator/health/readiness", 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/configprops",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/mappings",
                "/actuator/threaddump",
                "/actuator/shutdown",
                "/error/../actuator/env",
                "/health"
            })
    void nothing_else_is_shown(String path) {
        assertThat(worker.get(path).statusCode()).isEqualTo(404);
        assertThat(worker.get(path).body()).doesNotContain("Exception", "password", "io.headwaiter");
    }

    @Test
    void what_the_worker_counts_can_be_read() {
        assertThat(worker.get("/actuator/metrics/headwaiter.batch.retries").statusCode())
                .isEqualTo(200);
        assertThat(worker.get("/actuator/metrics/headwaiter.conflicts").statusCode())
                .isEqualTo(200);
        assertThat(worker.get("/actuator/metrics/headwaiter.events.repeated").statusCode())
                .isEqualTo(200);
    }
}
