package io.headwaiter.gateway.bookings;

import io.headwaiter.consumers.EndProcess;
import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.FrozenPartitions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;

/** Ends the gateway when the requests' topic has another number of partitions: what competes for one table must meet in one. */
@Configuration(proxyBeanMethods = false)
@Import(EndProcess.class)
class WatchPartitions {

    @Bean(initMethod = "start", destroyMethod = "close")
    FrozenPartitions frozenPartitions(KafkaAdmin kafka, GatewayProperties properties, EndProcess end) {
        return end.whenPartitionsChange(kafka, properties.partitionsCheck());
    }
}
