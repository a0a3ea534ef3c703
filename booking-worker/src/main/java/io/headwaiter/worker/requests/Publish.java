package io.headwaiter.worker.requests;

import io.headwaiter.worker.WorkerProperties;
import io.headwaiter.worker.deciding.Answer;
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
    private final Tally tally;

    Publish(KafkaTemplate<byte[], byte[]> kafka, WorkerProperties properties, Tally tally) {
        this.kafka = kafka;
        this.timeoutNanos = properties.publishTimeout().toNanos();
        this.tally = tally;
    }

    /** @throws RuntimeException when the broker did not acknowledge everything in time */
    void publish(List<Answer> answers, List<DeadLetter> dead) {
        long start = System.nanoTime();
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
        tally.published(answers, dead, System.nanoTime() - start);
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
}
