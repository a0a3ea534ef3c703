package io.headwaiter.local.faults.history;

import java.util.List;

/** Whether a run has held what is promised. */
public record Verdict(Totals totals, List<Finding> findings) {

    private static final List<Checker> CHECKERS = List.of(
            new NothingLost(),
            new NothingDecidedTwice(),
            new NoOverlapStored(),
            new NoOverlapPublished(),
            new EveryDecisionPublished(),
            new CopiesIdentical(),
            new NoEventWithoutDecision(),
            new ToldWhatWasDecided(),
            new EveryEventDelivered(),
            new SameKeySameAnswer(),
            new DecidedAsAsked(),
            new VersionsWithoutGap(),
            new CancelledSlotsBookable(),
            new OneDeadLetterEach(),
            new TurnedAwaySaysWhen());

    /** Of a run that is over: everything is decided, and read. */
    public static Verdict on(History history) {
        return new Verdict(
                Totals.of(history),
                CHECKERS.stream().map(checker -> checker.check(history)).toList());
    }

    /** The first few of whatever did not hold, in words. */
    public List<String> broken() {
        return findings.stream()
                .flatMap(finding -> finding.first().stream().map(violation -> finding.guarantee() + ": " + violation))
                .toList();
    }
}
