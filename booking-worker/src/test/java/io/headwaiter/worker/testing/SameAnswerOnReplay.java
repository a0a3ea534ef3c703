package io.headwaiter.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/** However often a request is delivered, each copy of its event has the bytes, headers and key of what was stored. */
public record SameAnswerOnReplay(JdbcClient jdbc, EventsSeen events) {

    /** Of what has been published so far. */
    public void check(Collection<RequestMessage> requests) {
        Map<RequestId, Stored> stored = Stored.of(requests, jdbc);
        for (RequestMessage request : requests) {
            FrozenEvent first = Objects.requireNonNull(stored.get(request.id())).event();
            for (ConsumerRecord<byte[], byte[]> copy : events.seen(request.id())) {
                String fingerprint = FrozenEvent.header(copy.headers(), FrozenEvent.FINGERPRINT_HEADER);
                if (request.fingerprint().hex().equals(fingerprint)) {
                    assertThat(copy.value())
                            .as("a copy of the event about %s", request)
                            .isEqualTo(first.data());
                    assertThat(headers(copy)).as("its headers").isEqualTo(first.headers());
                    assertThat(new String(copy.key(), StandardCharsets.UTF_8))
                            .as("its key")
                            .isEqualTo(Long.toString(request.asked().restaurantId()));
                }
            }
        }
    }

    /** In their order. */
    public static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
