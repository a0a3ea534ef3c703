package io.headwaiter.local.faults.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what others do. */
public final class Await {

    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private Await() {}

    /** Says whether it came true in time. */
    public static boolean until(Duration limit, BooleanSupplier isSo) {
        return until(limit, A_MOMENT, isSo);
    }

    /** Says whether it came true in time. @param rest between two looks */
    public static boolean until(Duration limit, Duration rest, BooleanSupplier isSo) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(rest);
        }
        return true;
    }

    public static void aMoment() {
        pause(A_MOMENT);
    }

    /** For what has a length of its own, such as a fault. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
