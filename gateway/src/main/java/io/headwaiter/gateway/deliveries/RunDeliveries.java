package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.headwaiter.gateway.GatewayProperties;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Looks again and again for what is due, however it became so: when its time has come, when a partner asks for it again, when
 * whoever was to wake its endpoint died. Starts and stops db-scheduler, and has it rest while the database is away.
 */
@Component
class RunDeliveries implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunDeliveries.class);

    private static final Duration SWEEP = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final WakeEndpoints wake;
    private final DeliveryMeters meters;
    private final boolean delivers;
    private final ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-sweep").factory());
    private volatile boolean running;
    private boolean failing;
    private long lookedAt;

    RunDeliveries(Scheduler scheduler, WakeEndpoints wake, DeliveryMeters meters, GatewayProperties properties) {
        this.scheduler = scheduler;
        this.wake = wake;
        this.meters = meters;
        this.delivers = properties.deliverWebhooks();
    }

    @Override
    public void start() {
        running = true;
        lookedAt = System.nanoTime() - LOOK.toNanos();
        sweeping.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            if (System.nanoTime() - lookedAt >= LOOK.toNanos()) {
                meters.look();
                lookedAt = System.nanoTime();
            }
            boolean woken = delivers && wake.wakeAll();
            if (!scheduler.getSchedulerState().isStarted()) {
                // Not before the database answers: it would be waited for.
                scheduler.start();
            }
            if (failing) {
                LOG.info("The database answers, and webhooks are delivered again");
                scheduler.resume();
                failing = false;
            }
            if (woken) {
                scheduler.triggerCheckForDueExecutions();
            }
        } catch (RuntimeException away) {
            if (!failing && running) {
                LOG.warn(
                        "Webhooks cannot be looked up; they are delivered when the database answers: {}",
                        NestedExceptionUtils.getMostSpecificCause(away).getMessage());
            }
            failing = true;
            scheduler.pause();
        }
    }

    /** Beside whatever else is stopped: attempts are given a moment to end. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofVirtual().name("stop-deliveries").start(() -> {
            stop();
            stopped.run();
        });
    }

    @Override
    public void stop() {
        running = false;
        sweeping.shutdownNow();
        try {
            if (!sweeping.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The last sweep is left to end by itself");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (scheduler.getSchedulerState().isStarted()) {
            scheduler.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
