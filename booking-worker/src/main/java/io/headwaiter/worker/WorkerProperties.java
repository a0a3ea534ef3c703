package io.headwaiter.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about a worker.
 *
 * @param consumers threads that each own some partitions; more than partitions are idle
 * @param batchSize records that one poll brings at the most; what two bring may be decided in one transaction, and is half as
 *     many again at the most
 * @param publishTimeout how long the broker may take to acknowledge an event before the batch is tried again
 * @param retryFrom the first pause after the database or the broker failed; it doubles up to {@code retryUpTo}
 * @param retryUpTo the longest pause between two tries
 * @param conflictRetries how often a batch that lost a race or a deadlock runs again at once
 * @param cachedPlans restaurants whose rules are kept in memory
 * @param partitionsCheck how long to rest between two looks at the number of partitions of the requests' topic
 */
@Validated
@ConfigurationProperties("headwaiter.worker")
public record WorkerProperties(
        @DefaultValue("2") @Min(1) @Max(12) int consumers,
        @DefaultValue("500") @Min(1) @Max(5000) int batchSize,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration publishTimeout,
        @DefaultValue("200ms") @DurationMin(millis = 10) Duration retryFrom,
        @DefaultValue("2s") @DurationMin(millis = 10) Duration retryUpTo,
        @DefaultValue("8") @Min(1) @Max(100) int conflictRetries,
        @DefaultValue("10000") @Min(1) int cachedPlans,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration partitionsCheck) {}
