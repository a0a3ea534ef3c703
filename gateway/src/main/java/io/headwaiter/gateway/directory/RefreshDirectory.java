package io.headwaiter.gateway.directory;

import io.headwaiter.gateway.GatewayProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Keeps the {@link Directory} fresh: again and again, and at once after a change that was made through this gateway. */
@Component
public class RefreshDirectory implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(RefreshDirectory.class);

    private static final Duration BEFORE_THE_FIRST = Duration.ofMillis(250);

    /**
     * For the readings of others. While the database does not answer each of those takes long and fails, and whoever waits for all
     * of them would wait for as many; the change that they made is committed, and known at the next reading that succeeds.
     */
    private static final long PATIENCE_MILLIS = 3_000;

    private final Directory directory;
    private final ReadDirectory read;
    private final Duration pause;
    /** One reading at a time, so that the last to be put in place is the last that was begun. */
    private final ReentrantLock reading = new ReentrantLock();

    private boolean failing;

    RefreshDirectory(Directory directory, ReadDirectory read, GatewayProperties properties) {
        this.directory = directory;
        this.read = read;
        this.pause = properties.directoryRefresh();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addTriggerTask(() -> refreshUnlessReadSince(System.nanoTime()), context -> {
            Instant last = context.lastCompletion();
            return last == null ? Instant.now() : last.plus(pause());
        });
    }

    /** Nobody can be served before the first time. */
    private Duration pause() {
        return directory.latest() == null ? BEFORE_THE_FIRST : pause;
    }

    /** Returns when the directory has all that was committed before this call, or cannot be read in time. */
    public void catchUp() {
        refreshUnlessReadSince(System.nanoTime());
    }

    private void refreshUnlessReadSince(long nanoTime) {
        try {
            if (!reading.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            // Many who wait for one another's reading need one more, not one each.
            Snapshot latest = directory.latest();
            if (latest == null || latest.nanoTime() - nanoTime < 0) {
                refresh();
            }
        } finally {
            reading.unlock();
        }
    }

    private void refresh() {
        try {
            Snapshot snapshot = read.read(directory.latest());
            directory.replaceBy(snapshot);
            if (failing) {
                LOG.info("Keys and rules are fresh again");
            }
            failing = false;
        } catch (RuntimeException away) {
            failing = true;
            LOG.warn(
                    "Keys and rules could not be read; those at hand stay in use, and the next try is in {}: {}",
                    pause(),
                    away.getMessage());
        }
    }
}
