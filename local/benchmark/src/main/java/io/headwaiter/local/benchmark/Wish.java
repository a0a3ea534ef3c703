package io.headwaiter.local.benchmark;

import io.headwaiter.rules.DiningTable;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one party wants, whoever is asked.
 *
 * @param start as it stands in a request
 * @param guest a number: the same guest may come again
 */
record Wish(Town town, FloorPlan plan, String start, int guests, int guest) {

    /** @param more headers, each with its line's end */
    byte[] overHttp(String more) {
        String body = "{\"date\":\"" + start + "\",\"guests\":" + guests + ",\"client\":{\"name\":\"" + name()
                + "\",\"email\":\"" + email() + "\",\"phone\":\"" + phone() + "\"}}";
        return ("POST /api/restaurants/" + plan.restaurantId()
                        + "/reservations HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer " + town.key()
                        + "\r\nContent-Type: application/json\r\n" + more + "Content-Length: " + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a gateway would have put it into the topic. */
    ProducerRecord<String, byte[]> overKafka(RequestId id) {
        PlaceBooking asked = new PlaceBooking(
                plan.restaurantId(),
                town.partnerId(),
                Instant.parse(start),
                guests,
                null,
                null,
                new GuestDetails(name(), email(), phone()),
                null,
                null,
                null);
        long table = plan.proposedTable(guests).map(DiningTable::id).orElse(0L);
        return new RequestMessage(id, Fingerprint.of(asked), asked)
                .toRecord(new RequestKey(plan.restaurantId(), table), Instant.now());
    }

    private String name() {
        return "Guest Number " + guest;
    }

    private String email() {
        return "guest." + guest + "@example.com";
    }

    private String phone() {
        return "+34 600 " + (100_000 + guest);
    }
}
