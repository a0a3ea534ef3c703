package io.headwaiter.local.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns what went wrong into a sentence for whoever typed the command, and leaves it in a file, from which Maven repeats
 * it as the last thing it says.
 */
final class WhyNot {

    private final Path file;

    WhyNot(Path file) {
        this.file = file;
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    String sentence(Throwable failure) {
        String sentence = find(failure);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, sentence);
        } catch (IOException alsoFull) {
            // It is printed all the same.
        }
        return sentence;
    }

    private static String find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return "The disk is full. Free some space, or keep the data elsewhere:"
                        + " ./mvnw -Prun -Dheadwaiter.data=/another/folder (" + cause.getMessage() + ")";
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        // Nobody foresaw it, so all that is known may matter.
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return "It could not start, for a reason that has no sentence yet:\n" + trace;
    }
}
