package io.headwaiter.local.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The one folder for everything that outlives a run. One run at a time owns it. */
final class DataFolder implements AutoCloseable {

    /** A new database, its log ahead, and a new broker need about a quarter of this. */
    private static final long NEEDED_BYTES = 500L << 20;

    private static final long LONGEST_KEPT_LOG = 5L << 20;

    private final Path folder;
    // Held until the JVM ends, in whatever way.
    private final FileLock lock;

    private DataFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DataFolder open(Path folder) throws IOException {
        makeWritable(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new CannotStart("Only " + (free >> 20) + " MB are free on the disk that holds " + folder + ", and "
                    + (NEEDED_BYTES >> 20) + " are needed. Free some, or keep the data elsewhere:"
                    + " ./mvnw -Prun -Dheadwaiter.data=/another/folder");
        }
        return new DataFolder(folder, lock(folder));
    }

    private static void makeWritable(Path folder) {
        try {
            Files.createDirectories(folder.resolve("logs"));
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot write in " + folder + " (" + e.getMessage()
                            + "). Make it writable, free some space, or keep the"
                            + " data elsewhere: ./mvnw -Prun -Dheadwaiter.data=/another/folder",
                    e);
        }
    }

    @SuppressWarnings("resource") // Closing the channel would give the lock up.
    private static FileLock lock(Path folder) throws IOException {
        Path owner = folder.resolve("owner");
        var channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        var lock = channel.tryLock();
        // The one before may be in its last moments.
        for (int looks = 0; lock == null && looks < 10; looks++) {
            Pause.briefly();
            lock = channel.tryLock();
        }
        if (lock == null) {
            String pid = Files.exists(owner) ? Files.readString(owner).strip() : "unknown";
            throw new CannotStart("Headwaiter already runs on the data in " + folder + " (process " + pid
                    + "). Stop it first," + " by Ctrl-C there or `kill " + pid + "` here.");
        }
        Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
        return lock;
    }

    Path folder() {
        return folder;
    }

    Path broker() {
        return folder.resolve("kafka");
    }

    Path database() {
        return folder.resolve("postgresql");
    }

    /** The mailer's file of what it has mailed; its ending is the mailer's to add. */
    Path mailed() {
        return folder.resolve("notifications").resolve("mailed");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** The file that a program's output is appended to; a long one of earlier runs is put aside. */
    Path log(String name) throws IOException {
        Path log = logs().resolve(name + ".log");
        if (Files.exists(log) && Files.size(log) > LONGEST_KEPT_LOG) {
            Files.move(log, logs().resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
