package io.headwaiter.local.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Through HTTP, Kafka, PostgreSQL and back, each a process of its own. */
class WholePathTest {

    /** The demo restaurants' tables are numbered through: restaurant 1 has five, and restaurant 2 the twenty after them. */
    private static final int FIRST_TABLE = 6;

    private static final JsonMapper JSON = new JsonMapper();

    private final LocalRun headwaiter = LocalRun.shared();

    @Test
    void of_ten_who_want_the_only_table_at_once_one_gets_it_and_nine_hear_why_not() {
        String body =
                "{\"date\":\"" + LocalDate.now(ZoneId.of("Europe/Madrid")).plusDays(20) + "T19:00Z\",\"guests\":4}";

        List<HttpResponse<String>> answers = atOnce(
                10, i -> headwaiter.post("test-api-key", "/api/restaurants/3/reservations", body, "Prefer", "wait=30"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> assertThat(
                        answer.body())
                .contains("\"code\":\"no_table_available\"", "in_the_way"));
    }

    /**
     * Parties of every size, named tables and any, over several partitions and HTTP connections. Every one of the 20 tables
     * seats one guest, so while a table is free nobody who is alone may be refused: in the end all are taken.
     */
    @Test
    void a_thousand_who_want_one_evening_slot_fill_every_table_once_and_each_hears_one_outcome() {
        String path = "/api/restaurants/2";
        ZonedDateTime evening = LocalDate.now(ZoneId.of("America/New_York"))
                .plusDays(14)
                .with(TemporalAdjusters.next(DayOfWeek.FRIDAY))
                .atTime(20, 0)
                .atZone(ZoneId.of("America/New_York"));
        assertThat(freeTables(path, evening)).isEqualTo(20);

        List<String> places = new ArrayList<>();
        for (HttpResponse<String> answer : atOnce(1000, i -> {
            String table = i % 2 == 0 ? "" : ",\"table_id\":" + (FIRST_TABLE + i / 2 % 20);
            String body = "{\"date\":\"" + evening.toOffsetDateTime() + "\",\"guests\":" + (i % 3 == 0 ? 1 + i % 10 : 1)
                    + table + "}";
            return headwaiter.post("other-api-key", path + "/reservations", body, "Prefer", "respond-async");
        })) {
            assertThat(answer.statusCode()).isEqualTo(202);
            places.add(answer.headers().firstValue("Location").orElseThrow());
        }

        Map<Long, Integer> taken = new HashMap<>();
        for (String place : places) {
            JsonNode outcome = outcome(place);
            if (outcome.at("/booking_request/status").stringValue().equals("confirmed")) {
                taken.merge(outcome.at("/table/id").longValue(), 1, Integer::sum);
            } else {
                assertThat(outcome.at("/booking_request/code").stringValue())
                        .isIn("table_taken", "no_table_available", "table_too_small");
            }
        }
        assertThat(taken).hasSize(20).allSatisfy((table, parties) -> assertThat(parties)
                .isEqualTo(1));
        assertThat(freeTables(path, evening)).isZero();
    }

    @Test
    void a_guest_who_books_and_the_house_are_mailed() {
        String body =
                "{\"date\":\"%sT19:00Z\",\"guests\":2,\"client\":{\"name\":\"Ada\",\"email\":\"ada@example.com\"}}"
                        .formatted(LocalDate.now(ZoneId.of("Europe/Madrid")).plusDays(30));

        assertThat(headwaiter
                        .post("test-api-key", "/api/restaurants/1/reservations", body)
                        .statusCode())
                .isEqualTo(201);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(headwaiter.mails("/"))
                .contains("ada@example.com", "Su mesa en Taberna del Prado", "taberna@house.example", "Nueva reserva"));
    }

    /** Once it is decided. */
    private JsonNode outcome(String place) {
        return await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> JSON.readTree(
                                        headwaiter.get("other-api-key", place).body())
                                .at("/data"),
                        outcome -> !outcome.at("/booking_request/status")
                                .stringValue()
                                .equals("pending"));
    }

    private int freeTables(String path, ZonedDateTime evening) {
        String query = "/availability?guests=1&time=20:00&date=" + evening.toLocalDate();
        // On a machine that is busy starting everything, the first look may find the database slow: 503, come again.
        HttpResponse<String> answer = await().atMost(Duration.ofSeconds(60))
                .until(() -> headwaiter.get("other-api-key", path + query), free -> free.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/data/tablesAvailable").intValue();
    }

    private static List<HttpResponse<String>> atOnce(int count, Call call) {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> call.make(number));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private interface Call {
        HttpResponse<String> make(int number);
    }
}
