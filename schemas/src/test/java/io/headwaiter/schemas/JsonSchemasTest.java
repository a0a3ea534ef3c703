package io.headwaiter.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The samples in {@code samples/v1} are what some consumer or producer out there has: they stay for ever, and every version
 * reads them.
 */
class JsonSchemasTest {

    private static final Map<String, Class<?>> RECORDS = Map.ofEntries(
            Map.entry(PlaceBooking.TYPE, PlaceBooking.class),
            Map.entry(MoveBooking.TYPE, MoveBooking.class),
            Map.entry(CancelBooking.TYPE, CancelBooking.class),
            Map.entry(ChangeStatus.TYPE, ChangeStatus.class),
            Map.entry(BlockTable.TYPE, BlockTable.class),
            Map.entry(UnblockTable.TYPE, UnblockTable.class),
            Map.entry(BookingConfirmed.TYPE, BookingConfirmed.class),
            Map.entry(BookingMoved.TYPE, BookingMoved.class),
            Map.entry(BookingCancelled.TYPE, BookingCancelled.class),
            Map.entry(BookingStatusChanged.TYPE, BookingStatusChanged.class),
            Map.entry(BookingRejected.TYPE, BookingRejected.class),
            Map.entry(BookingChangeRejected.TYPE, BookingChangeRejected.class),
            Map.entry(TableBlocked.TYPE, TableBlocked.class),
            Map.entry(TableUnblocked.TYPE, TableUnblocked.class));

    @Test
    void every_example_and_every_sample_is_valid_and_read_by_our_records() {
        for (String type : JsonSchemas.TYPES) {
            Schema schema = JsonSchemas.of(type);
            Map<String, String> good = JsonSchemas.good(type);
            good.forEach((name, json) -> {
                assertThat(JsonSchemas.errors(schema, json))
                        .as("%s: %s", type, name)
                        .isEmpty();
                assertThat(MessageJson.read(json.getBytes(UTF_8), record(type)))
                        .as(name)
                        .isNotNull();
            });
            assertThat(good).hasSizeGreaterThan(4);
        }
    }

    @Test
    void what_our_records_write_is_valid_and_loses_nothing_that_they_know() {
        for (String type : JsonSchemas.TYPES) {
            Schema schema = JsonSchemas.of(type);
            JsonSchemas.good(type).forEach((name, json) -> {
                Object read = MessageJson.read(json.getBytes(UTF_8), record(type));
                byte[] written = MessageJson.write(read);

                assertThat(JsonSchemas.errors(schema, new String(written, UTF_8)))
                        .as(name)
                        .isEmpty();
                assertThat(MessageJson.read(written, record(type))).as(name).isEqualTo(read);
                JsonNode before = new JsonMapper().readTree(json);
                JsonNode after = new JsonMapper().readTree(written);
                if (!name.contains("later-version") && !json.contains("+01:00")) {
                    assertThat(after).as(name).isEqualTo(before);
                }
            });
        }
    }

    @Test
    void a_confirmed_booking_is_read_member_by_member() {
        BookingConfirmed read =
                MessageJson.read(sample(BookingConfirmed.TYPE, "booking.confirmed-full.json"), BookingConfirmed.class);

        assertThat(read)
                .isEqualTo(new BookingConfirmed(
                        "5d41402abc4b2a76b9719d911017c592",
                        1,
                        7,
                        new ReservationFacts(
                                815,
                                Instant.parse("2027-01-01T18:00:00Z"),
                                Instant.parse("2027-01-01T20:00:00Z"),
                                4,
                                12,
                                31L,
                                "confirmed",
                                1,
                                null,
                                "order-4711"),
                        new TableFacts(12, "T3", 4)));
    }

    @Test
    void an_event_from_a_later_version_is_read_without_what_is_new() {
        BookingConfirmed known =
                MessageJson.read(sample(BookingConfirmed.TYPE, "booking.confirmed-full.json"), BookingConfirmed.class);

        assertThat(MessageJson.read(
                        sample(BookingConfirmed.TYPE, "booking.confirmed-from-a-later-version.json"),
                        BookingConfirmed.class))
                .isEqualTo(known);
        assertThat(MessageJson.read(
                                sample(BookingRejected.TYPE, "booking.rejected-for-a-reason-from-a-later-version.json"),
                                BookingRejected.class)
                        .reason())
                .isEqualTo("moon_too_full");
    }

    @Test
    void the_patterns_are_the_records_own() {
        JsonNode place = JsonSchemas.text(PlaceBooking.TYPE).get("properties");
        JsonNode client = place.get("client").get("properties");

        assertThat(List.of(
                        client.get("name").get("pattern").asString(),
                        client.get("email").get("pattern").asString(),
                        client.get("phone").get("pattern").asString(),
                        place.get("reference").get("pattern").asString(),
                        place.get("notes").get("pattern").asString()))
                .containsExactly(Text.NAME, Text.EMAIL, Text.PHONE, Text.REFERENCE, Text.NOTES);
    }

    @Test
    void unknown_members_and_unknown_reasons_are_let_in() {
        for (String type : JsonSchemas.TYPES) {
            JsonNode schema = JsonSchemas.text(type);
            assertThat(schema.findValues("additionalProperties")).as(type).isEmpty();
            assertThat(schema.findValues("enum")).as(type).isEmpty();
            assertThat(schema.get("$id").asString()).isEqualTo("urn:headwaiter:schema:" + type + ":1");
        }
    }

    private static Class<?> record(String type) {
        Class<?> record = RECORDS.get(type);
        if (record == null) {
            throw new IllegalArgumentException(type);
        }
        return record;
    }

    private static byte[] sample(String type, String name) {
        String json = JsonSchemas.good(type).get(name);
        if (json == null) {
            throw new IllegalArgumentException(name);
        }
        return json.getBytes(UTF_8);
    }
}
