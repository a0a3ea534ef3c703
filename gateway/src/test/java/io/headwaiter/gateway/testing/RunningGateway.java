package io.headwaiter.gateway.testing;

import io.headwaiter.gateway.GatewayApplication;
import io.headwaiter.local.fixtures.PrometheusPage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

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

    /** What it shows to Prometheus, if it was given a port for that. */
    public PrometheusPage metrics() {
        return PrometheusPage.at(managementUrl());
    }

    public String managementUrl() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.management.port");
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

    /** The methods and paths that it answers, of those that begin so, such as {@code GET /api/restaurants/{}/clients}. */
    public SortedSet<String> mappings(String... beginnings) {
        SortedSet<String> mappings = new TreeSet<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> Arrays.stream(beginnings).anyMatch(path::startsWith))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mappings.add(method + " " + path.replaceAll("\\{[^}]+}", "{}")))));
        return mappings;
    }

    @Override
    public void close() {
        context.close();
    }
}
