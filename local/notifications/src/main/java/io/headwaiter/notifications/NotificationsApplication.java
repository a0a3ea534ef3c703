package io.headwaiter.notifications;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Mails guests and restaurants what was decided about their bookings.
 *
 * <pre>
 *   booking.events --> FollowEvents --> Mailed: once for each version --> Post --> mail server
 *                           '--> Gateway: who the guest is, now
 * </pre>
 */
@SpringBootApplication
@EnableConfigurationProperties(NotificationsProperties.class)
@EnableScheduling
public class NotificationsApplication {

    public static void main(String... args) {
        application().run(args);
    }

    /** Its settings are in {@code notifications.yaml}, so that it may stand beside other applications on one class path. */
    static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(NotificationsApplication.class)
                .properties("spring.config.name=notifications");
    }
}
