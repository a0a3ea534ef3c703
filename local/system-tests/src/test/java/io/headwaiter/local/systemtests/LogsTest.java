package io.headwaiter.local.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever callers do with their keys and their guests' details, the logs of all programs have nothing of it. */
class LogsTest {

    private static final List<String> KEYS =
            List.of("test-api-key", "other-api-key", "admin-api-key", "notifications-api-key", "nobodys-api-key");
    private static final String EMAIL = "grace.hopper@example.com";
    private static final String PHONE = "+1 212 555 0199";

    private static final JsonMapper JSON = new JsonMapper();

    private final LocalRun headwaiter = LocalRun.shared();

    @Test
    void no_log_has_a_key_a_guest_or_a_secret_in_it() throws IOException {
        for (String key : KEYS) {
            useWell(key);
            misuse(key);
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(headwaiter.mails("/")).contains(EMAIL));
        assertThat(logs())
                .containsKeys(
                        "logs/gateway.log",
                        "logs/worker.log",
                        "logs/notifications.log",
                        "kafka/broker.log",
                        "postgresql/postgresql.log")
                .allSatisfy((log, text) -> assertThat(text).as(log).isNotEmpty());
        Map<String, String> mustNotShow = secrets();
        KEYS.forEach(key -> mustNotShow.put("the key " + key, key));
        mustNotShow.put("a guest's e-mail address", EMAIL);
        mustNotShow.put("a guest's e-mail address in a URL", EMAIL.replace("@", "%40"));
        mustNotShow.put("a guest's phone number", PHONE);
        List<String> shown = new ArrayList<>();
        logs().forEach((log, text) -> mustNotShow.forEach((what, secret) -> {
            if (text.contains(secret)) {
                shown.add(log + " shows " + what);
            }
        }));
        assertThat(shown).isEmpty();
    }

    @Test
    void every_line_of_the_apps_is_json_that_says_when_where_and_what() {
        for (String app : List.of("gateway", "worker")) {
            List<String> lines = logs().getOrDefault("logs/" + app + ".log", "")
                    .lines()
                    // The JVM's own, about the options that it was given.
                    .filter(line -> !line.startsWith("NOTE: Picked up "))
                    .toList();
            assertThat(lines).as(app).isNotEmpty().allSatisfy(line -> {
                JsonNode event = JSON.readTree(line);
                assertThat(event.at("/@timestamp").asString("")).as(line).isNotEmpty();
                assertThat(event.at("/log/level").asString("")).isIn("INFO", "WARN", "ERROR");
                assertThat(event.at("/service/name").asString("")).isIn("gateway", "booking-worker");
                assertThat(event.at("/message").asString("")).isNotEmpty();
            });
        }
    }

    private void useWell(String key) {
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(9).toString();
        for (int restaurant = 1; restaurant <= 4; restaurant++) {
            String path = "/api/restaurants/" + restaurant;
            String guest = "{\"name\":\"Grace Hopper\",\"email\":\"%s\",\"phone\":\"%s\"}".formatted(EMAIL, PHONE);
            headwaiter.get(key, path + "/availability?guests=2&date=" + day);
            // The second is refused, by a constraint.
            headwaiter.post(key, path + "/clients", guest);
            headwaiter.post(key, path + "/clients", guest);
            for (int i = 0; i < 2; i++) {
                headwaiter.post(
                        key,
                        path + "/reservations",
                        "{\"date\":\"%sT19:00Z\",\"guests\":2,\"client\":%s,\"notes\":\"%s\"}"
                                .formatted(day, guest, EMAIL),
                        "Idempotency-Key",
                        key + restaurant);
            }
        }
    }

    /** Keys and addresses wherever they do not belong. */
    private void misuse(String key) throws IOException {
        headwaiter.get(key, "/api/restaurants/" + key + "/clients");
        headwaiter.get(key, "/api/restaurants/1/clients/" + key);
        headwaiter.get(key, "/api/restaurants/1/clients?api_key=" + key + "&email=" + EMAIL);
        headwaiter.get(key, "/api/restaurants/1/booking-requests/" + key);
        headwaiter.get(key, "/" + key);
        headwaiter.get(key, "/contracts/schemas/" + key + ".json");
        headwaiter.post(key, "/api/restaurants/1/clients", "{\"" + key + "\":\"" + EMAIL + "\"}");
        headwaiter.post(
                key, "/api/restaurants/1/clients", "{\"name\":\"" + key + "\",\"email\":\"" + EMAIL + "\\u0000\"}");
        headwaiter.post(
                key, "/api/restaurants/1/reservations", "{\"date\":\"" + key + "\",\"guests\":\"" + EMAIL + "\"}");
        headwaiter.post(key, "/api/restaurants/1/reservations", key + EMAIL);
        for (String line : List.of(
                "GET /api/restaurants/1/clients?key=" + key + "[" + EMAIL + "] HTTP/1.1",
                "GET /api//" + key + " HTTP/1.1",
                "GET /" + key + "\\" + EMAIL + " HTTP/1.1",
                "GET /" + key + "%zz HTTP/1.1",
                "GET /?" + key + "=%zz HTTP/1.1",
                key + "\u0001 / HTTP/1.1",
                key + " / HTTP/1.1",
                "GET / " + key)) {
            raw(line, "Authorization: Bearer " + key);
        }
        raw("GET /api/restaurants/1/clients HTTP/1.1", "Authorization: Bearer " + key + "\u0000" + EMAIL);
        raw("GET /api/restaurants/1/clients HTTP/1.1", "Authori zation: Bearer " + key);
        raw("GET /api/restaurants/1/clients HTTP/1.1", "Cookie: " + key + "=\u0001" + EMAIL);
        raw("GET /api/restaurants/1/clients HTTP/1.1", "Content-Length: " + key);
        raw("GET /api/restaurants/1/clients HTTP/1.1", "Host: " + key + "_" + EMAIL);
        raw("POST /api/restaurants/1/clients HTTP/1.1", "Transfer-Encoding: " + key);
    }

    private void raw(String line, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), headwaiter.port())) {
            socket.setSoTimeout(20_000);
            String request = line + "\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            // Returns when the gateway has answered and closed.
            socket.getInputStream().readAllBytes();
        }
    }

    private Map<String, String> secrets() throws IOException {
        Properties file = new Properties();
        try (var in = Files.newInputStream(headwaiter.data().resolve("secrets.properties"))) {
            file.load(in);
        }
        Map<String, String> secrets = new TreeMap<>();
        file.stringPropertyNames().forEach(name -> secrets.put("the secret " + name, file.getProperty(name)));
        assertThat(secrets).isNotEmpty();
        return secrets;
    }

    /** By the files' names. */
    private Map<String, String> logs() {
        Map<String, String> logs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(headwaiter.data())) {
            for (Path log : new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".log")).toList())) {
                Path name = headwaiter.data().relativize(log);
                // What is deeper down in Kafka's folder has this name, too, and is its records.
                if (name.getNameCount() == 2) {
                    logs.put(name.toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return logs;
    }
}
