package io.headwaiter.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an RFC 3339 date-time and nothing else; Jackson by itself would take a number for seconds since 1970. */
final class InstantFromText extends StdDeserializer<Instant> {

    /** ISO 8601 has more: years of five digits, hours without minutes, an hour 24. The JSON Schemas have the same pattern. */
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

    InstantFromText() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
        }
        String text = parser.getString();
        if (RFC_3339.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException noSuchTime) {
                // Such as the 30th of February: refused below, like what is no date-time at all.
            }
        }
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an RFC 3339 date-time");
    }
}
