package io.headwaiter.gateway.deliveries;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.headwaiter.gateway.GatewayProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Connections of the deliveries' own: thousands of them at once would otherwise take those that callers wait for. As those of
 * the callers but for their number, and for how long one is waited for: nobody is there to be told soon.
 */
@Component
class DeliveriesDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HikariDataSource pool;

    DeliveriesDatabase(DataSource callers, GatewayProperties properties, MeterRegistry meters) throws SQLException {
        HikariConfig config = new HikariConfig();
        callers.unwrap(HikariDataSource.class).copyStateTo(config);
        config.setPoolName("deliveries");
        config.setMaximumPoolSize(properties.webhookConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setMetricRegistry(null);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        this.pool = new HikariDataSource(config);
    }

    DataSource dataSource() {
        return pool;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
