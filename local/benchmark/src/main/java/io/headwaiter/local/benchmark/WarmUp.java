package io.headwaiter.local.benchmark;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits, under load, until a contestant gets no faster: compilers take longer over two applications than over one, and longer
 * where the load leaves them little of the processors. So much at least as is set, and four times that at the most.
 */
final class WarmUp {

    private static final int SPAN = 10;
    private static final int BETWEEN_LOOKS = 5;
    private static final double STILL_FASTER = 1.03;
    private static final int MOST_TIMES = 4;

    private WarmUp() {}

    static void await(Answers answers, Settings settings) {
        int seconds = settings.warmUp();
        pause(seconds);
        while (seconds < MOST_TIMES * settings.warmUp() && isStillFaster(answers)) {
            pause(BETWEEN_LOOKS);
            seconds += BETWEEN_LOOKS;
        }
        Progress.say("  warm after %d s".formatted(seconds));
    }

    static int atMost(Settings settings) {
        return MOST_TIMES * settings.warmUp() + BETWEEN_LOOKS;
    }

    private static boolean isStillFaster(Answers answers) {
        int now = answers.wholeSeconds();
        return answers.between(now - SPAN, now) > STILL_FASTER * answers.between(now - 2 * SPAN, now - SPAN);
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(SECONDS.toNanos(seconds));
    }
}
