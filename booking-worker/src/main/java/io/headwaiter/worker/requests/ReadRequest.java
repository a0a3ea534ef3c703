package io.headwaiter.worker.requests;

import io.headwaiter.schemas.Request;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.TraceParent;
import io.headwaiter.schemas.UnreadableMessage;
import io.headwaiter.worker.deciding.Submitted;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Tells requests from poison: from what is no message of ours, or outside the contract. */
@Component
class ReadRequest {

    private final Validator validator;

    ReadRequest(Validator validator) {
        this.validator = validator;
    }

    Reading read(ConsumerRecord<byte[], byte[]> record) {
        RequestMessage message;
        try {
            message = RequestMessage.read(record);
        } catch (UnreadableMessage unreadable) {
            return new DeadLetter(record, unreadable.code(), String.valueOf(unreadable.getMessage()));
        }
        Optional<ConstraintViolation<Request>> violation = violations(message.asked());
        if (violation.isPresent()) {
            // The value is a guest's, perhaps: it stays in the record and out of the headers and the log.
            return new DeadLetter(
                    record,
                    violation.get().getMessage(),
                    violation.get().getPropertyPath() + " is outside the contract");
        }
        return new Incoming(
                record,
                new Submitted(message, Instant.ofEpochMilli(record.timestamp()), TraceParent.of(record.headers())));
    }

    private Optional<ConstraintViolation<Request>> violations(Request asked) {
        Stream<ConstraintViolation<Request>> violations = validator.validate(asked).stream();
        return violations.min(Comparator.comparing(ConstraintViolation::getMessage));
    }
}
