package io.headwaiter.worker.testing;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Chance that can be had again: a test that fails says its seed, and {@code -Dheadwaiter.seed} takes it. To be registered
 * as an extension, one for each test.
 */
public final class RandomSeed implements TestExecutionExceptionHandler {

    private final long seed = Long.getLong("headwaiter.seed", System.nanoTime());

    /** What there was to decide by chance; the same for the same seed. */
    public final Random random = new Random(seed);

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError("the seed was " + seed + ": -Dheadwaiter.seed=" + seed));
        throw failure;
    }
}
