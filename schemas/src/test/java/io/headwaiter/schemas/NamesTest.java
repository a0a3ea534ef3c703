package io.headwaiter.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** Ids, keys and fingerprints. What is compared with a literal here is in databases and topics out there: it never changes. */
class NamesTest {

    private static final PlaceBooking FULL = new PlaceBooking(
            1,
            7,
            Instant.parse("2027-01-01T18:00:00Z"),
            2,
            12L,
            null,
            new GuestDetails("João Döe", "joao@example.com", "+34 600 100 200"),
            "order-4711",
            "By the window,\nplease",
            null);
    private static final PlaceBooking MINIMAL =
            new PlaceBooking(1, 7, Instant.parse("2027-01-01T18:00:00Z"), 4, null, null, null, null, null, null);

    @Test
    void a_fingerprint_never_changes() {
        assertThat(Fingerprint.of(MINIMAL)).hasToString("f4f00f953e7e2530c37147503072a54c");
        assertThat(Fingerprint.of(FULL)).hasToString("27d70129fa03b075f244fff6aa430f73");
    }

    @Test
    void a_derived_request_id_never_changes() {
        assertThat(RequestId.derive(7, 1, "order-4711")).hasToString("7325757f44b74a442621eb7cf8fd49e4");
        assertThat(RequestId.derive(7, 1, "żółć \uD83C\uDF7D")).hasToString("b29a47bf0cf74e08718b73bd7e964420");
    }

    @Test
    void a_keys_partition_is_the_one_that_kafka_gives_it_among_twelve() {
        for (long table = 0; table < 1000; table++) {
            RequestKey key = new RequestKey(table % 7, table);

            assertThat(key.partition())
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.toString().getBytes(UTF_8), 12));
        }
        RequestMessage message = new RequestMessage(RequestId.create(), Fingerprint.of(MINIMAL), MINIMAL);
        assertThat(message.toRecord(new RequestKey(1, 12), Instant.EPOCH).partition())
                .isEqualTo(new RequestKey(1, 12).partition());
    }

    @Test
    void the_same_payload_has_the_same_fingerprint_however_it_came() {
        PlaceBooking read = MessageJson.read(MessageJson.write(FULL), PlaceBooking.class);
        PlaceBooking elsewhere = MessageJson.read(
                """
                {"guests": 4, "date": "2027-01-01T19:00:00.000+01:00", "partner_id": 7, "notes": null, "restaurant_id": 1, "x": 1}
                """
                        .getBytes(UTF_8),
                PlaceBooking.class);

        assertThat(Fingerprint.of(read)).isEqualTo(Fingerprint.of(FULL));
        assertThat(Fingerprint.of(elsewhere)).isEqualTo(Fingerprint.of(MINIMAL));
    }

    @Test
    void every_member_of_a_payload_counts() {
        Instant date = Instant.parse("2027-01-01T18:00:00Z");
        GuestDetails guest = new GuestDetails("Ann", "a@b", null);
        List<PlaceBooking> all = List.of(
                MINIMAL,
                FULL,
                new PlaceBooking(2, 7, date, 4, null, null, null, null, null, null),
                new PlaceBooking(1, 8, date, 4, null, null, null, null, null, null),
                new PlaceBooking(1, 7, date.plusNanos(1), 4, null, null, null, null, null, null),
                new PlaceBooking(1, 7, date, 5, null, null, null, null, null, null),
                new PlaceBooking(1, 7, date, 4, 5L, null, null, null, null, null),
                new PlaceBooking(1, 7, date, 4, null, 5L, null, null, null, null),
                new PlaceBooking(1, 7, date, 4, null, null, guest, null, null, null),
                new PlaceBooking(1, 7, date, 4, null, null, new GuestDetails("Ann", "A@b", null), null, null, null),
                new PlaceBooking(1, 7, date, 4, null, null, null, "5", null, null),
                new PlaceBooking(1, 7, date, 4, null, null, null, null, "5", null));
        Set<Fingerprint> fingerprints = new HashSet<>();
        all.forEach(each -> fingerprints.add(Fingerprint.of(each)));

        assertThat(fingerprints).hasSize(all.size());
    }

    @Test
    void ids_keys_and_fingerprints_survive_the_way_through_text_and_bytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            RequestId id = RequestId.of(bytes);
            assertThat(RequestId.parse(id.toString())).as("seed %s", seed).isEqualTo(id);
            assertThat(RequestId.of(id.bytes())).isEqualTo(id);
            assertThat(id.toString()).matches("[0-9a-f]{32}");
            Fingerprint fingerprint = Fingerprint.of(bytes);
            assertThat(new Fingerprint(fingerprint.hex())).isEqualTo(fingerprint);
            assertThat(fingerprint.bytes()).isEqualTo(bytes);
            RequestKey key =
                    new RequestKey(random.nextLong() >>> 1, random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 1);
            assertThat(RequestKey.parse(key.toString())).isEqualTo(key);
        }
    }

    @Test
    void new_request_ids_differ_and_begin_with_when_they_were_made() {
        long before = System.currentTimeMillis();
        List<RequestId> ids = Stream.generate(RequestId::create).limit(1000).toList();
        long after = System.currentTimeMillis();

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.value().getMostSignificantBits() >>> 16).isBetween(before, after);
            assertThat(id.value().version()).isEqualTo(7);
            assertThat(id.value().variant()).isEqualTo(2);
        });
        assertThat(ids.stream()
                        .map(id -> id.value().getLeastSignificantBits() & 0xFFFF)
                        .distinct())
                .as("the last of the random bits")
                .hasSizeGreaterThan(900);
    }

    @Test
    void partners_restaurants_and_keys_do_not_run_into_one_another() {
        assertThat(Set.of(
                        RequestId.derive(1, 23, "4"),
                        RequestId.derive(12, 3, "4"),
                        RequestId.derive(1, 2, "3\n4"),
                        RequestId.derive(1, 2, "34")))
                .hasSize(4);
    }

    @Test
    void what_is_no_id_no_key_and_no_fingerprint_is_refused() {
        for (String text : List.of("", "12", "x".repeat(32), "0".repeat(31), "0".repeat(34), "0".repeat(30) + "é")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> RequestId.parse(text));
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> new Fingerprint(text));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint("A".repeat(32)));
        for (String text : List.of("", "1", "/", "1/", "/1", "a/b", "1/2/3", "1/99999999999999999999")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> RequestKey.parse(text));
        }
    }
}
