package io.headwaiter.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = new Report();

    @Test
    void a_figure_is_the_median_of_the_rounds_with_the_least_and_the_most() {
        answered(Run.HEADWAITER, 3000, 1000, 2000);

        assertThat(report.summary(Load.SPREAD, Run.HEADWAITER, Figures.ANSWERED))
                .contains(new Report.Summary(2000, 1000, 3000, 3));
    }

    @Test
    void a_round_in_which_something_was_broken_counts_for_nothing() {
        answered(Run.HEADWAITER, 1000);
        report.add(new Run(Load.SPREAD, Run.HEADWAITER, 2)
                .with(Figures.ANSWERED, 9000)
                .mustBe(0, "overlaps at a table", 1));

        assertThat(report.summary(Load.SPREAD, Run.HEADWAITER, Figures.ANSWERED))
                .contains(new Report.Summary(1000, 1000, 1000, 1));
        assertThat(report.broken())
                .containsExactly("spread, headwaiter, round 2: overlaps at a table is 1 and must be 0");
    }

    @Test
    void a_target_is_held_against_the_ratio_of_the_medians() {
        answered(Run.HEADWAITER, 1300, 1400, 100);
        answered(Synchronous.SYNCHRONOUS, 1000, 1000, 9000);

        assertThat(Targets.reached(report))
                .containsExactly(
                        new Targets.Line("spread: answered a second, over synchronous", 1.3, 1.25, 1.5, "met"));
    }

    @Test
    void a_target_that_was_not_measured_has_no_line() {
        answered(Run.HEADWAITER, 1300);

        assertThat(Targets.reached(report)).isEmpty();
    }

    private void answered(String contestant, double... rounds) {
        for (int i = 0; i < rounds.length; i++) {
            report.add(new Run(Load.SPREAD, contestant, i + 1).with(Figures.ANSWERED, rounds[i]));
        }
    }
}
