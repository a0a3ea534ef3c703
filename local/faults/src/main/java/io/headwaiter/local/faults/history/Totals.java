package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Delivered;
import io.headwaiter.local.faults.history.Entry.Silence;
import io.headwaiter.local.faults.history.Entry.Stored;
import io.headwaiter.local.faults.history.Entry.Told;

/**
 * How much there was of what.
 *
 * @param calls that were made, retries counted
 * @param silences calls that were not answered
 * @param turnedAway calls answered 503 or 429
 * @param acknowledged requests, each counted once
 * @param decided requests, acknowledged or not
 * @param events different ones
 * @param duplicates further copies of them that a consumer saw
 * @param webhooks sent, copies counted
 */
public record Totals(
        long calls,
        long silences,
        long turnedAway,
        long acknowledged,
        long decided,
        long refused,
        long events,
        long duplicates,
        long webhooks) {

    static Totals of(History history) {
        return new Totals(
                history.all(Call.class).size(),
                history.all(Silence.class).size(),
                history.all(Told.class).stream()
                        .filter(told -> !told.polled() && (told.status() == 503 || told.status() == 429))
                        .count(),
                history.all(Told.class).stream()
                        .filter(Told::isAcknowledged)
                        .map(Told::ticket)
                        .distinct()
                        .count(),
                history.all(Stored.class).size(),
                history.all(Stored.class).stream()
                        .filter(decision -> decision.outcome() instanceof Outcome.Refused)
                        .count(),
                history.published().size(),
                history.published().values().stream()
                        .mapToLong(copies -> copies.size() - 1)
                        .sum(),
                history.all(Delivered.class).size());
    }
}
