package io.headwaiter.gateway.tenancy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What this thread sends to the database from now on, as the driver itself logs it. */
final class MessagesSent implements AutoCloseable {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final Thread thread = Thread.currentThread();
    private final List<String> messages = new ArrayList<>();
    private final Level levelBefore = DRIVER.getLevel();
    private final boolean handedOnBefore = DRIVER.getUseParentHandlers();

    private final Handler listening = new Handler() {

        @Override
        public void publish(LogRecord line) {
            if (Thread.currentThread() == thread && line.getMessage().startsWith(" FE=>")) {
                messages.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    MessagesSent() {
        DRIVER.setUseParentHandlers(false);
        DRIVER.addHandler(listening);
        DRIVER.setLevel(Level.FINEST);
    }

    /** The driver waits for an answer to each Sync; what begins a transaction goes along with the first. */
    long roundTrips() {
        return messages.stream().filter(message -> message.contains("Sync")).count();
    }

    boolean beginATransaction() {
        return messages.stream().anyMatch(message -> message.contains("SimpleQuery"));
    }

    @Override
    public void close() {
        DRIVER.setLevel(levelBefore);
        DRIVER.removeHandler(listening);
        DRIVER.setUseParentHandlers(handedOnBefore);
    }
}
