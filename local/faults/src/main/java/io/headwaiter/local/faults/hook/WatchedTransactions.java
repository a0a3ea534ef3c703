package io.headwaiter.local.faults.hook;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Sees a transaction end. */
final class WatchedTransactions implements PlatformTransactionManager {

    private final PlatformTransactionManager transactions;
    private final Orders orders;

    WatchedTransactions(PlatformTransactionManager transactions, Orders orders) {
        this.transactions = transactions;
        this.orders = orders;
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return transactions.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        transactions.commit(status);
        orders.reached(Point.AFTER_COMMIT);
    }

    @Override
    public void rollback(TransactionStatus status) {
        transactions.rollback(status);
    }
}
