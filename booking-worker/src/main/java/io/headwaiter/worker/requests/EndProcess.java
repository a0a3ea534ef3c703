package io.headwaiter.worker.requests;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/** Ends this worker with status 1, for whoever runs it to start another, or to mend what the log says. */
@Component
class EndProcess {

    private final ConfigurableApplicationContext application;

    EndProcess(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** Returns at once. */
    void begin() {
        // Not on the caller's thread, which the end may wait for; and no daemon, as a caller's thread may be: the JVM
        // would end without it, and with status 0.
        Thread.ofPlatform()
                .name("end")
                .daemon(false)
                .start(() -> System.exit(SpringApplication.exit(application, () -> 1)));
    }
}
