package io.headwaiter.gateway.deliveries;

import com.github.kagkarlsson.scheduler.SchedulerState;
import io.headwaiter.gateway.deliveries.Answer.Response;
import io.headwaiter.gateway.deliveries.Answer.Silence;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Sends one endpoint what is due for it, a few at a time, until nothing is or its time is up. It is run by db-scheduler, which
 * sees to it that one gateway at a time does so for an endpoint, and that another one takes over from a gateway that died.
 *
 * <p>What was sent and not noted, because the gateway died or the database was away, is sent again under the same id.
 */
@Component
class DeliverToEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverToEndpoint.class);

    /** To one endpoint at once. */
    static final int AT_ONCE = 4;

    /** Others may have waited for this gateway to be free. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);

    /** For an attempt to end, before it is looked whether something else is due by now. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final DueDeliveries deliveries;
    private final SendWebhook send;
    private final DeliveryMeters meters;

    DeliverToEndpoint(DueDeliveries deliveries, SendWebhook send, DeliveryMeters meters) {
        this.deliveries = deliveries;
        this.send = send;
        this.meters = meters;
    }

    void deliver(long endpointId, SchedulerState scheduler) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        Set<Long> underWay = new HashSet<>();
        BlockingQueue<Long> done = new LinkedBlockingQueue<>();
        // Closed when this is interrupted, it interrupts what is under way.
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!Thread.currentThread().isInterrupted()
                    && !scheduler.isShuttingDown()
                    && System.nanoTime() - end < 0) {
                if (underWay.size() < AT_ONCE) {
                    start(deliveries.due(endpointId, underWay, AT_ONCE - underWay.size()), underWay, done, lanes);
                }
                if (underWay.isEmpty()) {
                    break;
                }
                awaitOne(underWay, done);
            }
        }
        if (Thread.interrupted()) {
            // Not set again: db-scheduler has yet to tell the database that this is over.
            LOG.debug("Attempts to deliver to endpoint {} are cut off", endpointId);
        }
    }

    private void start(List<Due> due, Set<Long> underWay, BlockingQueue<Long> done, ExecutorService lanes) {
        for (Due one : due) {
            underWay.add(one.id());
            lanes.execute(() -> {
                try {
                    attempt(one);
                } finally {
                    done.add(one.id());
                }
            });
        }
    }

    private static void awaitOne(Set<Long> underWay, BlockingQueue<Long> done) {
        try {
            Long first = done.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            for (Long one = first; one != null; one = done.poll()) {
                underWay.remove(one);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Due due) {
        long start = System.nanoTime();
        try {
            Answer answer = send.send(due);
            meters.attempted(answer, System.nanoTime() - start);
            note(due, answer);
        } catch (InterruptedException stopping) {
            // As if it had not been tried: whoever is next tries it again.
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "What came of {} cannot be noted, so it is sent again: {}",
                    due,
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        }
    }

    private void note(Due due, Answer answer) {
        if (answer instanceof Response response && response.isSuccess()) {
            deliveries.delivered(due, response);
            return;
        }
        Response response = answer instanceof Response given ? given : null;
        String failure = answer instanceof Silence silence ? silence.why() : null;
        Duration askedFor = response == null ? null : response.retryAfter();
        String givenUp = deliveries.failed(
                due,
                response,
                failure,
                RetrySchedule.pauseAfter(due.attempts() + 1, askedFor).orElse(null));
        if (givenUp != null) {
            meters.givenUp(givenUp);
            LOG.info(
                    "Endpoint {} is disabled ({}); its partner's other endpoints are told, and what is due for it waits until it is enabled",
                    due.endpointId(),
                    givenUp);
        }
    }
}
