package io.headwaiter.worker.requests;

import io.headwaiter.schemas.FrozenPartitions;
import io.headwaiter.worker.WorkerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Ends the worker when the requests' topic has another number of partitions: what competes for one table must meet in one. */
@Configuration(proxyBeanMethods = false)
class WatchPartitions {

    private static final Logger log = LoggerFactory.getLogger(WatchPartitions.class);

    @Bean(initMethod = "start", destroyMethod = "close")
    FrozenPartitions frozenPartitions(KafkaAdmin kafka, WorkerProperties properties, EndProcess end) {
        return new FrozenPartitions(kafka.getConfigurationProperties(), properties.partitionsCheck(), why -> {
            log.error("{}. This worker ends", why);
            end.begin();
        });
    }
}
