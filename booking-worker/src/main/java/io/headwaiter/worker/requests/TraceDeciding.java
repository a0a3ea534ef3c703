package io.headwaiter.worker.requests;

import io.headwaiter.schemas.TraceParent;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A span for each request of a batch whose trace is recorded, from its being read to its event's being acknowledged. A batch
 * has no trace of its own, and a request without a {@code traceparent}, which nearly all are, costs nothing here.
 */
@Component
class TraceDeciding {

    private final Propagator propagator;

    TraceDeciding(Propagator propagator) {
        this.propagator = propagator;
    }

    void around(List<Incoming> batch, Runnable deciding) {
        List<Span> spans = new ArrayList<>(0);
        for (Incoming request : batch) {
            TraceParent sent = request.submitted().traceParent();
            if (sent != null) {
                spans.add(begin(request, sent));
            }
        }
        try {
            deciding.run();
        } catch (RuntimeException failure) {
            // Only what it was: its message may quote what a guest sent.
            spans.forEach(span -> span.tag("error", failure.getClass().getSimpleName()));
            throw failure;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private Span begin(Incoming request, TraceParent sent) {
        return propagator
                .extract(sent, TraceDeciding::header)
                .name("decide " + request.submitted().message().asked().type())
                .kind(Span.Kind.CONSUMER)
                .tag("headwaiter.request_id", request.submitted().message().id().toString())
                .tag(
                        "headwaiter.restaurant_id",
                        request.submitted().message().asked().restaurantId())
                .tag("messaging.kafka.offset", request.record().offset())
                .tag("messaging.destination.partition.id", request.record().partition())
                .start();
    }

    private static @Nullable String header(TraceParent sent, String name) {
        return name.equals(TraceParent.HEADER) ? sent.value() : null;
    }
}
