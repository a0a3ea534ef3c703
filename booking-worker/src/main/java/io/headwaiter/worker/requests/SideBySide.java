package io.headwaiter.worker.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;

import io.headwaiter.schemas.RequestKey;
import io.headwaiter.worker.WorkerProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Has what one poll returned decided in several transactions at once, where each of them has enough to do. No restaurant is in two
 * of these parts: what a partition holds for it is decided in order, as ever, and these transactions have no table and no guest in
 * common, to wait for or to make twice. What is small is one part; what a transaction costs by itself would only be paid twice.
 */
@Component
class SideBySide {

    /** Records that are worth a transaction of their own: what it costs by itself is then well below a tenth of all, for each who waits. */
    static final int WORTH_A_TRANSACTION = 64;

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().name("requests-part-", 0).factory();

    private final int mostParts;
    private final int mostTogether;

    @Autowired
    SideBySide(WorkerProperties properties) {
        this(properties.transactions(), properties.batchSize());
    }

    SideBySide(int mostParts, int mostTogether) {
        this.mostParts = mostParts;
        this.mostTogether = mostTogether;
    }

    /**
     * Returns when all parts are done, and throws when all have ended and one has failed: nothing of a batch goes on when it is
     * delivered again.
     *
     * @param handle gets a part, or one after the other the pieces of a part that is too much for one transaction
     */
    void handle(
            List<ConsumerRecord<byte[], byte[]>> batch, Consumer<? super List<ConsumerRecord<byte[], byte[]>>> handle) {
        List<List<ConsumerRecord<byte[], byte[]>>> parts = parts(batch);
        if (parts.size() == 1) {
            inPieces(parts.getFirst(), handle);
            return;
        }
        List<Future<?>> done = new ArrayList<>(parts.size());
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS)) {
            parts.forEach(part -> done.add(threads.submit(() -> inPieces(part, handle))));
        }
        throwWhatFailed(done);
    }

    private void inPieces(
            List<ConsumerRecord<byte[], byte[]>> part, Consumer<? super List<ConsumerRecord<byte[], byte[]>>> handle) {
        int pieces = Math.ceilDiv(part.size(), mostTogether);
        for (int i = 0; i < pieces; i++) {
            handle.accept(part.subList(i * part.size() / pieces, (i + 1) * part.size() / pieces));
        }
    }

    private List<List<ConsumerRecord<byte[], byte[]>>> parts(List<ConsumerRecord<byte[], byte[]>> batch) {
        int many = Math.min(mostParts, batch.size() / WORTH_A_TRANSACTION);
        if (many < 2) {
            return List.of(batch);
        }
        Comparator<List<?>> bySize = comparingInt(List::size);
        List<List<ConsumerRecord<byte[], byte[]>>> restaurants =
                batch.stream().collect(groupingBy(SideBySide::restaurant)).values().stream()
                        .sorted(bySize.reversed())
                        .toList();
        for (; many > 1; many--) {
            List<List<ConsumerRecord<byte[], byte[]>>> parts = Stream.generate(() ->
                            (List<ConsumerRecord<byte[], byte[]>>) new ArrayList<ConsumerRecord<byte[], byte[]>>())
                    .limit(many)
                    .toList();
            restaurants.forEach(restaurant -> Collections.min(parts, bySize).addAll(restaurant));
            if (Collections.min(parts, bySize).size() >= WORTH_A_TRANSACTION) {
                return parts;
            }
        }
        return List.of(batch);
    }

    /** As a {@link RequestKey} begins; of a record that is no request whatever it has there. */
    private static String restaurant(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null ? "" : new String(key, ISO_8859_1).split("/", 2)[0];
    }

    private static void throwWhatFailed(List<Future<?>> parts) {
        List<Throwable> failures = parts.stream()
                .filter(part -> part.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .toList();
        if (failures.isEmpty()) {
            return;
        }
        // An error ends the consumer, and must not hide behind a failure that is tried again.
        Throwable worst =
                failures.stream().filter(Error.class::isInstance).findFirst().orElse(failures.getFirst());
        failures.stream().filter(other -> other != worst).forEach(worst::addSuppressed);
        switch (worst) {
            case Error error -> throw error;
            case RuntimeException failure -> throw failure;
            default -> throw new IllegalStateException(worst);
        }
    }
}
