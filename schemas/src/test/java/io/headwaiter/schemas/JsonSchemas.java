package io.headwaiter.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schemas, their examples, and the samples of each version. */
final class JsonSchemas {

    static final List<String> TYPES = List.of(
            PlaceBooking.TYPE,
            MoveBooking.TYPE,
            CancelBooking.TYPE,
            ChangeStatus.TYPE,
            BlockTable.TYPE,
            UnblockTable.TYPE,
            BookingConfirmed.TYPE,
            BookingMoved.TYPE,
            BookingCancelled.TYPE,
            BookingStatusChanged.TYPE,
            BookingRejected.TYPE,
            BookingChangeRejected.TYPE,
            TableBlocked.TYPE,
            TableUnblocked.TYPE);

    private static final JsonMapper PLAIN = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private JsonSchemas() {}

    static JsonNode text(String type) {
        try (InputStream json = RequestMessage.class.getResourceAsStream("json/" + type + ".json")) {
            return PLAIN.readTree(Objects.requireNonNull(json, type));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Schema of(String type) {
        return of(text(type));
    }

    static Schema of(JsonNode schema) {
        return REGISTRY.getSchema(schema);
    }

    /** As it was last released. */
    static JsonNode released(String type) {
        try {
            return PLAIN.readTree(Files.readString(folder("/released/json").resolve(type + ".json")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Of the tests' resources. */
    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(JsonSchemas.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the schema finds wrong, formats included. */
    static List<Error> errors(Schema schema, String json) {
        return schema.validate(
                json,
                InputFormat.JSON,
                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** The schema's examples and the committed samples, by name. */
    static Map<String, String> good(String type) {
        Map<String, String> good = new TreeMap<>();
        List<JsonNode> examples = new ArrayList<>();
        text(type).get("examples").forEach(examples::add);
        for (int i = 0; i < examples.size(); i++) {
            good.put("example " + i, examples.get(i).toString());
        }
        try (Stream<Path> samples = Files.list(folder("/samples/v1"))) {
            for (Path sample : samples.toList()) {
                if (sample.getFileName().toString().startsWith(type + "-")) {
                    good.put(sample.getFileName().toString(), Files.readString(sample));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return good;
    }
}
