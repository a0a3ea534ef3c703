package io.headwaiter.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The gateway's process. Any number of them may run: they share nothing but the token secret. */
// There are no users with passwords here, only keys.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@EnableConfigurationProperties(GatewayProperties.class)
@EnableScheduling
public class GatewayApplication {

    public static void main(String... args) {
        application().run(args);
    }

    /**
     * The application, to be run with what the environment does not say. Its settings are in {@code gateway.yaml}, under a name
     * of their own, so that another application may run beside it on one class path.
     */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(GatewayApplication.class).properties("spring.config.name=gateway");
    }
}
