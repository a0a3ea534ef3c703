package io.headwaiter.worker.requests;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.stereotype.Component;

/** Whether every consumer runs. One that died does not come back by itself: the process should be replaced. */
@Component("requestsHealthIndicator")
class RequestsHealthIndicator extends AbstractHealthIndicator {

    private final ConcurrentMessageListenerContainer<byte[], byte[]> requests;

    RequestsHealthIndicator(ConcurrentMessageListenerContainer<byte[], byte[]> requests) {
        this.requests = requests;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean running =
                requests.isRunning() && requests.getContainers().stream().allMatch(container -> container.isRunning());
        builder.status(running ? "UP" : "DOWN");
    }
}
