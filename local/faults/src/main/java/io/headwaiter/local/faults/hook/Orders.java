package io.headwaiter.local.faults.hook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a worker is told to do at a point: a file of the point's name in the worker's own folder says so, and is gone when it is
 * carried out.
 */
public final class Orders {

    /** The system property that names the folder. */
    public static final String FOLDER = "headwaiter.faults.orders";

    /** How it looks to whoever started the process. */
    public static final int HALTED = 137;

    /** What to do. */
    public enum Order {
        /** End at once, as {@code kill -9} does: nothing is finished, nothing closed. */
        HALT,
        /** Stop, as {@code kill -STOP} does, until somebody sends {@code CONT}. */
        FREEZE
    }

    private final Path folder;

    public Orders(Path folder) {
        this.folder = folder;
    }

    /** Said by the harness. */
    public void give(Point point, Order order) {
        try {
            Files.createDirectories(folder);
            Path beside = Files.writeString(folder.resolve("new"), order.name());
            Files.move(beside, folder.resolve(point.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody came by that point. */
    public void takeBack(Point point) {
        try {
            Files.deleteIfExists(folder.resolve(point.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isCarriedOut(Point point) {
        return !Files.exists(folder.resolve(point.name()));
    }

    /** Called by the worker wherever it is at this point. */
    void reached(Point point) {
        Path told = folder.resolve(point.name());
        if (!Files.exists(told)) {
            return;
        }
        try {
            Order order = Order.valueOf(Files.readString(told));
            Files.delete(told);
            if (order == Order.HALT) {
                Runtime.getRuntime().halt(HALTED);
            }
            freeze();
        } catch (IOException anotherThreadWasFaster) {
            // It does what is to be done.
        }
    }

    private static void freeze() throws IOException {
        Process stop = new ProcessBuilder(
                        "kill",
                        "-s",
                        "STOP",
                        Long.toString(ProcessHandle.current().pid()))
                .start();
        try {
            // The process that this one waits for stops this one: it goes on when it is let go on.
            stop.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
