package io.headwaiter.local.benchmark.rivals;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What most would build: a web application, a pool of connections, one transaction a booking. A process of its own. */
@SpringBootApplication(proxyBeanMethods = false)
public class SynchronousApplication {

    public static void main(String... args) {
        // Another file than the applications' own, whose classes may be on the class path, too.
        System.setProperty("spring.config.name", "synchronous");
        SpringApplication.run(SynchronousApplication.class, args);
    }
}
