package io.headwaiter.local.faults;

import io.headwaiter.local.faults.history.Totals;
import io.headwaiter.local.faults.history.Verdict;
import io.headwaiter.local.faults.kinds.Effect;
import io.headwaiter.local.faults.kinds.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is printed in the end. */
final class Table {

    private Table() {}

    /** @param broken whatever did not hold, in words */
    static String of(Verdict verdict, List<Happened> faults, List<String> broken) {
        StringBuilder table = new StringBuilder();
        Totals totals = verdict.totals();
        line(table, "calls, retries counted", totals.calls());
        line(table, "calls without an answer", totals.silences());
        line(table, "calls answered 503 or 429", totals.turnedAway());
        line(table, "requests acknowledged", totals.acknowledged());
        line(table, "requests decided", totals.decided());
        line(table, "of them refused", totals.refused());
        line(table, "events", totals.events());
        line(table, "duplicates seen by consumers", totals.duplicates());
        line(table, "webhooks that came", totals.webhooks());
        verdict.findings().forEach(finding -> line(table, finding.guarantee(), finding.violations()));
        table.append('\n');
        table.append("%-48s%8s%10s%10s%8s%n".formatted("fault", "times", "median", "worst", "broken"));
        Arrays.stream(Kind.values()).forEach(kind -> kind(table, kind, faults));
        table.append("%-48s%8d%n".formatted("all", faults.size()));
        table.append('\n');
        broken.forEach(what -> table.append("BROKEN: " + what + "\n"));
        return table.toString();
    }

    private static void line(StringBuilder table, String what, long count) {
        table.append(String.format(Locale.ROOT, "%-48s%,14d%n", what, count));
    }

    private static void kind(StringBuilder table, Kind kind, List<Happened> faults) {
        List<Effect> effects = faults.stream()
                .filter(fault -> fault.kind() == kind)
                .map(Happened::effect)
                .toList();
        List<Duration> recoveries = effects.stream()
                .map(Effect::recovery)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        table.append("%-48s%8d%10s%10s%8d%n"
                .formatted(
                        kind.words(),
                        effects.size(),
                        recoveries.isEmpty() ? "" : Effect.seconds(median(recoveries)),
                        recoveries.isEmpty() ? "" : Effect.seconds(recoveries.getLast()),
                        effects.stream()
                                .filter(effect -> !effect.broken().isEmpty())
                                .count()));
    }

    /** Of an even number, halfway between the two in the middle. */
    private static Duration median(List<Duration> sorted) {
        int half = sorted.size() / 2;
        Duration upper = sorted.get(half);
        return sorted.size() % 2 == 1 ? upper : upper.plus(sorted.get(half - 1)).dividedBy(2);
    }
}
