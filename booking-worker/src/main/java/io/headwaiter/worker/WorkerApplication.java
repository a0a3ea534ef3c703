package io.headwaiter.worker;

import io.headwaiter.worker.migrating.Migrate;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The booking worker. Without arguments it decides requests until it is stopped; with {@code migrate} it prepares the
 * database and the topics, and ends.
 */
@SpringBootApplication(scanBasePackages = {"io.headwaiter.worker.deciding", "io.headwaiter.worker.requests"})
@EnableConfigurationProperties(WorkerProperties.class)
public class WorkerApplication {

    public static void main(String... args) {
        if (List.of(args).contains("migrate")) {
            System.exit(Migrate.run(args));
        }
        SpringApplication.run(WorkerApplication.class, args);
    }
}
