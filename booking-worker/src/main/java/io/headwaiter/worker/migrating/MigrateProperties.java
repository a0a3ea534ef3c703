package io.headwaiter.worker.migrating;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code migrate} is told, from the environment: {@code HEADWAITER_WORKER_PASSWORD} and so on.
 *
 * @param workerPassword for the role {@code headwaiter_worker}; none: its password stays as it is
 * @param gatewayPassword for the role {@code headwaiter_gateway}; none: its password stays as it is
 * @param adminKey the first key with every scope; none: no key is made
 * @param topicReplicas copies of each topic's partitions; -1: what the broker's default says
 */
@ConfigurationProperties("headwaiter")
record MigrateProperties(
        @Nullable String workerPassword,
        @Nullable String gatewayPassword,
        @Nullable String adminKey,
        @DefaultValue("-1") short topicReplicas) {}
