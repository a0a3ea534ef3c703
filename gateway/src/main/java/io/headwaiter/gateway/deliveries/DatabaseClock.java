package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The database's time, as far as this machine knows it: what is due is due on every gateway at once, whatever their clocks say. */
@Component
class DatabaseClock implements Clock {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    /** @param said what the database just said */
    void set(Instant said) {
        ahead = Duration.between(Instant.now(), said);
    }
}
