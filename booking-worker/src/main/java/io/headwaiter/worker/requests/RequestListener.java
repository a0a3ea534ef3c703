package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.deciding.Answer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.stereotype.Component;

/**
 * What one poll of {@link Topics#REQUESTS} returned, a large batch in parts that are {@linkplain SideBySide side by side}:
 *
 * <pre>
 *   read -> decide (one transaction, committed) -> publish, wait for the acknowledgements -> commit the offsets
 * </pre>
 *
 * The container commits the offsets soon after this returned; when it throws, the batch is delivered again, after a pause, for
 * ever. What had been decided by then is found and published again, to the byte. Never skip publishing because a
 * request was seen before: nobody knows whether its event got out.
 */
@Component
class RequestListener implements BatchMessageListener<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(RequestListener.class);

    private final SideBySide sideBySide;
    private final ReadRequest readRequest;
    private final DecideOrIsolate decide;
    private final Publish publish;
    private final Tally tally;
    private final TraceDeciding trace;

    RequestListener(
            SideBySide sideBySide,
            ReadRequest readRequest,
            DecideOrIsolate decide,
            Publish publish,
            Tally tally,
            TraceDeciding trace) {
        this.sideBySide = sideBySide;
        this.readRequest = readRequest;
        this.decide = decide;
        this.publish = publish;
        this.tally = tally;
        this.trace = trace;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            sideBySide.handle(records, this::handle);
        } catch (RuntimeException failure) {
            tally.failed(failure);
            log.warn(
                    "A batch of {} records cannot be decided and published whole now; it is tried again until it can: {}",
                    records.size(),
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            throw failure;
        }
    }

    private void handle(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Incoming> incoming = new ArrayList<>(records.size());
        List<DeadLetter> dead = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (readRequest.read(record)) {
                case Incoming request -> incoming.add(request);
                case DeadLetter letter -> dead.add(letter);
            }
        }
        tally.polled(records.size());
        trace.around(incoming, () -> {
            long start = System.nanoTime();
            List<Answer> answers = decide.decide(incoming, dead);
            tally.decided(System.nanoTime() - start);
            publish.publish(answers, dead);
        });
        tally.answered(incoming);
    }
}
