package io.headwaiter.gateway.bookings;

import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.schemas.TraceParent;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/**
 * Carries the trace of a call on to whoever decides it, in the record's {@code traceparent}, if that trace is recorded. If it
 * is not, which is nearly always, nothing is sent and nothing is measured.
 */
@Component
class TraceRequest {

    private final Tracer tracer;
    private final Propagator propagator;

    TraceRequest(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The span of publishing this record, for the caller to end. */
    Span begin(ProducerRecord<String, byte[]> record, RequestMessage message) {
        Span call = tracer.currentSpan();
        if (call == null || !Boolean.TRUE.equals(call.context().sampled())) {
            return Span.NOOP;
        }
        Span span = tracer.spanBuilder()
                .setParent(call.context())
                .name("publish " + message.asked().type())
                .kind(Span.Kind.PRODUCER)
                .tag("headwaiter.request_id", message.id().toString())
                .tag("headwaiter.restaurant_id", message.asked().restaurantId())
                .tag("messaging.system", "kafka")
                .tag("messaging.destination.name", Topics.REQUESTS)
                .start();
        propagator.inject(span.context(), record, (to, name, value) -> {
            // What else a caller's trace carries with it has no place in a topic.
            if (to != null && name.equals(TraceParent.HEADER)) {
                to.headers().add(name, value.getBytes(StandardCharsets.US_ASCII));
            }
        });
        return span;
    }
}
