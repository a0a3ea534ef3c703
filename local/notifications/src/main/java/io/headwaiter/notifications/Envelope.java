package io.headwaiter.notifications;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.UnreadableMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * What a CloudEvent says of itself.
 *
 * @param id the same for every copy of the event
 * @param time when it was decided
 */
record Envelope(String id, Instant time) {

    /** It becomes a part of mails' headers. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    static Envelope of(Headers headers) throws UnreadableMessage {
        String id = FrozenEvent.header(headers, "ce_id");
        String time = FrozenEvent.header(headers, "ce_time");
        if (id == null || time == null || !ID.matcher(id).matches()) {
            throw new UnreadableMessage("envelope_invalid", "ce_id and ce_time must be there, and ce_id a plain word");
        }
        try {
            return new Envelope(id, OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException notOne) {
            throw new UnreadableMessage("envelope_invalid", "ce_time must be a time");
        }
    }
}
