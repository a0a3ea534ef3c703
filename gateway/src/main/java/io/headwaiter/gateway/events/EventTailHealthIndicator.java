package io.headwaiter.gateway.events;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while Kafka answers: a gateway without it can take no booking. */
@Component
class EventTailHealthIndicator implements HealthIndicator {

    private final EventTail tail;

    EventTailHealthIndicator(EventTail tail) {
        this.tail = tail;
    }

    @Override
    public Health health() {
        return tail.isCurrent() ? Health.up().build() : Health.outOfService().build();
    }
}
