package io.headwaiter.worker;

import jakarta.validation.constraints.AssertTrue;
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
 * @param consumers threads that each own some partitions and poll for themselves; with one, whatever comes shares its transactions
 * @param transactions how many each consumer may have open at once, when a poll brought enough for them; those of all consumers are
 *     twelve at the most
 * @param batchSize what is decided in one transaction at the most, in records; a poll brings as many for each of them
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
        @DefaultValue("1") @Min(1) @Max(12) int consumers,
        @DefaultValue("4") @Min(1) @Max(12) int transactions,
        @DefaultValue("500") @Min(1) @Max(5000) int batchSize,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration publishTimeout,
        @DefaultValue("200ms") @DurationMin(millis = 10) Duration retryFrom,
        @DefaultValue("2s") @DurationMin(millis = 10) Duration retryUpTo,
        @DefaultValue("8") @Min(1) @Max(100) int conflictRetries,
        @DefaultValue("10000") @Min(1) int cachedPlans,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration partitionsCheck) {

    /** As there are connections, but for those that health checks take. */
    private static final int MOST_TRANSACTIONS = 12;

    @AssertTrue(message = "consumers times transactions must be " + MOST_TRANSACTIONS + " at the most")
    boolean isNoMoreThanThereAreConnections() {
        return consumers * transactions <= MOST_TRANSACTIONS;
    }
}
