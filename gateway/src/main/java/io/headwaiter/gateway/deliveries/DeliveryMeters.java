package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.deliveries.Answer.Response;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an operator sees of deliveries. No partner, endpoint or restaurant is a tag. */
@Component
class DeliveryMeters {

    /**
     * Of what nobody works on although an endpoint is there for it: how far the gateways are behind. What waits because its own
     * endpoint is slow, or rests after failures, says nothing about them. Counting ends where the figure would not tell more.
     */
    private static final String LOOK =
            """
            select now() as now,
                   (select count(*) from (select from webhook_deliveries where status = 'pending' limit 1000000) p) as pending,
                   (select extract(epoch from now() - min(d.next_attempt_at))
                    from webhook_endpoints e
                    cross join lateral (
                      select next_attempt_at from webhook_deliveries
                      where endpoint_id = e.id and status = 'pending' order by next_attempt_at limit 1) d
                    where e.disabled_at is null and d.next_attempt_at <= now()
                      and (e.failing_since is null or e.paused_until is null or e.paused_until <= now())
                      and not exists (select from scheduled_tasks t
                                      where t.task_name = :task and t.task_instance = cast(e.id as text) and t.picked)
                   ) as age
            """;

    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final Timer delivered;
    private final Timer refused;
    private final Timer silent;
    private final Counter gone;
    private final Counter failing;
    private volatile long pending;
    private volatile double oldestDueSeconds;

    DeliveryMeters(DeliveriesDatabase database, DatabaseClock clock, MeterRegistry meters) {
        this.jdbc = database.jdbc();
        this.clock = clock;
        this.delivered = attempts("delivered", meters);
        this.refused = attempts("refused", meters);
        this.silent = attempts("silent", meters);
        this.gone = disabled("gone", meters);
        this.failing = disabled("failing", meters);
        Gauge.builder("headwaiter.webhook.deliveries.pending", () -> pending)
                .description(
                        "Deliveries that are to be tried, now or later; the same on every gateway, a million at the most")
                .register(meters);
        Gauge.builder("headwaiter.webhook.deliveries.late", () -> oldestDueSeconds)
                .description(
                        "How long the oldest delivery is due that no gateway has taken up; the same on every gateway")
                .baseUnit("seconds")
                .register(meters);
    }

    void attempted(Answer answer, long nanos) {
        Timer timer = answer instanceof Response response ? response.isSuccess() ? delivered : refused : silent;
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    void givenUp(String reason) {
        (reason.equals("gone") ? gone : failing).increment();
    }

    /** Asks the database how things stand, and what time it is. */
    void look() {
        jdbc.sql(LOOK).param("task", WakeEndpoints.TASK).query(row -> {
            clock.set(row.getObject("now", OffsetDateTime.class).toInstant());
            pending = row.getLong("pending");
            oldestDueSeconds = row.getDouble("age");
        });
    }

    private static Timer attempts(String outcome, MeterRegistry meters) {
        return Timer.builder("headwaiter.webhook.attempts")
                .description(
                        "Attempts to deliver: delivered, refused (answered by anything but 2xx), silent (not answered)")
                .tag("outcome", outcome)
                .serviceLevelObjectives(Stream.of(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 15_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(meters);
    }

    private static Counter disabled(String reason, MeterRegistry meters) {
        return Counter.builder("headwaiter.webhook.endpoints.disabled")
                .description(
                        "Endpoints given up: they answered 410 (gone), or did nothing but fail for five days (failing)")
                .tag("reason", reason)
                .register(meters);
    }
}
