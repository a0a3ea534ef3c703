package io.headwaiter.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerPropertiesTest {

    @Test
    void what_is_set_for_a_start_is_valid() {
        assertThat(complaints(Map.of())).isEmpty();
        assertThat(complaints(Map.of("consumers", 12, "transactions", 1))).isEmpty();
    }

    @Test
    void no_more_transactions_can_be_asked_for_than_there_are_connections() {
        assertThat(complaints(Map.of("consumers", 4, "transactions", 4)))
                .containsExactly("consumers times transactions must be 12 at the most");
    }

    private static List<String> complaints(Map<String, Integer> set) {
        WorkerProperties properties =
                new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("", WorkerProperties.class);
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(properties).stream()
                    .map(ConstraintViolation::getMessage)
                    .toList();
        }
    }
}
