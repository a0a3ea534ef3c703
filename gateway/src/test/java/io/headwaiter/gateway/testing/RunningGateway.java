package io.headwaiter.gateway.testing;

import io.headwaiter.gateway.GatewayApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway in this JVM, on a port of its own. */
public final class RunningGateway implements AutoCloseable {

    public static final String TOKEN_SECRET = "dGVuIGxpdHRsZSBib29raW5ncywgYWxsIGF0IG9uZSB0YWJsZS4=";

    private final ConfigurableApplicationContext context;

    private RunningGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings as on the command line; the last of a name counts */
    static RunningGateway start(String... settings) {
        Map<String, String> last = new LinkedHashMap<>();
        for (String setting : settings) {
            last.put(setting.substring(0, setting.indexOf('=')), setting);
        }
        return new RunningGateway(
                GatewayApplication.application().run(last.values().toArray(String[]::new)));
    }

    public String url() {
        return "http://localhost:" + port();
    }

    public int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Callers without a key. */
    public Callers nobody() {
        return new Callers(url(), "");
    }

    public Callers with(String key) {
        return new Callers(url(), key);
    }

    public Callers of(Known restaurant) {
        return with(restaurant.key());
    }

    /** The one of this type that the gateway runs with. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
