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

/** The README's examples, run as they stand; only the port is turned to the one of this test's own run. */
@EnabledIf("thisMachineHasBashAndCurl")
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final LocalRun headwaiter = LocalRun.shared();

    @Test
    void the_first_example_shows_what_is_free_books_a_table_and_lists_the_guest() throws Exception {
        String answers = run(examples().getFirst());

        assertThat(answers).contains("\"availableSlots\":[\"12:00\"", "\"totalTables\":5");
        assertThat(answers).contains("\"confirmed\":true", "\"guests\":4", "\"capacity\":4");
        assertThat(answers).contains("\"clients\":[", "\"total\":1", "john@example.com");
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

    private static List<String> examples() throws IOException {
        String readme = Files.readString(LocalRun.project().resolve("README.md"));
        return EXAMPLE.matcher(readme)
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
