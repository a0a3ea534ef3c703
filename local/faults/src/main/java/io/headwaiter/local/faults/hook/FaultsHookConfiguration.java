package io.headwaiter.local.faults.hook;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts itself between the worker's parts, which know nothing of it. */
@AutoConfiguration
@ConditionalOnProperty(Orders.FOLDER)
public class FaultsHookConfiguration {

    @Bean
    static BeanPostProcessor betweenTheSteps() {
        Orders orders = new Orders(Path.of(System.getProperty(Orders.FOLDER, "")));
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof DataSource connections) {
                    return new WatchedConnections(connections, orders);
                }
                if (bean instanceof PlatformTransactionManager transactions) {
                    return new WatchedTransactions(transactions, orders);
                }
                if (bean instanceof ConcurrentMessageListenerContainer<?, ?> container) {
                    watch(container, orders);
                }
                return bean;
            }
        };
    }

    private static <K, V> void watch(ConcurrentMessageListenerContainer<K, V> container, Orders orders) {
        container.setBatchInterceptor(new WatchedBatches<>(orders));
    }
}
