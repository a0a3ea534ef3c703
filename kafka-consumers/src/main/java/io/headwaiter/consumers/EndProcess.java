package io.headwaiter.consumers;

import io.headwaiter.schemas.FrozenPartitions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.KafkaAdmin;

/** Ends this process with status 1, for whoever runs it to start another, or to mend what the log says. */
public final class EndProcess {

    private static final Logger LOG = LoggerFactory.getLogger(EndProcess.class);

    private final ConfigurableApplicationContext application;

    public EndProcess(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** Returns at once. */
    public void begin() {
        // Not on the caller's thread, which the end may wait for; and no daemon, as a caller's thread may be: the JVM
        // would end without it, and with status 0.
        Thread.ofPlatform()
                .name("end")
                .daemon(false)
                .start(() -> System.exit(SpringApplication.exit(application, () -> 1)));
    }

    /**
     * Not started yet. It ends this process when the requests' topic has another number of partitions: what competes for one table must
     * meet in one.
     */
    public FrozenPartitions whenPartitionsChange(KafkaAdmin kafka, Duration every) {
        return new FrozenPartitions(kafka.getConfigurationProperties(), every, why -> {
            LOG.error("{}. This process ends", why);
            begin();
        });
    }
}
