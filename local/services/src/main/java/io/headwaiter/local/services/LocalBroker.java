package io.headwaiter.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Kafka broker and its controller (KRaft) in one process of this machine, reachable on 127.0.0.1 only.
 *
 * <p>Its data stay where they are told to: starting it again on the same directory goes on with the same topics.
 */
public final class LocalBroker implements LocalServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final GuardedProcess process;
    private final int port;
    private final Path started;
    private final Path log;

    private LocalBroker(GuardedProcess process, int port, Path started, Path log) {
        this.process = process;
        this.port = port;
        this.started = started;
        this.log = log;
    }

    /**
     * How a broker is started.
     *
     * @param dataDirectory made when missing; logs are in it, too
     * @param heap as -Xmx takes it, and -Xms unless it is short-lived
     * @param throwaway it is killed rather than stopped, and its data are deleted
     * @param shortLived it lives for a test: too short for what the second compiler would make of it
     */
    public record Settings(
            Path dataDirectory, int port, String heap, boolean throwaway, Place place, boolean shortLived) {

        /** Short-lived if it is for throwing away. */
        public Settings(Path dataDirectory, int port, String heap, boolean throwaway, Place place) {
            this(dataDirectory, port, heap, throwaway, place, throwaway);
        }

        /** For whoever measures it. */
        public Settings longRunning() {
            return new Settings(dataDirectory, port, heap, throwaway, place, false);
        }

        /** The only broker there is. */
        public Settings(Path dataDirectory, int port, String heap, boolean throwaway) {
            this(dataDirectory, port, heap, throwaway, new Place(1, List.of(FreePort.find())));
        }
    }

    /**
     * A broker's place in its cluster.
     *
     * @param node from 1
     * @param controllerPorts of all of them, in the order of their nodes
     */
    public record Place(int node, List<Integer> controllerPorts) {

        private String voters() {
            return IntStream.rangeClosed(1, controllerPorts.size())
                    .mapToObj(each -> each + "@127.0.0.1:" + controllerPorts.get(each - 1))
                    .collect(Collectors.joining(","));
        }

        private int copies() {
            return Math.min(3, controllerPorts.size());
        }
    }

    /** Returns when the broker takes requests. */
    public static LocalBroker start(Path dataDirectory, int port) {
        return start(new Settings(dataDirectory, port, "512m", false));
    }

    /** Returns when the broker takes requests. */
    public static LocalBroker start(Settings settings) {
        var broker = launch(settings);
        broker.awaitReady(START_LIMIT);
        return broker;
    }

    /** Returns at once; see {@link #awaitReady}. */
    public static LocalBroker launch(Settings settings) {
        Path directory = settings.dataDirectory().toAbsolutePath();
        Path log = directory.resolve("broker.log");
        Path started = directory.resolve("started");
        Path properties = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(started);
            Files.writeString(properties, serverProperties(directory, settings.port(), settings.place()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What it says before its log is open, and why it cannot start.
        Path output = directory.resolve("broker.out");
        var launch = GuardedProcess.Launch.of(command(settings, log, properties, started), output);
        if (settings.throwaway()) {
            launch = launch.stoppedBy("KILL").thenDeleting(directory);
        }
        return new LocalBroker(GuardedProcess.start(launch), settings.port(), started, output);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String name() {
        return "The Kafka broker";
    }

    @Override
    public GuardedProcess process() {
        return process;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean isReady() {
        return Files.exists(started);
    }

    // The internal topics get few partitions: fifty of each would only cost time at start. Topics are made by
    // `migrate`, never by a typing error. Of several brokers, one that is silent for 5 s (Kafka's own choice: 9)
    // hands over what it leads.
    private static String serverProperties(Path directory, int port, Place place) {
        return """
                process.roles=broker,controller
                node.id=%4$d
                controller.quorum.voters=%5$s
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=%6$d
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=%6$d
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=%6$d
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                %7$s
                """
                .formatted(
                        port,
                        place.controllerPorts().get(place.node() - 1),
                        directory.resolve("topics"),
                        place.node(),
                        place.voters(),
                        place.copies(),
                        place.copies() > 1 ? "broker.session.timeout.ms=5000\nbroker.heartbeat.interval.ms=1000" : "");
    }

    private static List<String> command(Settings settings, Path log, Path properties, Path started) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + settings.heap());
        if (settings.shortLived()) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        } else {
            // As Kafka's own script starts it, but for the collector, which JDK_JAVA_OPTIONS may name: two are an
            // error.
            command.add("-Xms" + settings.heap());
            command.addAll(List.of("-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35"));
        }
        // Kafka 4.2 does not start where I is not the capital of i.
        command.add("-Duser.language=en");
        command.add("-Dheadwaiter.broker.log=" + log);
        command.add("-Dlog4j2.configurationFile=classpath:io/headwaiter/local/services/broker-log4j2.properties");
        command.add("-cp");
        command.add(classPath());
        command.add(BrokerMain.class.getName());
        command.add(properties.toString());
        command.add(started.toString());
        return command;
    }

    /** Kafka's jars, as the build wrote them down, and this module. */
    private static String classPath() {
        try (var written = LocalBroker.class.getResourceAsStream("broker.classpath")) {
            if (written == null) {
                throw new IllegalStateException("broker.classpath is missing: build the module `services` with Maven");
            }
            var here = Path.of(LocalBroker.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here
                    + System.getProperty("path.separator")
                    + new String(written.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
