package io.headwaiter.local.faults;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Says on one line what happens now. */
final class Progress {

    private Progress() {}

    static void say(String what) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + what);
    }
}
