package io.headwaiter.local.faults.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Sees a batch's last statements, which commit it, before they are sent: its tables are taken by then, and nothing else is written. */
final class WatchedConnections extends DelegatingDataSource {

    private static final String COMMITTING = "commit";

    private final Orders orders;

    WatchedConnections(DataSource connections, Orders orders) {
        super(connections);
        this.orders = orders;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && commits(arguments)) {
                        orders.reached(Point.IN_TRANSACTION);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    private static boolean commits(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof String sql && sql.endsWith(COMMITTING);
    }
}
