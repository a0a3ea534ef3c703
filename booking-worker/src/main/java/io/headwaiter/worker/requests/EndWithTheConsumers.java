package io.headwaiter.worker.requests;

import io.headwaiter.consumers.EndProcess;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.stereotype.Component;

/**
 * A consumer that died (an {@link Error}, a group it was fenced from) does not come back by itself, and a process without
 * it would hold partitions that nobody decides. So the process ends, and whoever runs it starts another.
 */
@Component
class EndWithTheConsumers {

    private static final Logger log = LoggerFactory.getLogger(EndWithTheConsumers.class);

    private static final Set<Reason> DIED = EnumSet.complementOf(EnumSet.of(Reason.NORMAL));

    private final EndProcess end;

    EndWithTheConsumers(EndProcess end) {
        this.end = end;
    }

    @EventListener
    void stopped(ConsumerStoppedEvent event) {
        if (DIED.contains(event.getReason())) {
            log.error("A consumer died ({}): this worker ends, to be started again", event.getReason());
            end.begin();
        }
    }
}
