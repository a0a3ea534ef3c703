package io.headwaiter.local.faults.hook;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.BatchInterceptor;

/** Sees a batch come and go. */
final class WatchedBatches<K, V> implements BatchInterceptor<K, V> {

    private final Orders orders;

    WatchedBatches(Orders orders) {
        this.orders = orders;
    }

    @Override
    public ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        orders.reached(Point.AFTER_POLL);
        return records;
    }

    @Override
    public void success(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        orders.reached(Point.AFTER_PUBLISH);
    }
}
