package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.Logged;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that are no requests: each becomes a dead letter, and its neighbours are decided. */
class PoisonTest {

    private static final int PARTITION = 7;
    /** Stands wherever a guest's details might: it must come out nowhere. */
    private static final String SECRET = "ann.secret@example.com";

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant =
            worker.add(aRestaurant().withTables(2, 2, 2, 2).turn(15).buffer(0));
    private int neighbours = 0;

    @Test
    void what_is_outside_the_contract_is_dead_lettered_with_its_code() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("not JSON at all " + SECRET, "not_the_json_expected");
        bodies.put("", "not_the_json_expected");
        bodies.put("null", "not_the_json_expected");
        bodies.put("[]", "not_the_json_expected");
        bodies.put("\"" + SECRET + "\"", "not_the_json_expected");
        bodies.put(place("guests", "2") + " " + place("guests", "2"), "not_the_json_expected");
        bodies.put(place("guests", "2").replace("{", "{\"guests\":3,"), "not_the_json_expected");
        bodies.put(place("guests", "\"4\""), "not_the_json_expected");
        bodies.put(place("guests", "\"" + SECRET + "\""), "not_the_json_expected");
        bodies.put(place("guests", "2.5"), "not_the_json_expected");
        bodies.put(place("guests", "1e9"), "not_the_json_expected");
        bodies.put(place("guests", "1e400"), "not_the_json_expected");
        bodies.put(place("guests", "true"), "not_the_json_expected");
        bodies.put(place("guests", "null"), "not_the_json_expected");
        bodies.put(place("guests", "1" + "0".repeat(5000)), "not_the_json_expected");
        bodies.put(place("guests", "3000000000"), "not_the_json_expected");
        bodies.put(place("guests", "0"), "guests_out_of_range");
        bodies.put(place("guests", "21"), "guests_out_of_range");
        bodies.put(place("guests", "-1"), "guests_out_of_range");
        bodies.put(place("restaurant_id", "0"), "restaurant_id_invalid");
        bodies.put(place("restaurant_id", "9223372036854775808"), "not_the_json_expected");
        bodies.put(place("partner_id", "-5"), "partner_id_invalid");
        bodies.put(place("date", "null"), "date_missing");
        bodies.put(place("date", "1893456000"), "not_the_json_expected");
        bodies.put(place("date", "\"" + SECRET + "\""), "not_the_json_expected");
        bodies.put(place("date", "\"2027-02-30T18:00:00Z\""), "not_the_json_expected");
        bodies.put(place("date", "\"1999-12-31T23:59:59Z\""), "date_out_of_range");
        bodies.put(place("date", "\"2200-01-01T00:00:00Z\""), "date_out_of_range");
        bodies.put(place("date", "\"+999999999-01-01T00:00:00Z\""), "not_the_json_expected");
        bodies.put(place("table_id", "0"), "table_id_invalid");
        bodies.put(place("table_id", "\"1\""), "not_the_json_expected");
        bodies.put(place("client_id", "0"), "client_id_invalid");
        bodies.put(place("client", "[\"" + SECRET + "\"]"), "not_the_json_expected");
        bodies.put(place("client", guest("A")).replace("}}", "},\"client_id\":1}"), "client_ambiguous");
        bodies.put(place("client", "{\"email\":\"" + SECRET + "\"}"), "client_name_invalid");
        bodies.put(place("client", "{\"name\":\"Ann\"}"), "client_email_invalid");
        bodies.put(place("client", "{\"name\":7,\"email\":\"" + SECRET + "\"}"), "not_the_json_expected");
        bodies.put(place("client", guest("A")), "client_name_invalid");
        bodies.put(place("client", guest("A".repeat(101))), "client_name_invalid");
        bodies.put(place("client", guest("Ann\\u0000Lee")), "client_name_invalid");
        bodies.put(place("client", guest("Ann\\ud83c")), "client_name_invalid");
        bodies.put(place("client", guest("\\udf7d\\ud83c")), "client_name_invalid");
        bodies.put(place("client", guest("Ann\\nLee")), "client_name_invalid");
        bodies.put(place("client", email("nobody")), "client_email_invalid");
        bodies.put(place("client", email("a b@x")), "client_email_invalid");
        bodies.put(place("client", email("a@b@x")), "client_email_invalid");
        bodies.put(place("client", email("\\u00a0a@x")), "client_email_invalid");
        bodies.put(place("client", email("a\\u0000@x")), "client_email_invalid");
        bodies.put(place("client", email("a\\udc00@x")), "client_email_invalid");
        bodies.put(place("client", email("a".repeat(250) + "@x.de")), "client_email_invalid");
        bodies.put(place("client", email("a".repeat(70_000) + "@x.de")), "not_the_json_expected");
        bodies.put(place("client", phone("12a45")), "client_phone_invalid");
        bodies.put(place("client", phone("1234\\u0000")), "client_phone_invalid");
        bodies.put(place("client", phone("\\u0661\\u0662\\u0663\\u0664\\u0665")), "client_phone_invalid");
        bodies.put(place("reference", "\"\""), "reference_invalid");
        bodies.put(place("reference", "7"), "not_the_json_expected");
        bodies.put(place("reference", "\"a\\u0000\""), "reference_invalid");
        bodies.put(place("reference", "\"" + "r".repeat(101) + "\""), "reference_invalid");
        bodies.put(place("notes", "\"" + "n".repeat(1001) + "\""), "notes_invalid");
        bodies.put(place("notes", "\"\\u0000\""), "notes_invalid");
        bodies.put(place("notes", "\"\\ud800\""), "notes_invalid");
        bodies.put(place("notes", "[".repeat(10_000) + "]".repeat(10_000)), "not_the_json_expected");
        bodies.put(place("unknown", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), "not_the_json_expected");
        bodies.put(place("notes", "\"" + "n".repeat(900_000) + "\""), "not_the_json_expected");
        bodies.put("x".repeat(900_000), "not_the_json_expected");
        List<Poison> poison = new ArrayList<>();
        bodies.forEach((body, code) -> poison.add(new Poison(body, body.getBytes(UTF_8), envelope(), code)));
        poison.add(new Poison("UTF-16", "{}".getBytes(StandardCharsets.UTF_16), envelope(), "not_the_json_expected"));
        poison.add(new Poison(
                "not UTF-8",
                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
                envelope(),
                "not_the_json_expected"));
        check(poison);
    }

    @Test
    void what_is_no_message_of_ours_is_dead_lettered_with_its_code() {
        byte[] body = place("guests", "2").getBytes(UTF_8);
        List<Poison> poison = new ArrayList<>();
        poison.add(new Poison("no value", null, envelope(), "no_value"));
        poison.add(new Poison("no headers", body, new RecordHeaders(), "not_a_cloud_event"));
        poison.add(new Poison("unknown type", body, with("ce_type", "booking.dance"), "unknown_type"));
        poison.add(new Poison("no type", body, without("ce_type"), "not_a_cloud_event"));
        poison.add(new Poison("no source", body, without("ce_source"), "not_a_cloud_event"));
        poison.add(new Poison("no id", body, without("ce_id"), "not_a_cloud_event"));
        poison.add(new Poison("no specversion", body, without("ce_specversion"), "not_a_cloud_event"));
        poison.add(new Poison("another specversion", body, with("ce_specversion", "9.9"), "not_a_cloud_event"));
        poison.add(new Poison("no request id", body, with("ce_id", SECRET), "envelope_invalid"));
        poison.add(new Poison("short request id", body, with("ce_id", "abcd"), "envelope_invalid"));
        poison.add(new Poison("no fingerprint", body, without("ce_fingerprint"), "envelope_invalid"));
        poison.add(new Poison("odd fingerprint", body, with("ce_fingerprint", SECRET), "envelope_invalid"));
        poison.add(new Poison(
                "upper-case fingerprint", body, with("ce_fingerprint", "AB".repeat(16)), "envelope_invalid"));
        poison.add(new Poison("a time that is none", body, with("ce_time", SECRET), "not_a_cloud_event"));
        poison.add(
                new Poison("a source that is none", body, with("ce_source", "\u0000 " + SECRET), "not_a_cloud_event"));
        check(poison);
    }

    @Test
    void headers_that_are_null_or_garbage_stop_nothing() {
        byte[] body = place("guests", "2").getBytes(UTF_8);
        List<Poison> poison = new ArrayList<>();
        for (Header header : envelope()) {
            Headers headers = without(header.key()).add(header.key(), null);
            poison.add(new Poison(header.key() + " is null", body, headers, ""));
            headers = without(header.key()).add(header.key(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
            poison.add(new Poison(header.key() + " is garbage", body, headers, ""));
        }
        poison.add(new Poison("structured mode", body, with("content-type", "application/cloudevents+json"), ""));
        poison.add(
                new Poison("a batch of events", body, with("content-type", "application/cloudevents-batch+json"), ""));
        checkNeighbours(poison);
    }

    @Test
    void random_garbage_stops_nothing() {
        Random random = seed.random;
        byte[] good = place("guests", "2").getBytes(UTF_8);
        List<Poison> poison = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            byte[] body = good.clone();
            Headers headers = new RecordHeaders();
            for (Header header : envelope()) {
                byte[] value = header.value();
                if (random.nextInt(8) == 0) {
                    value = new byte[random.nextInt(20)];
                    random.nextBytes(value);
                }
                if (random.nextInt(12) > 0) {
                    headers.add(header.key(), value);
                }
            }
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            poison.add(new Poison("garbage " + i, body, headers, ""));
        }
        checkNeighbours(poison);
    }

    @Test
    void a_record_that_is_large_only_when_unpacked_is_dead_lettered_without_what_does_not_fit() throws Exception {
        byte[] body = ("{\"notes\":\"" + "n".repeat(6 * 1024 * 1024) + "\"}").getBytes(UTF_8);
        RecordMetadata at;
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        worker.bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        16 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer())) {
            at = producer.send(new ProducerRecord<>(Topics.REQUESTS, PARTITION, "1/0", body, envelope()))
                    .get();
        }
        RequestMessage after = neighbour();

        ConsumerRecord<byte[], byte[]> letter = worker.events.deadLetter(PARTITION, at.offset());

        worker.events.confirmed(after);
        assertThat(FrozenEvent.header(letter.headers(), "dead_letter_code")).isEqualTo("not_the_json_expected");
        assertThat(FrozenEvent.header(letter.headers(), "dead_letter_value_size"))
                .isEqualTo(Integer.toString(body.length));
        assertThat(letter.value()).isNotEmpty();
        assertThat(body).startsWith(letter.value());
    }

    private record Poison(String what, byte @Nullable [] body, Headers headers, String code) {

        ProducerRecord<String, byte[]> record() {
            return new ProducerRecord<>(Topics.REQUESTS, PARTITION, "1/0", body, headers);
        }
    }

    /** Some of it may turn out to be a request all the same. */
    private void checkNeighbours(List<Poison> poison) {
        List<RequestMessage> good = new ArrayList<>();
        for (Poison each : poison) {
            worker.send(each.record());
            good.add(neighbour());
        }
        good.forEach(worker.events::of);
    }

    private void check(List<Poison> poison) {
        List<RequestMessage> good = new ArrayList<>();
        Map<Poison, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (Logged logged = new Logged()) {
            worker.whilePaused(() -> {
                good.add(neighbour());
                for (Poison each : poison) {
                    sent.put(each, worker.send(each.record()));
                    good.add(neighbour());
                }
            });
            sent.forEach(this::checkDeadLetter);
            good.forEach(request -> assertThat(worker.events.of(request)).isInstanceOf(BookingConfirmed.class));
            assertThat(logged.lines()).noneMatch(line -> line.contains(SECRET));
            assertThat(logged.lines().stream().filter(line -> line.contains("goes to the dead letters")))
                    .hasSize(poison.size());
        }
    }

    private void checkDeadLetter(Poison poison, Future<RecordMetadata> sent) {
        String what = poison.what().substring(0, Math.min(80, poison.what().length()));
        long offset;
        try {
            offset = sent.get().offset();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(what, failure);
        }
        ConsumerRecord<byte[], byte[]> letter = worker.events.deadLetter(PARTITION, offset);
        assertThat(worker.events.deadLetters(PARTITION, offset)).as(what).hasSize(1);
        String code = FrozenEvent.header(letter.headers(), "dead_letter_code");
        assertThat(code).as(what).isEqualTo(poison.code());
        assertThat(letter.value()).as(what).isEqualTo(poison.body());
        assertThat(letter.key()).as(what).isEqualTo("1/0".getBytes(UTF_8));
        List<Header> headers = List.of(letter.headers().toArray());
        List<Header> original = List.of(poison.headers().toArray());
        assertThat(headers.subList(0, original.size())).as(what).isEqualTo(original);
        assertThat(FrozenEvent.header(letter.headers(), "dead_letter_topic")).isEqualTo(Topics.REQUESTS);
        String detail = FrozenEvent.header(letter.headers(), "dead_letter_detail");
        assertThat(detail).as(what).isNotEmpty().hasSizeLessThan(501).doesNotContain(SECRET);
    }

    /** A request that is good, and gets a table. */
    private RequestMessage neighbour() {
        int slot = neighbours++;
        return worker.placeOn(
                PARTITION, RequestId.create(), aTable(restaurant.id(), minutesAfter(EVENING, 15L * (slot / 4)), 2));
    }

    private Headers envelope() {
        RequestMessage message = new RequestMessage(
                RequestId.create(),
                Fingerprint.of(aTable(restaurant.id(), EVENING, 2)),
                aTable(restaurant.id(), EVENING, 2));
        return new RecordHeaders(RunningWorker.onPartition(PARTITION, message).headers());
    }

    private Headers without(String name) {
        return envelope().remove(name);
    }

    private Headers with(String name, String value) {
        return without(name).add(new RecordHeader(name, value.getBytes(UTF_8)));
    }

    private String place(String member, String value) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("restaurant_id", Long.toString(restaurant.id()));
        members.put("partner_id", "7");
        members.put("date", "\"" + EVENING + "\"");
        members.put("guests", "2");
        members.put(member, value);
        StringBuilder json = new StringBuilder();
        members.forEach((name, each) -> json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(each));
        return json.append('}').toString();
    }

    private static String guest(String name) {
        return "{\"name\":\"" + name + "\",\"email\":\"" + SECRET + "\"}";
    }

    private static String email(String email) {
        return "{\"name\":\"Ann Lee\",\"email\":\"" + email + "\"}";
    }

    private static String phone(String phone) {
        return "{\"name\":\"Ann Lee\",\"email\":\"" + SECRET + "\",\"phone\":\"" + phone + "\"}";
    }
}
