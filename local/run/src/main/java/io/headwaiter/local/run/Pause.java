package io.headwaiter.local.run;

/** Between two looks at something that is about to change. */
final class Pause {

    private Pause() {}

    static void briefly() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
