package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.history.Asked;
import io.headwaiter.local.faults.history.Entry;
import io.headwaiter.local.faults.history.Outcome;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.local.faults.history.Ticket;
import io.headwaiter.local.faults.load.Houses;
import io.headwaiter.schemas.MessageJson;
import io.headwaiter.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A booking whose note makes the database throw at whoever writes it, which is what a defect of the worker looks like. Its caller
 * must hear {@code internal_error}. Recovered: from then on, all partitions are decided.
 */
final class Defect implements Fault {

    private static final String NOTE = "This one makes the worker fail.";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 5;

    private final Houses houses;
    private final Recorder history;
    private final HttpClient http = HttpClient.newHttpClient();

    Defect(Houses houses, Recorder history, JdbcClient database) {
        this.houses = houses;
        this.history = history;
        database.sql(
                        """
                        create or replace function a_defect() returns trigger language plpgsql as $$
                        begin
                            raise exception 'a defect, on purpose';
                        end $$
                        """)
                .update();
        database.sql(
                        """
                        create or replace trigger a_defect before insert on reservations
                        for each row when (new.notes = '%s') execute function a_defect()
                        """
                                .formatted(NOTE))
                .update();
    }

    private record Answer(int status, @Nullable String code, Ticket ticket) {}

    @Override
    public Effect inject(Stage stage, Random dice) throws Group.Away {
        long restaurant =
                houses.spread().get(dice.nextInt(houses.spread().size())).id();
        Instant date = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(310 + dice.nextInt(60), ChronoUnit.DAYS)
                .plus(dice.nextInt(96) * 15L, ChronoUnit.MINUTES);
        String reference = "defect-" + new UUID(dice.nextLong(), dice.nextLong());
        Map<Integer, Long> before = stage.group().ends();
        long since = System.nanoTime();
        Optional<Answer> answer = Optional.empty();
        for (int tries = 0; tries < TRIES && answer.isEmpty(); tries++) {
            URI gateway = stage.cluster()
                    .gatewayUrls()
                    .get(tries % stage.cluster().gatewayUrls().size());
            answer = ask(gateway, restaurant, new Asked.Place(date, 2, null, reference));
        }
        String what = "at restaurant " + restaurant;
        if (answer.isEmpty()) {
            return Effect.broken(what, "nobody answered");
        }
        int found =
                lookFor(answer.get().ticket().request(), before, stage.cluster().bootstrapServers(), stage.own());
        if (found == 0) {
            return Effect.broken(what, "the request is not among the requests");
        }
        if (!"internal_error".equals(answer.get().code())) {
            return Effect.broken(what, "its caller heard " + answer.get());
        }
        return Effect.recovered(what, stage.untilDecided(Group.all(), since), LIMIT);
    }

    private Optional<Answer> ask(URI gateway, long restaurant, Asked.Place asked) {
        String body = MessageJson.mapper()
                .writeValueAsString(Map.of(
                        "date", asked.date().toString(),
                        "guests", asked.guests(),
                        "reference", String.valueOf(asked.reference()),
                        "notes", NOTE));
        HttpRequest request = HttpRequest.newBuilder(
                        gateway.resolve("/api/restaurants/" + restaurant + "/reservations"))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + houses.key())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", String.valueOf(asked.reference()))
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long call = history.nextCall();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode json = MessageJson.mapper().readTree(response.body());
            String token = json.path("request_id").asString(null);
            if (token == null) {
                Await.aMoment();
                return Optional.empty();
            }
            Ticket ticket = Ticket.of(token);
            String code = json.path("code").asString("");
            history.record(new Entry.Call(
                    call,
                    restaurant,
                    asked.reference(),
                    ticket.request(),
                    asked,
                    Instant.now(),
                    gateway.getAuthority()));
            history.record(new Entry.Told(
                    call,
                    Instant.now(),
                    false,
                    response.statusCode(),
                    ticket,
                    response.statusCode() == 503 ? null : new Outcome.Refused(code, null),
                    code,
                    response.headers().firstValue("Retry-After").isPresent()));
            return response.statusCode() == 503
                    ? Optional.empty()
                    : Optional.of(new Answer(response.statusCode(), code, ticket));
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** There must be a dead letter about each of its records: it may have been sent more than once. */
    private static int lookFor(UUID request, Map<Integer, Long> from, String bootstrapServers, OwnRequests own) {
        String id = "%016x%016x".formatted(request.getMostSignificantBits(), request.getLeastSignificantBits());
        Map<TopicPartition, Long> partitions = new HashMap<>();
        from.forEach((partition, offset) -> partitions.put(new TopicPartition(Topics.REQUESTS, partition), offset));
        int found = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.copyOf(partitions.keySet()));
            partitions.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Header header = record.headers().lastHeader("ce_id");
                    if (header != null && new String(header.value(), StandardCharsets.UTF_8).equals(id)) {
                        own.poisoned(record.partition(), record.offset(), record.value());
                        found++;
                    }
                }
            }
        }
        return found;
    }
}
