package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An alarm on a metric that nobody shows never rings: every rule, and every figure in the manual, is held against what is shown. */
class AlarmsTest {

    private static final Path DOCS = Path.of("..", "docs");

    /** A metric's name and, perhaps, its labels. Those that the apps show all have a word, an underline and more. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:headwaiter|kafka|hikaricp|http|tomcat|jvm)_[a-z0-9_]+)(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(=~|=)\"([^\"]*)\"");

    private static final JsonMapper JSON = new JsonMapper();

    private final Headwaiter headwaiter = Headwaiter.shared();

    @Test
    void every_metric_and_label_that_an_alarm_or_the_manual_asks_for_is_shown() throws IOException {
        List<String> expressions = new ArrayList<>(expressions());
        expressions.add(Files.readString(DOCS.resolve("operating.md")));
        Known restaurant = headwaiter.add(aRestaurant().withTables(4));
        try (RunningGateway gateway =
                headwaiter.startGateway("--management.server.port=0", "--headwaiter.gateway.deliver-webhooks=true")) {
            Headwaiter.awaitKnown(gateway, restaurant);
            // Lag is shown some seconds after a partition came to a consumer.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.metrics().samples("kafka_consumer_fetch_manager_records_lag").stream()
                            .anyMatch(sample -> sample.contains("client_id=\"webhooks-0\"")));
            await().atMost(Duration.ofSeconds(30)).until(() -> !headwaiter
                    .workerMetrics()
                    .samples("kafka_consumer_fetch_manager_records_lag")
                    .isEmpty());

            List<String> shown = new ArrayList<>(gateway.metrics().samples());
            shown.addAll(headwaiter.workerMetrics().samples());
            Set<String> missing = new TreeSet<>();
            for (String expression : expressions) {
                SELECTOR.matcher(expression)
                        .results()
                        .filter(selector -> !isShown(selector, shown))
                        .forEach(selector -> missing.add(selector.group()));
            }
            assertThat(missing).isEmpty();
        }
    }

    @Test
    void the_manual_says_what_to_do_about_every_alarm() throws IOException {
        String manual = Files.readString(DOCS.resolve("operating.md"));

        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(manual).contains("| `" + rule.at("/alert").stringValue() + "` |");
            assertThat(rule.at("/labels/severity").stringValue()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").stringValue()).isNotBlank();
        });
        assertThat(Pattern.compile("^\\| `[A-Z]", Pattern.MULTILINE)
                        .matcher(manual)
                        .results())
                .hasSameSizeAs(rules());
    }

    private static boolean isShown(MatchResult selector, List<String> shown) {
        String name = selector.group(1);
        List<String> samples = shown.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " ") || isFamily(line, name))
                .toList();
        if (selector.group(2) == null) {
            return !samples.isEmpty();
        }
        return LABEL.matcher(selector.group(2)).results().allMatch(label -> {
            // Which statuses there are depends on what was asked; each of the others is there from the start.
            if (label.group(1).equals("status")) {
                return samples.stream().anyMatch(line -> line.contains("status=\""));
            }
            String[] values = label.group(2).equals("=")
                    ? new String[] {label.group(3)}
                    : label.group(3).split("\\|");
            for (String value : values) {
                if (samples.stream().noneMatch(line -> line.contains(label.group(1) + "=\"" + value + "\""))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The manual may name a timer without saying which of its series. */
    private static boolean isFamily(String line, String name) {
        return line.startsWith(name + "_count") || line.startsWith(name + "_bucket");
    }

    private static List<String> expressions() throws IOException {
        return rules().stream().map(rule -> rule.at("/expr").stringValue()).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        Object file = new Yaml().load(Files.readString(DOCS.resolve("alarms.yml")));
        return JSON.valueToTree(file).at("/groups/0/rules").values().stream().toList();
    }
}
