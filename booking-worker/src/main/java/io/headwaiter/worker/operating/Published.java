package io.headwaiter.worker.operating;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An event as it was published once, to be held against the decision of its request. */
record Published(ConsumerRecord<byte[], byte[]> record, long restaurantId, RequestId requestId, String eventId) {

    private static final String TIME = "ce_time";
    private static final String TYPE = "ce_type";

    /** Empty when the record is no event of ours. */
    static Optional<Published> of(ConsumerRecord<byte[], byte[]> record) {
        String requestId = FrozenEvent.header(record.headers(), FrozenEvent.REQUEST_ID_HEADER);
        String eventId = FrozenEvent.header(record.headers(), "ce_id");
        if (requestId == null || eventId == null || record.key() == null || record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Published(
                    record,
                    Long.parseLong(new String(record.key(), StandardCharsets.UTF_8)),
                    RequestId.parse(requestId),
                    eventId));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether it says that its {@code Idempotency-Key} was used before: nothing is stored about such a request. */
    boolean isOfAReusedKey() {
        return eventId.startsWith("evt_" + requestId + "_");
    }

    boolean isTheSameAs(FrozenEvent decided) {
        return headers().equals(decided.headers()) && Arrays.equals(record.value(), decided.data());
    }

    /** Decided again, the same way, at another time: whoever followed the event knows what is so. */
    boolean isTheSameButForItsTime(FrozenEvent decided) {
        Map<String, String> published = headers();
        Map<String, String> now = new LinkedHashMap<>(decided.headers());
        published.remove(TIME);
        now.remove(TIME);
        return published.equals(now) && Arrays.equals(record.value(), decided.data());
    }

    /** As a line begins: where it is, and of what. */
    String name() {
        return "%d@%d  restaurant %d  request %s  %s"
                .formatted(record.partition(), record.offset(), restaurantId, requestId, type(headers()));
    }

    /** Each member that was published otherwise than it is decided: what it was, and what it is. */
    String differences(FrozenEvent decided) {
        Map<String, String> before = members(headers(), record.value());
        Map<String, String> after = members(decided.headers(), decided.data());
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            String was = before.getOrDefault(name, "-");
            String is = after.getOrDefault(name, "-");
            if (!was.equals(is)) {
                text.append("  ").append(Printable.of(name + " " + was + " -> " + is));
            }
        }
        return text.toString();
    }

    private static String type(Map<String, String> headers) {
        return Printable.of(headers.get(TYPE));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), String.valueOf(FrozenEvent.header(record.headers(), header.key())));
        }
        return headers;
    }

    private static Map<String, String> members(Map<String, String> headers, byte[] data) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("type", type(headers));
        try {
            flatten("", MessageJson.mapper().readTree(data), members);
        } catch (JacksonException notJson) {
            members.put("data", Printable.of(data));
        }
        return members;
    }

    private static void flatten(String name, @Nullable JsonNode node, Map<String, String> members) {
        if (node == null) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> flatten(
                            name.isEmpty() ? member.getKey() : name + "." + member.getKey(),
                            member.getValue(),
                            members));
        } else {
            members.put(name, node.toString());
        }
    }
}
