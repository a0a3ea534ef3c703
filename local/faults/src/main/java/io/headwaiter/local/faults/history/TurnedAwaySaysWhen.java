package io.headwaiter.local.faults.history;

import io.headwaiter.local.faults.history.Entry.Told;

/** Whoever is sent away because something is down, or too much, is told when to come back. */
final class TurnedAwaySaysWhen implements Checker {

    @Override
    public Finding check(History history) {
        Violations silent = new Violations("503 and 429 without Retry-After");
        history.all(Told.class).stream()
                .filter(told -> told.status() == 503 || told.status() == 429)
                .filter(told -> !told.saysWhen())
                .forEach(told -> silent.add("%s", told));
        return silent.found();
    }
}
