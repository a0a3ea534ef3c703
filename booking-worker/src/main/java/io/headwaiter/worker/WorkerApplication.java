package io.headwaiter.worker;

import io.headwaiter.worker.migrating.Migrate;
import io.headwaiter.worker.operating.CompareEvents;
import io.headwaiter.worker.operating.DeadLetters;
import io.headwaiter.worker.retiring.Retire;
import java.util.List;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The booking worker. Without a command it decides requests until it is stopped. {@code migrate} prepares the database and
 * the topics, {@code retire} keeps the tables small; {@code dead-letters} and {@code compare-events} are an operator's. All of
 * them end.
 */
@SpringBootApplication(scanBasePackages = {"io.headwaiter.worker.deciding", "io.headwaiter.worker.requests"})
@EnableConfigurationProperties(WorkerProperties.class)
public class WorkerApplication {

    public static void main(String... args) {
        List<String> words = new DefaultApplicationArguments(args).getNonOptionArgs();
        String command = words.isEmpty() ? "" : words.getFirst();
        switch (command) {
            case "" -> SpringApplication.run(WorkerApplication.class, args);
            case "migrate" -> System.exit(Migrate.run(args));
            case "dead-letters" -> System.exit(DeadLetters.run(args));
            case "retire" -> System.exit(Retire.run(args));
            case "compare-events" -> System.exit(CompareEvents.run(args));
            default -> {
                // A worker that ran instead would look as if it had done what was asked.
                System.err.println(
                        "There are the commands migrate, retire, dead-letters and compare-events; without one it decides requests");
                System.exit(2);
            }
        }
    }
}
