package io.headwaiter.local.faults.cluster;

import io.headwaiter.local.faults.hook.Orders;
import io.headwaiter.local.proxy.DatabaseProxy;
import io.headwaiter.local.services.FreePort;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One worker, with a way to the database of its own, and what it can be told to do at a point of its work. */
public final class Worker {

    private final String name;
    private final DatabaseProxy proxy;
    private final Orders orders;
    private final Member process;
    private final URI url;
    private final Map<String, String> place;
    private volatile Map<String, String> environment = Map.of();

    /** @param keepsItsPlace in the group when it is back within its session, as a member with a name does */
    Worker(String name, boolean keepsItsPlace, App app, Path folder, int databasePort) {
        this.name = name;
        this.proxy = DatabaseProxy.to(databasePort);
        Path told = folder.resolve("orders").resolve(name);
        this.orders = new Orders(told);
        int port = FreePort.find();
        this.url = App.url(port);
        this.process = new Member(
                name,
                () -> app.launch(new App.Start(
                        name,
                        "booking-worker",
                        App.WORKER,
                        List.of(),
                        "headwaiter_worker",
                        proxy.port(),
                        port,
                        List.of(hook()),
                        List.of("-D" + Orders.FOLDER + "=" + told),
                        environment())));
        this.place = keepsItsPlace ? Map.of("SPRING_KAFKA_CONSUMER_PROPERTIES_GROUP_INSTANCE_ID", name) : Map.of();
    }

    /** This module is the one thing that a worker of production does not have. */
    private static String hook() {
        try {
            return Path.of(Orders.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    /** Its health, and how it does. */
    public URI url() {
        return url;
    }

    public DatabaseProxy proxy() {
        return proxy;
    }

    public Orders orders() {
        return orders;
    }

    public Member process() {
        return process;
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(place);
        all.putAll(environment);
        return all;
    }

    /** Variables for whenever it is started from now on. */
    public void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }
}
