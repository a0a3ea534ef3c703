package io.headwaiter.gateway.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.MoveBooking;
import io.headwaiter.schemas.PlaceBooking;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BreachTest {

    /** What the gateway itself puts in; a breach would be its own defect. */
    private static final Set<String> NOT_FROM_CALLERS = Set.of(
            "restaurant_id_invalid",
            "partner_id_invalid",
            "reservation_id_invalid",
            "request_id_invalid",
            "request_fingerprint_invalid",
            "booking_ambiguous",
            "if_version_invalid");

    @Test
    void every_constraint_of_the_messages_has_a_sentence() {
        Set<String> codes = new TreeSet<>();
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            for (Class<?> type : Set.of(
                    PlaceBooking.class,
                    MoveBooking.class,
                    CancelBooking.class,
                    ChangeStatus.class,
                    BlockTable.class,
                    GuestDetails.class)) {
                validators.getValidator().getConstraintsForClass(type).getConstrainedProperties().stream()
                        .flatMap(property -> property.getConstraintDescriptors().stream())
                        .map(ConstraintDescriptor::getMessageTemplate)
                        .forEach(codes::add);
            }
        }
        codes.removeAll(NOT_FROM_CALLERS);

        assertThat(codes)
                .hasSizeGreaterThan(8)
                .allSatisfy(code -> assertThat(Breach.of(code).code()).isEqualTo(code));
    }
}
