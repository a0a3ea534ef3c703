package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM of this machine, by the tools of the JDK. */
final class OtherHeap {

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private OtherHeap() {}

    /** What is left after a full collection. */
    static long liveMegabytes(long pid) {
        command(pid, "GC.run");
        return command(pid, "GC.heap_info")
                        .lines()
                        // Behind the heap's generations, or its only line.
                        .takeWhile(line -> !line.contains("Metaspace"))
                        .map(USED::matcher)
                        .filter(Matcher::find)
                        .mapToLong(used -> Long.parseLong(used.group(1)))
                        .sum()
                / 1024;
    }

    /** Writes down what is in it, the largest first. */
    static void write(long pid, Path list) {
        try {
            Files.writeString(list, command(pid, "GC.class_histogram"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param log as -Xlog:gc writes it */
    static Worst worst(Path log) {
        long before = 0;
        long after = 0;
        try {
            Matcher collection = COLLECTION.matcher(Files.readString(log));
            while (collection.find()) {
                before = Math.max(before, Long.parseLong(collection.group(1)));
                after = Math.max(after, Long.parseLong(collection.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Worst(before, after);
    }

    /** The most before and after any collection. */
    record Worst(long before, long after) {}

    /** The most memory that the process ever had, heap and all. */
    static long mostResidentMegabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
