package io.headwaiter.local.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The examples of the README and of a day at the restaurant, run as they stand; only the port is turned to the one of this test's own run. */
@EnabledIf("thisMachineHasBashAndCurl")
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final LocalRun headwaiter = LocalRun.shared();

    @Test
    void the_first_example_shows_what_is_free_books_a_table_and_lists_the_guest() throws Exception {
        String answers = run(examples().getFirst());

        assertThat(answers).contains("\"availableSlots\":[\"12:00\"", "\"totalTables\":5");
        assertThat(answers).contains("\"confirmed\":true", "\"guests\":4", "\"capacity\":4");
        assertThat(answers).contains("\"clients\":[", "\"total\":", "john@example.com");
    }

    @Test
    void the_second_example_is_accepted_and_can_be_polled() throws Exception {
        String answers = run(examples().get(1));

        assertThat(answers).contains("HTTP/1.1 202", "Preference-Applied: respond-async", "\"status\":\"pending\"");
        assertThat(answers.substring(answers.lastIndexOf("{\"success\"")))
                .containsPattern("\"status\":\"(pending|confirmed)\"");
    }

    @Test
    void the_calls_on_the_start_screen_can_be_pasted() throws Exception {
        List<String> calls = headwaiter
                .said()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();

        assertThat(calls).hasSize(3);
        for (String call : calls) {
            assertThat(run(call)).contains("\"success\":true");
        }
    }

    @Test
    void a_day_at_the_restaurant_goes_as_it_is_told() throws Exception {
        String answers = run(String.join("\n", examples("docs/a-day-at-the-restaurant.md")));

        assertThat(answers).contains("\"name\":\"Casa Lola\"", "\"cancellation_deadline_minutes\":120");
        assertThat(answers).contains("\"availableSlots\":[\"19:00\"", "\"duration_minutes\":120");
        assertThat(answers).contains("\"email\":\"ana@example.com\"");
        assertThat(answers).contains("\"guests\":6", "\"name\":\"Garden\"");
        assertThat(answers).contains("\"block\":{\"id\":");
        assertThat(answers).contains("\"status\":\"seated\"", "\"status\":\"completed\"");
        assertThat(answers).contains("\"notes\":\"Walked in\"");
        assertThat(answers).contains("\"cancel_reason\":\"Ill\"", "\"total\":2");
        assertThat(answers).doesNotContain("\"success\":false");
    }

    private static List<String> examples() throws IOException {
        return examples("README.md");
    }

    private static List<String> examples(String page) throws IOException {
        String text = Files.readString(LocalRun.project().resolve(page));
        return EXAMPLE.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private String run(String example) throws Exception {
        String turned =
                "curl() { command curl --connect-to 127.0.0.1:8080:127.0.0.1:" + headwaiter.port() + " \"$@\"; }\n";
        Process bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", turned + example)
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output;
    }

    static boolean thisMachineHasBashAndCurl() {
        return List.of("bash", "curl").stream()
                .allMatch(program -> List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
    }
}
