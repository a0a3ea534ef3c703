package io.headwaiter.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.faults.history.Finding;
import io.headwaiter.local.faults.history.Totals;
import io.headwaiter.local.faults.history.Verdict;
import io.headwaiter.local.faults.kinds.Effect;
import io.headwaiter.local.faults.kinds.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Totals TOTALS = new Totals(1_200_000, 3, 40, 1_100_000, 1_100_005, 7, 1_100_005, 12, 5);

    @Test
    void it_has_what_was_counted_and_what_each_kind_of_fault_took() {
        Verdict verdict =
                new Verdict(TOTALS, List.of(new Finding("acknowledged requests that were lost", 0, List.of())));

        String table = Table.of(verdict, List.of(took(4), took(9), took(5)), List.of());

        assertThat(table.lines())
                .anyMatch(line -> line.matches("requests acknowledged +1,100,000"))
                .anyMatch(line -> line.matches("acknowledged requests that were lost +0"))
                .anyMatch(line -> line.matches("worker killed +3 +5\\.0 s +9\\.0 s +0"))
                .noneMatch(line -> line.startsWith("BROKEN"));
    }

    @Test
    void the_median_of_an_even_number_is_halfway_between_the_two_in_the_middle() {
        String table = Table.of(new Verdict(TOTALS, List.of()), List.of(took(2), took(9), took(4), took(5)), List.of());

        assertThat(table.lines()).anyMatch(line -> line.matches("worker killed +4 +4\\.5 s +9\\.0 s +0"));
    }

    @Test
    void what_did_not_hold_is_said_in_words() {
        Verdict verdict = new Verdict(TOTALS, List.of(new Finding("lost", 1, List.of("request 7"))));
        Effect late = new Effect("worker-1", Optional.empty(), List.of("nobody decided"));
        Happened fault = new Happened(Kind.WORKER_KILLED, late);

        assertThat(verdict.broken()).containsExactly("lost: request 7");
        assertThat(fault.broken()).containsExactly("worker killed (worker-1): nobody decided");
        assertThat(Table.of(verdict, List.of(fault), List.of("and this")).lines())
                .contains("BROKEN: and this");
    }

    private static Happened took(int seconds) {
        return new Happened(
                Kind.WORKER_KILLED, new Effect("worker-1", Optional.of(Duration.ofSeconds(seconds)), List.of()));
    }
}
