package io.headwaiter.local.services;

/** Holds the services that the tests of one JVM share; made by the first who asks. */
final class SharedServices {

    static final Services INSTANCE = start();

    private SharedServices() {}

    private static Services start() {
        String kind = System.getProperty("headwaiter.services", "processes");
        Services services =
                switch (kind) {
                    case "processes" -> ProcessServices.start();
                    case "testcontainers" -> ContainerServices.start();
                    default ->
                        throw new IllegalArgumentException("headwaiter.services is `" + kind
                                + "`, which is neither `processes` nor `testcontainers`");
                };
        Runtime.getRuntime().addShutdownHook(new Thread(services::close, "stop-services"));
        return services;
    }
}
