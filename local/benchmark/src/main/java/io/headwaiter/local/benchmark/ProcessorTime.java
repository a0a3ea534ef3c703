package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processor time that processes have used so far. */
final class ProcessorTime {

    /** Of the times in /proc; the same on every Linux that Java runs on. */
    private static final int MILLIS_PER_TICK = 10;

    private ProcessorTime() {}

    static Duration of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** With all the processes it started: PostgreSQL gives every connection one of its own. */
    static Duration ofTree(long pid) {
        Duration sum = of(pid).plus(ofEndedChildren(pid));
        for (ProcessHandle child : ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList()) {
            sum = sum.plus(of(child.pid()));
        }
        return sum;
    }

    /** Of everything that runs on this machine, and of what its host took away; nought where there is no telling. */
    static Duration ofMachine() {
        Path stat = Path.of("/proc/stat");
        if (!Files.exists(stat)) {
            return Duration.ZERO;
        }
        try (Stream<String> lines = Files.lines(stat)) {
            // As proc(5) has it: user, nice, system, idle, iowait, irq, softirq, steal.
            String[] ticks = lines.findFirst().orElse("").split(" +");
            return Duration.ofMillis(MILLIS_PER_TICK
                    * IntStream.of(1, 2, 3, 6, 7, 8)
                            .mapToLong(field -> Long.parseLong(ticks[field]))
                            .sum());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration ofEndedChildren(long pid) {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return Duration.ZERO;
        }
        try {
            // The name, in brackets, may hold blanks. Behind it, as proc(5) counts from the state on: cutime, cstime.
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return Duration.ofMillis(MILLIS_PER_TICK * (Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
