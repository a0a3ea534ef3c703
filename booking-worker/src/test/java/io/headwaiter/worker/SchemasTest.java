package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.rules.RejectionReason;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.RunningWorker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the worker publishes is what the published schemas say. */
class SchemasTest {

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void the_events_are_valid() throws IOException {
        ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(2));
        List<RequestMessage> asked = List.of(
                worker.place(
                        by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(restaurant.id(), EVENING, 2))),
                worker.place(aTable(restaurant.id(), EVENING, 2)),
                worker.place(table(restaurant.id(), 1L, EVENING, 20)),
                worker.place(aTable(Long.MAX_VALUE, EVENING, 2)));

        for (RequestMessage request : asked) {
            ConsumerRecord<byte[], byte[]> event =
                    worker.events.atLeast(1, request.id()).getFirst();
            String type = Objects.requireNonNull(FrozenEvent.header(event.headers(), "ce_type"));
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema(type))
                            .validate(
                                    new String(event.value(), StandardCharsets.UTF_8),
                                    InputFormat.JSON,
                                    execution ->
                                            execution.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as("%s", request)
                    .isEmpty();
        }
    }

    @Test
    void the_reasons_that_the_schema_lists_are_those_there_are_in_order_of_precedence() throws IOException {
        List<String> reasons =
                Stream.of(RejectionReason.values()).map(RejectionReason::code).toList();

        assertThat(listed("booking.change_rejected")).isEqualTo(reasons);
        // A booking that is asked for cannot be refused for what only a booking that stands can be.
        assertThat(reasons)
                .containsSubsequence(listed("booking.rejected"))
                .hasSize(listed("booking.rejected").size() + 6);
    }

    private static List<String> listed(String type) throws IOException {
        List<String> listed = new ArrayList<>();
        schema(type).at("/properties/reason/examples").forEach(code -> listed.add(code.asString()));
        return listed;
    }

    private static JsonNode schema(String type) throws IOException {
        try (InputStream json = RequestMessage.class.getResourceAsStream("json/" + type + ".json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(json));
        }
    }
}
