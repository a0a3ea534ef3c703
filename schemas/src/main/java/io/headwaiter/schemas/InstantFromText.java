package io.headwaiter.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an RFC 3339 date-time and nothing else; Jackson by itself would take a number for seconds since 1970. */
final class InstantFromText extends StdDeserializer<Instant> {

    InstantFromText() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
        }
        String text = parser.getString();
        try {
            return Instant.parse(text);
        } catch (DateTimeException notOne) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an RFC 3339 date-time");
        }
    }
}
