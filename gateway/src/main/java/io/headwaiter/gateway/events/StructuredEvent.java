package io.headwaiter.gateway.events;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * An event in CloudEvents' JSON format: one object with what its record has in headers and in its value. Not the extensions: the
 * request's id is in the data, and its fingerprint and trace are for no partner.
 *
 * @param json with the data as published, to the byte
 */
record StructuredEvent(String type, byte[] json) {

    private static final String PREFIX = "ce_";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final List<String> OPTIONAL = List.of("subject", "time", "dataschema");

    /** Empty when it is no CloudEvent, or one whose data are no JSON object. */
    static Optional<StructuredEvent> of(ConsumerRecord<String, byte[]> record) {
        ObjectNode event = MessageJson.mapper().createObjectNode();
        for (String name : REQUIRED) {
            String value = attribute(record, name);
            if (value == null) {
                return Optional.empty();
            }
            event.put(name, value);
        }
        for (String name : OPTIONAL) {
            String value = attribute(record, name);
            if (value != null) {
                event.put(name, value);
            }
        }
        if (!isObject(record.value())) {
            return Optional.empty();
        }
        event.put("datacontenttype", "application/json");
        event.putRawValue("data", new RawValue(new String(record.value(), StandardCharsets.UTF_8)));
        return Optional.of(new StructuredEvent(event.get("type").stringValue(), MessageJson.write(event)));
    }

    private static @Nullable String attribute(ConsumerRecord<String, byte[]> record, String name) {
        return FrozenEvent.header(record.headers(), PREFIX + name);
    }

    private static boolean isObject(byte @Nullable [] data) {
        try {
            return data != null && MessageJson.mapper().readTree(data).isObject();
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
