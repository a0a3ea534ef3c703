package io.headwaiter.local.faults.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes down what is done and seen, in memory and as a line of JSON each: a run that failed can be looked at later. */
public final class Recorder implements AutoCloseable {

    private final AtomicLong calls = new AtomicLong();
    private final List<Entry> entries = new ArrayList<>();
    private final Sharing sharing = new Sharing();
    private final BufferedWriter file;

    private Recorder(BufferedWriter file) {
        this.file = file;
    }

    /** @param file made, or begun anew */
    public static Recorder into(Path file) {
        try {
            return new Recorder(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number for a call that no other has. */
    public long nextCall() {
        return calls.incrementAndGet();
    }

    /** Any thread may. */
    public void record(Entry entry) {
        String line = JsonLines.write(entry);
        synchronized (entries) {
            entries.add(sharing.share(entry));
            try {
                file.write(line);
                file.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What was recorded so far; the file has it, too. */
    public History history() {
        synchronized (entries) {
            try {
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return History.of(entries);
        }
    }

    @Override
    public void close() {
        synchronized (entries) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
