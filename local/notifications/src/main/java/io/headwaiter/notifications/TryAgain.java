package io.headwaiter.notifications;

import io.headwaiter.schemas.UnreadableMessage;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.transaction.TransactionException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;
import tools.jackson.core.JacksonException;

/**
 * What becomes of an event that cannot be mailed about. While something is away it waits, for ever, its partition behind it. A
 * mail that is refused for now, or a defect of ours, is tried a few times; one that is refused for good is not, nor is what is no event.
 */
@Configuration(proxyBeanMethods = false)
class TryAgain {

    private static final Logger LOG = LoggerFactory.getLogger(TryAgain.class);

    private static final List<Class<? extends Exception>> AWAY =
            List.of(Away.class, DataAccessException.class, TransactionException.class);

    private static final BackOff NEVER = new FixedBackOff(0, 0);

    @Bean
    DefaultErrorHandler errors(NotificationsProperties settings) {
        ExponentialBackOff aFewTimes = pauses(settings);
        aFewTimes.setMaxAttempts(settings.tries());
        DefaultErrorHandler handler = new DefaultErrorHandler(
                (record, failure) -> LOG.error("{} is passed over: {}", place(record), why(failure)), aFewTimes);
        handler.setBackOffFunction(
                (record, failure) -> isAway(failure) ? pauses(settings) : isOver(failure) ? NEVER : aFewTimes);
        handler.addNotRetryableExceptions(UnreadableMessage.class, JacksonException.class);
        handler.setRetryListeners((RetryListener) (record, failure, attempt) -> {
            if (isAway(failure)) {
                LOG.warn("{} has to wait, and what comes after it: {}", place(record), why(failure));
            }
        });
        handler.setLogLevel(KafkaException.Level.DEBUG);
        return handler;
    }

    private static ExponentialBackOff pauses(NotificationsProperties settings) {
        ExponentialBackOff pauses = new ExponentialBackOff(settings.retryFrom().toMillis(), 2);
        pauses.setMaxInterval(settings.retryUpTo().toMillis());
        return pauses;
    }

    private static boolean isAway(@Nullable Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Exception> away : AWAY) {
                if (away.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOver(Exception failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof Refused refused && refused.forGood();
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** Our own sentences; what others say may quote a guest. */
    private static String why(@Nullable Exception failure) {
        if (failure == null) {
            return "for no known reason";
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause instanceof Away || cause instanceof Refused || cause instanceof UnreadableMessage
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getName();
    }
}
