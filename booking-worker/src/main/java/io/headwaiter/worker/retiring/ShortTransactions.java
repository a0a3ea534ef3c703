package io.headwaiter.worker.retiring;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that hold nothing for long, and wait for nobody for long while others may queue behind them. */
class ShortTransactions {

    private static final Logger log = LoggerFactory.getLogger(ShortTransactions.class);

    private static final int MOST_TRIES = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ShortTransactions(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @throws ConcurrencyFailureException when again and again a lock was not to be had */
    <T> T run(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> {
                    // Without the walls, or not at all: behind them there is nothing to move, and all would look well.
                    jdbc.sql(
                                    """
                                    select set_config('row_security', 'off', true), set_config('lock_timeout', '500ms', true),
                                           set_config('transaction_timeout', '9s', true)
                                    """)
                            .query()
                            .singleRow();
                    return work.get();
                }));
            } catch (ConcurrencyFailureException busy) {
                if (tries == MOST_TRIES) {
                    throw busy;
                }
                log.info("Somebody else holds what is needed, so it is tried again: {}", busy.getMessage());
                rest(PAUSE);
            }
        }
    }

    static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }
}
