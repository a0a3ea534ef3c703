package io.headwaiter.gateway.tenancy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that see one restaurant and no other: the only way to a tenant's rows. The setting is local to the transaction,
 * so a pooled connection takes nothing of it along.
 */
@Component
public class OneRestaurant {

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    OneRestaurant(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(transactions);
    }

    public <T extends @Nullable Object> T read(long restaurantId, Function<JdbcClient, T> work) {
        return within(reading, restaurantId, work);
    }

    public <T extends @Nullable Object> T write(long restaurantId, Function<JdbcClient, T> work) {
        return within(writing, restaurantId, work);
    }

    private <T extends @Nullable Object> T within(
            TransactionTemplate transaction, long restaurantId, Function<JdbcClient, T> work) {
        return transaction.execute(status -> {
            jdbc.sql("select set_config('headwaiter.restaurant_id', :id, true)")
                    .param("id", Long.toString(restaurantId))
                    .query(String.class)
                    .single();
            return work.apply(jdbc);
        });
    }
}
