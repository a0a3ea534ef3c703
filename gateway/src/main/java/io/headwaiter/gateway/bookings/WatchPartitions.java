package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.FrozenPartitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Ends the gateway when the requests' topic has another number of partitions: what competes for one table must meet in one. */
@Configuration(proxyBeanMethods = false)
class WatchPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(WatchPartitions.class);

    @Bean(initMethod = "start", destroyMethod = "close")
    FrozenPartitions frozenPartitions(
            KafkaAdmin kafka, GatewayProperties properties, ConfigurableApplicationContext application) {
        return new FrozenPartitions(kafka.getConfigurationProperties(), properties.partitionsCheck(), why -> {
            LOG.error("{}. This gateway ends", why);
            Thread.ofPlatform()
                    .name("end")
                    .daemon(false)
                    .start(() -> System.exit(SpringApplication.exit(application, () -> 1)));
        });
    }
}
