package io.headwaiter.worker.requests;

import io.headwaiter.worker.WorkerProperties;
import io.headwaiter.worker.deciding.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Sends what a batch came to, and returns when the broker has all of it. */
@Component
class Publish {

    private static final Logger log = LoggerFactory.getLogger(Publish.class);

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final long timeoutNanos;
    private final MeterRegistry meters;
    private final Counter repeated;

    Publish(KafkaTemplate<byte[], byte[]> kafka, WorkerProperties properties, MeterRegistry meters) {
        this.kafka = kafka;
        this.timeoutNanos = properties.publishTimeout().toNanos();
        this.meters = meters;
        this.repeated = Counter.builder("headwaiter.events.repeated")
                .description("Events published again, to the byte, because their request was delivered again")
                .register(meters);
    }

    /** @throws RuntimeException when the broker did not acknowledge everything in time */
    void publish(List<Answer> answers, List<DeadLetter> dead) {
        List<CompletableFuture<?>> sent = new ArrayList<>(answers.size() + dead.size());
        for (Answer answer : answers) {
            sent.add(kafka.send(answer.event().toRecord(answer.restaurantId())));
        }
        for (DeadLetter letter : dead) {
            log.warn(
                    "Record {} cannot be decided ({}) and goes to the dead letters",
                    letter.record().partition() + "@" + letter.record().offset(),
                    letter.code());
            sent.add(kafka.send(letter.toRecord()));
        }
        kafka.flush();
        await(sent);
        count(answers, dead);
    }

    private void await(List<CompletableFuture<?>> sent) {
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            for (CompletableFuture<?> one : sent) {
                one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("the broker did not acknowledge every event of the batch", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while publishing", stopped);
        }
    }

    private void count(List<Answer> answers, List<DeadLetter> dead) {
        for (Answer answer : answers) {
            if (answer.repeated()) {
                repeated.increment();
            } else {
                meters.counter("headwaiter.decisions", "outcome", answer.outcome())
                        .increment();
            }
        }
        for (DeadLetter letter : dead) {
            meters.counter("headwaiter.dead.letters", "code", letter.code()).increment();
        }
    }
}
