package io.headwaiter.local.services;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's own process: formats its storage once, starts, and says so by making a file. Runs on Kafka's class path,
 * so it uses nothing else of ours.
 */
final class BrokerMain {

    // Always the same, so that formatting what is formatted is no error: `headwaiter-local` in Base64.
    private static final String CLUSTER = "aGVhZHdhaXRlci1sb2NhbA";

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Path propertiesFile = Path.of(arguments[0]);
        Path started = Path.of(arguments[1]);
        format(propertiesFile);

        var properties = new Properties();
        try (var reader = Files.newBufferedReader(propertiesFile)) {
            properties.load(reader);
        }
        var server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        Files.createFile(started);
        server.awaitShutdown();
    }

    private static void format(Path propertiesFile) {
        int status = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", CLUSTER, "-c", propertiesFile.toString()},
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        if (status != 0) {
            System.exit(status);
        }
    }
}
