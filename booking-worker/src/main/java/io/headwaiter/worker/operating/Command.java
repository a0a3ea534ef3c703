package io.headwaiter.worker.operating;

import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs a command: with the worker's settings, without its consumers, and without its log on top of what it prints. */
public final class Command {

    public static final int DONE = 0;

    /** Done, and there is something for an operator to see to. */
    static final int SEE_TO_IT = 1;

    static final int FAILED = 2;

    private static final Logger log = LoggerFactory.getLogger(Command.class);

    private Command() {}

    /** @return the exit status */
    public static int run(Class<?> setup, ToIntFunction<ConfigurableApplicationContext> command, String... args) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(setup)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(args)) {
            return command.applyAsInt(context);
        } catch (Refused refused) {
            log.error(refused.getMessage());
            return FAILED;
        } catch (RuntimeException failure) {
            log.error("It could not be done to its end; to run it again is safe", failure);
            return FAILED;
        }
    }
}
